import type { OfficeAdvance, OfficeRequest } from '../../contract/office.ts';
import type { Advance } from '../../domain/case/advance.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import type { Published } from '../ingest.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import type { CentreStore } from '../store/types.ts';
import { followAutomatically } from './automatic.ts';
import { takeOwnOp } from './ownOp.ts';
import { mayAct } from './permission.ts';

export type ActVerdict =
  | { kind: 'done'; version: number; state: string; published: readonly Published[] }
  | { kind: 'refused'; code: string };

/**
 * Decides one act under the write lock: who may, on which version, by the table. The op and everything that follows by
 * itself are one transaction. The same command again answers how the case stands now.
 * @param hall of the terminal that asks
 * @param now milliseconds since 1970, UTC
 * @throws StoreBusyError when it should be tried again later
 */
export async function act(store: CentreStore, hall: string, request: OfficeRequest, now: number): Promise<ActVerdict> {
  return store.write<ActVerdict>([], (known) => {
    const ledger = new WorkingLedger(known);
    const stream = `case:${request.caseId}`;
    const code = tryAct(ledger, store.self, hall, stream, request, now);
    if (code !== null) return { decision: new WorkingLedger(known).decision(), value: { kind: 'refused', code } };
    const decision = ledger.decision();
    const { version, state } = recordOf(ledger, stream) ?? { version: 0, state: '' };
    return { decision, value: { kind: 'done', version, state, published: decision.scopes } };
  });
}

function tryAct(
  ledger: WorkingLedger,
  self: CentreStore['self'],
  hall: string,
  stream: string,
  { commandId, actor, baseVersion, change }: OfficeRequest,
  now: number,
): string | null {
  const held = ledger.findEntity(stream);
  if (!held) return 'not-at-centre';
  if (held.hall !== hall || held.entity.type !== 'case') return 'case-not-found';
  if (ledger.hasOpId(commandId)) return null;
  if (!mayAct(ledger, hall, actor, change)) return 'forbidden';
  const own = { hall, stream, actor, opId: commandId, baseVersion };
  const refused =
    change.kind === 'lane'
      ? takeOwnOp(ledger, self, { ...own, kind: 'case.lane', body: change.change }, now)
      : takeOwnOp(ledger, self, { ...own, kind: 'case.advanced', body: complete(change.advance) }, now);
  if (refused === null) followAutomatically(ledger, self, [stream], now);
  return refused;
}

/** Adds what only the centre may give. */
function complete(advance: OfficeAdvance): Advance {
  if (advance.transition !== 'T27') return advance;
  throw new Error('certificate numbers are not given yet');
}

function recordOf(ledger: WorkingLedger, stream: string): CaseRecord | null {
  const entity = ledger.findEntity(stream)?.entity;
  return entity?.type === 'case' ? entity.record : null;
}
