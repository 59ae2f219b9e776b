import { z } from 'zod';
import { EXEMPTIONS } from '../../domain/fee/exemptions.ts';
import { feeLine } from '../ops/case.ts';
import { paymentAnswer, paymentChange, paymentView, reconcileAnswer } from '../payment.ts';
import { CASE_STAFF, DESKS, type Method } from './method.ts';

/** Where money is asked for; who may is decided by the person's role (domain/payment/rights.ts). */

const target = {
  /** Chosen by the page, one for each press: sent again it is done once. */
  commandId: z.uuid(),
  caseId: z.uuid(),
};
const [request, record, refund] = paymentChange.options;

/** Fees and their payment (T25, T26). Money is decided at the centre; while it is away nothing is taken (`offline`). */
export const paymentMethods = {
  'payment.propose': {
    doc: 'Fee lines by the table of the day of acceptance. `asks`: `use` must be chosen, or `table`: there is no row for this case.',
    input: z.strictObject({
      caseId: z.uuid(),
      use: z.enum(['residential', 'other']).optional(),
      certificates: z.int().min(1).max(50).optional(),
      exemption: z.enum(EXEMPTIONS.map(({ code }) => code)).optional(),
      note: z.string().max(100).optional(),
    }),
    output: z.strictObject({
      asks: z.enum(['use', 'table']).nullable(),
      lines: z.array(feeLine),
      totalFen: z.int(),
      payer: z.string(),
    }),
    roles: DESKS,
    staff: ['WIN', 'FEE', 'SUP'],
    signedIn: true,
    tier: 'local',
    deadlineMs: 5_000,
  },
  'payment.request': {
    doc: 'A pay code for what the case owes; asked again while it is open, the same one. `payCode` null: the channel has not answered yet, ask again.',
    input: z.strictObject({ ...target, method: request.shape.method }),
    output: paymentAnswer,
    roles: DESKS,
    staff: ['WIN', 'FEE', 'SUP'],
    signedIn: true,
    tier: 'online',
    deadlineMs: 30_000,
  },
  'payment.record': {
    doc: 'Card or cash taken at the counter, with the number of the receipt. Pays all that is owed.',
    input: z.strictObject({ ...target, method: record.shape.method, receipt: record.shape.receipt }),
    output: paymentAnswer,
    roles: DESKS,
    staff: ['FEE', 'SUP'],
    signedIn: true,
    tier: 'online',
    deadlineMs: 30_000,
  },
  'payment.refund': {
    doc: 'Gives a payment back, whole. Card and cash: with the receipt of the refund once it is handed out.',
    input: z.strictObject({
      ...target,
      payment: refund.shape.payment,
      reason: refund.shape.reason,
      receipt: refund.shape.receipt,
    }),
    output: paymentAnswer,
    roles: DESKS,
    staff: ['FEE', 'SUP'],
    signedIn: true,
    tier: 'online',
    deadlineMs: 30_000,
  },
  'payment.list': {
    doc: 'Every payment of a case as this terminal knows it, oldest first, and the pay code a notice carries while the centre is away.',
    input: z.strictObject({ caseId: z.uuid() }),
    output: z.strictObject({ payments: z.array(paymentView), noticePayCode: z.string() }),
    roles: DESKS,
    staff: CASE_STAFF,
    signedIn: true,
    tier: 'local',
    deadlineMs: 5_000,
  },
  'payment.reconcile': {
    doc: 'The day by method, and every payment on which our books and the channel’s statement differ.',
    input: z.strictObject({ day: z.iso.date() }),
    output: reconcileAnswer,
    roles: DESKS,
    staff: ['FEE', 'SUP'],
    signedIn: true,
    tier: 'online',
    deadlineMs: 30_000,
  },
} as const satisfies Record<string, Method>;
