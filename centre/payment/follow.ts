import { owedFen } from '../../domain/case/guards.ts';
import { isFeeReturned } from '../../domain/case/returned.ts';
import { heldFen, isCounterMethod } from '../../domain/payment/reducePayment.ts';
import type { PaymentRecord } from '../../domain/payment/types.ts';
import type { WorkingLedger } from '../ledger/workingLedger.ts';
import type { ChannelOrder, PaymentGateway } from './gateway.ts';
import { closeRequest, findPayment, giveBack, type SettleContext, type Settled, takeMoney } from './settle.ts';

/** What the desk is going to ask the channel about one payment. */
export type DeskStep =
  /** `close`: nobody is to pay it any more, and why. */
  | { ask: 'order'; record: PaymentRecord; close: 'expired' | 'cancelled' | null }
  | { ask: 'refund'; record: PaymentRecord }
  | { ask: 'nothing'; record: PaymentRecord };

/** @returns null for a payment that is not ours */
export function findStep(ledger: WorkingLedger, payment: string, now: number): DeskStep | null {
  const record = findPayment({ ledger }, payment)?.record;
  if (!record) return null;
  if (isCounterMethod(record.method)) return { ask: 'nothing', record };
  if (record.state === 'REFUNDING') return { ask: 'refund', record };
  if (record.state !== 'REQUESTED') return { ask: 'order', record, close: null };
  if (isSuperseded(ledger, record)) return { ask: 'order', record, close: 'cancelled' };
  const isExpired = record.expiresAt !== null && Date.parse(record.expiresAt) <= now;
  return { ask: 'order', record, close: isExpired ? 'expired' : null };
}

/** The case ended or was paid another way, owes another amount, or has a newer code. */
function isSuperseded(ledger: WorkingLedger, { id, caseId, amountFen }: PaymentRecord): boolean {
  const entity = ledger.findEntity(`case:${caseId}`)?.entity;
  if (entity?.type !== 'case' || isFeeReturned(entity.record) || owedFen(entity.record) !== amountFen) return true;
  const newest = ledger
    .findPaymentsOfCase(caseId)
    .flatMap((stream) => findPayment({ ledger }, stream.slice('payment:'.length))?.record ?? [])
    .filter(({ state }) => state === 'REQUESTED')
    .sort((a, b) => (a.requestedAt < b.requestedAt ? -1 : 1))
    .at(-1);
  return newest !== undefined && newest.id !== id;
}

type Learned = (context: SettleContext) => Settled;

/**
 * Asks the channel.
 * @param keepCode stores what the citizen scans
 * @returns what the ledger has to learn from the answer, or null for nothing
 * @throws GatewayAwayError
 */
export async function followOrder(
  gateway: PaymentGateway,
  step: DeskStep,
  keepCode: (code: string) => Promise<void>,
): Promise<Learned | null> {
  const { record } = step;
  const { id } = record;
  if (step.ask === 'nothing') return null;
  if (step.ask === 'refund') {
    return learn(id, await gateway.refund(id, heldFen(record), record.refund?.reason ?? ''));
  }
  const order = step.close === null ? await gateway.query(id) : await gateway.close(id);
  if (order.paid || order.refunded) return learn(id, order);
  if (step.close !== null) {
    const reason = step.close;
    return order.state === 'waiting' ? null : (context) => closeRequest(context, id, reason);
  }
  if (record.state !== 'REQUESTED') return null;
  // Closed by the channel itself.
  if (order.state === 'closed') return (context) => closeRequest(context, id, 'refused');
  const { method, amountFen, caseNumber, expiresAt } = record;
  const created = await gateway.create({
    payment: id,
    method,
    amountFen,
    subject: `不动产登记费 ${caseNumber}`,
    expiresAt: expiresAt ?? record.requestedAt,
  });
  await keepCode(created.payCode);
  return null;
}

/** Money first, then its way back: in whichever order the channel told of them. */
function learn(payment: string, { paid, refunded }: ChannelOrder): Learned {
  return (context) => {
    let settled: Settled = 'known';
    if (paid) settled = takeMoney(context, payment, paid);
    if (!refunded || settled === 'alarm') return settled;
    const back = giveBack(context, payment, refunded);
    return back === 'known' ? settled : back;
  };
}
