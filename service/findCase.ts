import { YichuangError } from '../contract/errors.ts';
import type { FoundCase } from '../db/cases.ts';
import type { ServiceContext } from './context.ts';

/** @param key id or number @throws YichuangError `case-not-found` */
export function findCase({ store }: Pick<ServiceContext, 'store'>, key: string): FoundCase {
  const found = store.cases.find(key);
  if (!found) throw new YichuangError('case-not-found');
  return found;
}
