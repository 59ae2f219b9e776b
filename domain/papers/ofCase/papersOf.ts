import type { CaseRecord } from '../../case/types.ts';
import type { PaperDocument } from '../document.ts';
import { applicationOf } from './applicationOf.ts';
import { acceptanceOf, inquiryOf, oneTimeNoticeOf, refusalOf, withdrawalOf } from './atWindow.ts';
import { lossStatementOf, publicNoticeOf, rejectionOf, supplementNoticeOf } from './decided.ts';
import type { CaseFacts } from './facts.ts';
import { CASE_PAPER_KINDS, type CasePaperKind } from './kinds.ts';
import { paymentNoticeOf, taxContactOf } from './money.ts';
import { blankRegisterOf, expressSlipOf, issueRecordOf, pickupNoticeOf, transferListOf } from './result.ts';

const BUILDERS: Readonly<Record<CasePaperKind, (record: CaseRecord, facts: CaseFacts) => PaperDocument | null>> = {
  refusal: refusalOf,
  'one-time-notice': oneTimeNoticeOf,
  application: applicationOf,
  inquiry: inquiryOf,
  acceptance: acceptanceOf,
  'loss-statement': lossStatementOf,
  'tax-contact': taxContactOf,
  'supplement-notice': supplementNoticeOf,
  'public-notice': publicNoticeOf,
  rejection: rejectionOf,
  'payment-notice': paymentNoticeOf,
  'blank-register': blankRegisterOf,
  'pickup-notice': pickupNoticeOf,
  'express-slip': expressSlipOf,
  'issue-record': issueRecordOf,
  withdrawal: withdrawalOf,
  'transfer-list': transferListOf,
};

/** The paper of this kind as the case stands, or null when it has nothing to say on one. Pure. */
export function buildCasePaper(kind: CasePaperKind, record: CaseRecord, facts: CaseFacts): PaperDocument | null {
  return BUILDERS[kind](record, facts);
}

/** The papers this case can have now. */
export function papersOf(record: CaseRecord, facts: CaseFacts): CasePaperKind[] {
  return CASE_PAPER_KINDS.filter((kind) => buildCasePaper(kind, record, facts) !== null);
}
