import { type ErrorCode, YichuangError } from '../../contract/errors.ts';
import type { ServiceContext } from '../context.ts';

/** What the centre refuses because of what it has of a case, or has not. */
const BY_ITS_STATE: readonly ErrorCode[] = [
  'ahead-of-centre',
  'not-at-centre',
  'stale-version',
  'illegal-transition',
  'fee-not-assessed',
];

/**
 * Why the centre refused, for the person who pressed: where the page shows what the centre lost when older data were put back
 * there, that is the reason, and not what it says of a state that nobody here has seen.
 */
export function explainLoss({ store }: Pick<ServiceContext, 'store'>, caseId: string, error: unknown): unknown {
  if (!(error instanceof YichuangError && BY_ITS_STATE.includes(error.code))) return error;
  const version = store.delivery.reread.versionAtCentre(`case:${caseId}`);
  if (version === null) return error;
  return new YichuangError(version === 0 ? 'lost-at-centre' : 'ahead-of-centre', { cause: error });
}
