import { useEffect, useState } from 'react';
import type { PaperRow } from '../../contract/rpc/papers.ts';
import type { CaseFile } from '../../domain/case/types.ts';
import { type Failure, toFailure } from '../app/failure.ts';
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
  const [shown, setShown] = useState<PapersShown>({ rows: null, failure: null });
  const prints = slips.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further step or print changes the list
  useEffect(() => {
    let current = true;
    client.call('papers.list', { caseId: id }).then(
      ({ rows }) => {
        if (current) setShown({ rows, failure: null });
      },
      (error: unknown) => {
        if (current) setShown({ rows: null, failure: toFailure(error) });
      },
    );
    return () => {
      current = false;
    };
  }, [client, id, version, prints]);
  return shown;
}
