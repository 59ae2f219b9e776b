import type { CaseSummary } from '../../../contract/rpc.ts';
import { type WindowGroup, windowGroupOf } from '../../../domain/case/windowGroup.ts';
import type { RpcClient } from '../../rpc/client.ts';

/** Somebody with such a case did not come to apply anew. */
const WAITS_FOR_APPLICANT: readonly WindowGroup[] = ['pickup', 'supplement', 'payment'];

const LIMIT = 20;

/** Cases that wait for the person whose card was laid; none when the search cannot be made, the form goes on without. */
export async function findReturning(client: RpcClient, idNumber: string): Promise<CaseSummary[]> {
  try {
    const { rows } = await client.call('case.search', { text: idNumber, limit: LIMIT });
    return rows.filter((row) => WAITS_FOR_APPLICANT.includes(windowGroupOf(row.stateCode))).slice(0, 3);
  } catch {
    return [];
  }
}
