import type { PaperRow } from '../../contract/rpc/papers.ts';
import type { CaseFile } from '../../domain/case/types.ts';
import type { Failure } from '../app/failure.ts';
import { useAnswer } from '../app/useAnswer.ts';
import type { RpcClient } from '../rpc/client.ts';

export interface PapersShown {
  /** Null before the first answer. */
  rows: readonly PaperRow[] | null;
  failure: Failure | null;
}

/** The papers this case can have now; asked again after every step and every print of the case. */
export function usePapers(
  client: RpcClient,
  { id, version, slips }: Pick<CaseFile, 'id' | 'version' | 'slips'>,
): PapersShown {
  const ask = () => client.call('papers.list', { caseId: id });
  const { answer, failure } = useAnswer(ask, [client, id, version, slips.length]);
  return { rows: answer?.rows ?? null, failure };
}
