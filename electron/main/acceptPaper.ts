import { YichuangError } from '../../contract/errors.ts';
import { type PaperJob, serviceCallsOut } from '../../contract/serviceProtocol.ts';

/** @throws YichuangError `bad-input`, without what came in: it is a person's paper */
export function acceptPaper(params: unknown): PaperJob {
  const parsed = serviceCallsOut['paper.print'].input.safeParse(params);
  if (!parsed.success) throw new YichuangError('bad-input');
  return parsed.data;
}
