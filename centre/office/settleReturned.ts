import type { OfficeRequest } from '../../contract/office.ts';
import type { WorkingLedger } from '../ledger/workingLedger.ts';
import { takeOwnOp } from './ownOp.ts';

interface SettleContext {
  ledger: WorkingLedger;
  self: { device: string; epoch: number };
  /** Who asks: a step is taken again where it was taken. */
  device: string;
  hall: string;
  actor: string;
  /** Milliseconds since 1970, UTC. */
  now: number;
}

/**
 * Writes down that a step which came back was taken again, in the transaction that takes it: neither is there without the other.
 * @returns why not, or null
 */
export function settleReturned(
  { ledger, self, device, hall, actor, now }: SettleContext,
  caseId: string,
  { returned, note }: NonNullable<OfficeRequest['settles']>,
): string | null {
  const stream = `return:${returned}`;
  const held = ledger.findEntity(stream);
  // It is on its way: what the terminal has noted goes before what it asks.
  if (held?.hall !== hall || held.entity.type !== 'return') return 'not-at-centre';
  const { record } = held.entity;
  if (record.device !== device || record.caseId !== caseId) return 'forbidden';
  if (record.settled !== null) return 'return-settled';
  const body = { decision: 'done-again', note } as const;
  return takeOwnOp(ledger, self, { hall, kind: 'return.settled', stream, actor, body }, now);
}
