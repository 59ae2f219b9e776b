import { YichuangError } from '../../contract/errors.ts';
import type { PaymentAnswer, PaymentRequest } from '../../contract/payment.ts';
import { totalOf } from '../../domain/case/reduceCase.ts';
import { EXEMPTIONS } from '../../domain/fee/exemptions.ts';
import { proposeFee } from '../../domain/fee/proposeFee.ts';
import { noticePayCode } from '../../domain/payment/payCode.ts';
import { PAYMENT_ROLES } from '../../domain/payment/rights.ts';
import { hallDayOf } from '../../domain/time/hallTime.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { findCase } from '../findCase.ts';
import { explainLoss } from '../office/explainLoss.ts';
import { reachable } from '../reachable.ts';

type PaymentMethodName =
  | 'payment.propose'
  | 'payment.request'
  | 'payment.record'
  | 'payment.refund'
  | 'payment.list'
  | 'payment.reconcile';

/** Fees and payments at a desk. This machine proposes and shows; money is decided at the centre. */
export const paymentHandlers: Handlers<PaymentMethodName> = {
  'payment.propose': ({ context, params: { caseId, exemption, ...choices } }) => {
    const record = findCase(context, caseId).record;
    const day = hallDayOf(record.acceptedAt);
    const chosen = EXEMPTIONS.find(({ code }) => code === exemption);
    const catalogue = context.catalogueOf(record.acceptance.catalogueVersion);
    const proposal = proposeFee(record, catalogue, day, { ...choices, exemption: chosen });
    if (!proposal.ok) return { asks: proposal.asks, lines: [], totalFen: 0, payer: '' };
    const { lines, payer } = proposal;
    return { asks: null, lines, totalFen: totalOf(lines), payer };
  },

  'payment.request': ({ context, connection, params: { method, ...target } }) =>
    command(context, connection, target, { kind: 'request', method }),

  'payment.record': ({ context, connection, params: { method, receipt, ...target } }) =>
    command(context, connection, target, { kind: 'record', method, receipt }),

  'payment.refund': ({ context, connection, params: { payment, reason, receipt, ...target } }) =>
    command(context, connection, target, { kind: 'refund', payment, reason, receipt }),

  'payment.list': ({ context, params: { caseId } }) => ({
    payments: context.store.payments.ofCase(caseId),
    noticePayCode: noticePayCode(findCase(context, caseId).record.acceptance.number),
  }),

  'payment.reconcile': async ({ context, connection, params: { day } }) => {
    const { staff } = context.sessions.require(connection);
    if (!staff.roles.some((role) => PAYMENT_ROLES.reconcile.includes(role))) throw new YichuangError('forbidden');
    return (await reachable(context)).reconcile({ actor: staff.number, day });
  },
};

async function command(
  context: ServiceContext,
  connection: string,
  target: Pick<PaymentRequest, 'commandId' | 'caseId'>,
  change: PaymentRequest['change'],
): Promise<PaymentAnswer> {
  const { staff } = context.sessions.require(connection);
  findCase(context, target.caseId);
  if (!staff.roles.some((role) => PAYMENT_ROLES[change.kind].includes(role))) throw new YichuangError('forbidden');
  const sync = await reachable(context);
  const answer = await sync.payment({ ...target, actor: staff.number, change }).catch((error: unknown) => {
    throw explainLoss(context, target.caseId, error);
  });
  context.committed([`case:${target.caseId}`]);
  return answer;
}
