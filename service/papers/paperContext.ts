import type { PaperContext } from '../../domain/papers/parts/parts.ts';
import type { ServiceContext } from '../context.ts';

/** What every paper of this hall says at its head and foot. @param print which print of the paper it is, from 1 on */
export function paperContext({ config }: Pick<ServiceContext, 'config'>, print = 1): PaperContext {
  const { address, phone } = config.papers;
  return { agency: config.agency, address, phone, print };
}
