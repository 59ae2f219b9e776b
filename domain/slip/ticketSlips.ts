import { isToBeCollected } from '../case/collecting.ts';
import { owedFen } from '../case/guards.ts';
import { TRANSITIONS } from '../case/transitions.ts';
import type { CaseRecord, SlipKind } from '../case/types.ts';
import { hallMinute } from '../time/hallTime.ts';
import { buildAcceptanceSlip } from './acceptanceSlip.ts';
import type { SlipDocument } from './document.ts';
import { buildIssueRecordSlip } from './issueRecordSlip.ts';
import type { SlipContext } from './parts.ts';
import { buildPaymentNoticeSlip } from './paymentNoticeSlip.ts';
import { buildPickupNoticeSlip } from './pickupNoticeSlip.ts';
import { buildRefusalSlip } from './refusalSlip.ts';
import { buildWithdrawalSlip } from './withdrawalSlip.ts';

/** Slips of a case that come out of the ticket printer, in the order in which a case meets them. */
export const TICKET_SLIPS = [
  'refusal',
  'acceptance',
  'payment-notice',
  'withdrawal',
  'pickup-notice',
  'issue-record',
] as const satisfies SlipKind[];

export type TicketSlip = (typeof TICKET_SLIPS)[number];

/** @returns null while there is nothing to say on such a slip: the case has not come so far */
type Builder = (record: CaseRecord, context: SlipContext) => SlipDocument | null;

const BUILDERS: Readonly<Record<TicketSlip, Builder>> = {
  refusal: (record, context) => record.refusal && buildRefusalSlip(record, record.refusal, context),
  acceptance: (record, context) => (isTaken(record) ? buildAcceptanceSlip(record, context) : null),
  'payment-notice': (record, context) =>
    record.fee && owedFen(record) > 0 ? buildPaymentNoticeSlip(record, record.fee, context) : null,
  withdrawal: (record, context) =>
    TRANSITIONS.T40.from.includes(record.state) || record.state === 'WITHDRAWN'
      ? buildWithdrawalSlip(record, context)
      : null,
  'pickup-notice': (record, context) => (isToBeCollected(record) ? buildPickupNoticeSlip(record, context) : null),
  'issue-record': (record, context) =>
    record.handover &&
    buildIssueRecordSlip(record, record.handover, hallMinute(Date.parse(record.handover.at)), context),
};

/** A refused application was not taken, unless the law takes it for accepted (T11 without a notice). */
function isTaken({ refusal, history }: CaseRecord): boolean {
  return refusal === null || history.some((entry) => entry.step === 'T11');
}

/** The slip of this kind as it stands now, or null when the case has none. Pure. */
export function buildTicketSlip(slip: TicketSlip, record: CaseRecord, context: SlipContext): SlipDocument | null {
  return BUILDERS[slip](record, context);
}

/** The kinds of slip this case has now. */
export function ticketSlipsOf(record: CaseRecord): TicketSlip[] {
  const nothing: SlipContext = { agency: '', print: 1, at: '', acceptedAt: '', promisedBy: null };
  return TICKET_SLIPS.filter((slip) => buildTicketSlip(slip, record, nothing) !== null);
}
