import { v7 as uuidv7 } from 'uuid';
import { owedFen } from '../../domain/case/guards.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import type { OpBodies, OpKind } from '../../domain/ledger/op.ts';
import { yuan } from '../../domain/papers/parts/words.ts';
import { heldFen } from '../../domain/payment/reducePayment.ts';
import type { PaymentRecord, RefundCause } from '../../domain/payment/types.ts';
import type { WorkingLedger } from '../ledger/workingLedger.ts';
import { followAutomatically } from '../office/automatic.ts';
import { takeOwnOp } from '../office/ownOp.ts';

/** What was learned of money, applied to the ledger under the write lock. Learning it twice is learning it once. */
export interface SettleContext {
  ledger: WorkingLedger;
  self: { device: string; epoch: number };
  /** Milliseconds since 1970, UTC. */
  now: number;
}

export interface Money {
  amountFen: number;
  /** 票号, or the channel's serial. */
  receipt: string;
  /** ISO instant. */
  at: string;
}

/** `alarm`: a person has to look at it; the case says so. */
export type Settled = 'done' | 'known' | 'unknown' | 'alarm';

/** The stream cannot be written now: the transaction must be dropped whole, and asked about again. */
export class NotNowError extends Error {
  override name = 'NotNowError';
}

/**
 * Money came. The right amount is one `payment.confirmed` and one `case.paid`; what then follows (T26, or the way back)
 * is in the same transaction. A wrong amount pays nothing.
 * @throws NotNowError
 */
export function takeMoney(context: SettleContext, payment: string, money: Money, actor = 'system'): Settled {
  const held = findPayment(context, payment);
  if (!held) return 'unknown';
  const { record, hall } = held;
  if (record.paid !== null || record.failure?.reason === 'wrong-amount') return 'known';
  if (money.amountFen !== record.amountFen) {
    fail(context, held, { reason: 'wrong-amount', receivedFen: money.amountFen, receipt: money.receipt });
    raiseAlarm(
      context,
      hall,
      record,
      `支付金额不符：应收 ${yuan(record.amountFen)} 元，渠道报 ${yuan(money.amountFen)} 元，流水号 ${money.receipt}。未记为已缴，请核对后退款。`,
    );
    return 'alarm';
  }
  const { caseId } = record;
  const wasOwed = owedFen(findCase(context, caseId));
  const body = { caseId, amountFen: money.amountFen, receipt: money.receipt, paidAt: money.at };
  write(context, hall, 'payment.confirmed', `payment:${payment}`, body, actor);
  enter(context, hall, record, 'paid', money, actor);
  // Two codes were open, or it was paid at the counter meanwhile.
  if (wasOwed < money.amountFen) requestRefund(context, payment, 'not-owed', '重复支付，无应缴费用');
  return 'done';
}

/**
 * Money went back, all of it.
 * @throws NotNowError
 */
export function giveBack(context: SettleContext, payment: string, money: Money, actor = 'system'): Settled {
  const held = findPayment(context, payment);
  if (!held) return 'unknown';
  const { record, hall } = held;
  if (record.state === 'REFUNDED' || record.refund?.at) return 'known';
  if (heldFen(record) !== money.amountFen) {
    const text = `退款金额不符：应退 ${yuan(heldFen(record))} 元，渠道报 ${yuan(money.amountFen)} 元，流水号 ${money.receipt}。`;
    raiseAlarm(context, hall, record, text);
    return 'alarm';
  }
  // The channel gave it back unasked.
  if (record.state !== 'REFUNDING') requestRefund(context, payment, 'channel', '支付渠道退款');
  const { caseId } = record;
  const body = { caseId, amountFen: money.amountFen, receipt: money.receipt, refundedAt: money.at };
  write(context, hall, 'payment.refunded', `payment:${payment}`, body, actor);
  if (record.paid) enter(context, hall, record, 'refunded', money, actor);
  return 'done';
}

/** From now on the money is on its way back. @throws NotNowError */
export function requestRefund(
  context: SettleContext,
  payment: string,
  cause: RefundCause,
  reason: string,
  actor = 'system',
): void {
  const held = findPayment(context, payment);
  // Following the case may have asked for it already.
  if (!held || held.record.state === 'REFUNDING') return;
  const body = { caseId: held.record.caseId, cause, reason };
  write(context, held.hall, 'payment.refundRequested', `payment:${payment}`, body, actor);
}

/** The request is over without money, after the channel has said that nobody can pay it any more. @throws NotNowError */
export function closeRequest(
  context: SettleContext,
  payment: string,
  reason: 'expired' | 'cancelled' | 'refused',
): Settled {
  const held = findPayment(context, payment);
  if (!held) return 'unknown';
  if (held.record.state !== 'REQUESTED') return 'known';
  fail(context, held, { reason, receivedFen: 0 });
  return 'done';
}

export function findPayment(
  { ledger }: Pick<SettleContext, 'ledger'>,
  payment: string,
): { record: PaymentRecord; hall: string } | null {
  const held = ledger.findEntity(`payment:${payment}`);
  return held?.entity.type === 'payment' ? { record: held.entity.record, hall: held.hall } : null;
}

function findCase({ ledger }: SettleContext, caseId: string): CaseRecord {
  const entity = ledger.findEntity(`case:${caseId}`)?.entity;
  if (entity?.type !== 'case') throw new NotNowError('the case of the payment is not here');
  return entity.record;
}

function fail(
  context: SettleContext,
  { record, hall }: { record: PaymentRecord; hall: string },
  body: Omit<OpBodies['payment.failed'], 'caseId'>,
): void {
  write(context, hall, 'payment.failed', `payment:${record.id}`, { caseId: record.caseId, ...body }, 'system');
}

/** The case's own line of the books; then whatever follows from it. */
function enter(
  context: SettleContext,
  hall: string,
  { id, caseId, method }: PaymentRecord,
  kind: 'paid' | 'refunded',
  { amountFen, receipt, at }: Money,
  actor: string,
): void {
  const stream = `case:${caseId}`;
  write(context, hall, 'case.paid', stream, { payment: id, kind, amountFen, method, receipt, at }, actor);
  followAutomatically(context.ledger, context.self, [stream], context.now);
}

function raiseAlarm(context: SettleContext, hall: string, { caseId }: PaymentRecord, text: string): void {
  write(context, hall, 'note.added', `note:${uuidv7()}`, { caseId, kind: 'payment-alarm', text }, 'system');
}

function write<K extends OpKind>(
  { ledger, self, now }: SettleContext,
  hall: string,
  kind: K,
  stream: string,
  body: OpBodies[K],
  actor: string,
): void {
  const refused = takeOwnOp(ledger, self, { hall, kind, stream, actor, body }, now);
  if (refused !== null) throw new NotNowError(`${kind}: ${refused}`);
}
