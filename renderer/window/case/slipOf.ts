import type { CaseState } from '../../../domain/case/states.ts';
import type { CaseFile } from '../../../domain/case/types.ts';
import { type TicketSlip, ticketSlipsOf } from '../../../domain/slip/ticketSlips.ts';

/** The paper that the next step of a case is about. */
const SLIP_OF_STATE: Partial<Record<CaseState, TicketSlip>> = {
  AT_WINDOW: 'refusal',
  NOT_ACCEPTED: 'refusal',
  PAY_WAIT: 'payment-notice',
  READY: 'pickup-notice',
  PICKUP_CALLED: 'pickup-notice',
  SHIPPED: 'issue-record',
  ISSUED: 'issue-record',
  WITHDRAWN: 'withdrawal',
};

/** The slip shown beside a case: the chosen one while the case has it, else what its state asks for. */
export function slipOf(record: CaseFile, chosen: TicketSlip | null): TicketSlip | null {
  const slips = ticketSlipsOf(record);
  if (chosen !== null && slips.includes(chosen)) return chosen;
  const usual = SLIP_OF_STATE[record.state];
  if (usual !== undefined && slips.includes(usual)) return usual;
  return slips.includes('acceptance') ? 'acceptance' : (slips[0] ?? null);
}
