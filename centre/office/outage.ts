import { v7 as uuidv7 } from 'uuid';
import type { OutageRequest } from '../../contract/outage.ts';
import type { Published } from '../ingest.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import type { CentreStore } from '../store/types.ts';
import { takeOwnOp } from './ownOp.ts';
import { findActiveStaff } from './permission.ts';

export type OutageVerdict = { kind: 'done'; published: readonly Published[] } | { kind: 'refused'; code: string };

/**
 * P5 by a supervisor (domain.md §5.4 rule 7), for one case or for all of the hall.
 * @param hall of the terminal that asks
 * @param now milliseconds since 1970, UTC
 * @throws StoreBusyError when it should be tried again later
 */
export async function takeOutage(
  store: CentreStore,
  hall: string,
  request: OutageRequest,
  now: number,
): Promise<OutageVerdict> {
  return store.write<OutageVerdict>([], (known) => {
    const ledger = new WorkingLedger(known);
    const code = carryOut(ledger, store.self, hall, request, now);
    if (code !== null) return { decision: new WorkingLedger(known).decision(), value: { kind: 'refused', code } };
    const decision = ledger.decision();
    return { decision, value: { kind: 'done', published: decision.scopes } };
  });
}

/** @returns why it is refused, or null */
function carryOut(
  ledger: WorkingLedger,
  self: CentreStore['self'],
  hall: string,
  { commandId, actor, command }: OutageRequest,
  now: number,
): string | null {
  if (!findActiveStaff(ledger, hall, actor)?.roles.includes('SUP')) return 'forbidden';
  if (ledger.hasOpId(commandId)) return null;
  const own = { hall, actor, opId: commandId };
  if (command.kind === 'end') {
    const stream = `outage:${command.outage}`;
    const held = ledger.findEntity(stream);
    if (held?.entity.type !== 'outage' || held.hall !== hall || held.entity.record.to !== null)
      return 'outage-not-found';
    return takeOwnOp(ledger, self, { ...own, kind: 'outage.ended', stream, body: { to: command.to } }, now);
  }
  const { kind: _declare, ...body } = command;
  if (body.caseId !== undefined) {
    const held = ledger.findEntity(`case:${body.caseId}`);
    if (held?.entity.type !== 'case' || held.hall !== hall) return 'case-not-found';
  }
  return takeOwnOp(ledger, self, { ...own, kind: 'outage.declared', stream: `outage:${uuidv7()}`, body }, now);
}
