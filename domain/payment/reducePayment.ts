import type { PayMethod } from '../case/progress.ts';
import { PAYMENT_MOVES, type PaymentEvent, type PaymentGuardName } from './states.ts';
import type { PaymentBodies, PaymentRecord } from './types.ts';

export type PaymentRefusalCode = 'illegal-transition' | 'amount-differs';

type SteppedPayment = { ok: true; record: PaymentRecord } | { ok: false; code: PaymentRefusalCode; detail: string };

interface StepContext {
  actor: string;
  /** ISO instant of the op. */
  at: string;
}

/** Each kind with its body: what an op of a payment says. */
export type PaymentStep = {
  [K in keyof PaymentBodies]: { kind: K; body: PaymentBodies[K] };
}[keyof PaymentBodies];

/** Taken by the hall's own hands; everything else goes through a channel. */
export const COUNTER_METHODS: readonly PayMethod[] = ['CARD', 'CASH'];

export function isCounterMethod(method: PayMethod): boolean {
  return COUNTER_METHODS.includes(method);
}

/** @returns the payment after the step, or why it is refused; then nothing has changed */
export function stepPayment(
  current: PaymentRecord | null,
  id: string,
  { kind, body }: PaymentStep,
  { actor, at }: StepContext,
): SteppedPayment {
  if (kind === 'payment.requested') {
    if (current) return refused('illegal-transition', 'requested twice');
    const none = { paid: null, failure: null, refund: null };
    return {
      ok: true,
      record: { ...body, ...none, id, version: 1, state: 'REQUESTED', requestedAt: at, requestedBy: actor },
    };
  }
  if (!current) return refused('illegal-transition', `${kind} of a payment that was not requested`);
  if (body.caseId !== current.caseId) return refused('illegal-transition', `${kind} for another case`);
  const event = eventOf({ kind, body } as PaymentStep);
  const move = PAYMENT_MOVES[event];
  if (!move.from.includes(current.state)) return refused('illegal-transition', `${event} from ${current.state}`);
  const amount = 'amountFen' in body ? body.amountFen : null;
  for (const guard of move.guards) {
    const problem = check(guard, current, amount, 'receivedFen' in body ? body.receivedFen : 0);
    if (problem) return refused(problem, `${event}: ${guard}`);
  }
  return {
    ok: true,
    record: {
      ...current,
      ...changeOf(current, { kind, body } as PaymentStep, { actor, at }),
      version: current.version + 1,
      state: move.to,
    },
  };
}

/** Money that is here and has not been given back, integer fen. */
export function heldFen({ paid, failure, state }: PaymentRecord): number {
  if (state === 'REFUNDED') return 0;
  return paid?.amountFen ?? failure?.receivedFen ?? 0;
}

function eventOf(step: PaymentStep): PaymentEvent {
  switch (step.kind) {
    case 'payment.confirmed':
      return 'confirm';
    case 'payment.failed':
      return step.body.reason === 'expired' ? 'expire' : 'fail';
    case 'payment.refundRequested':
      return 'request-refund';
    case 'payment.refunded':
      return 'refund';
    case 'payment.requested':
      throw new Error('a request is no move');
  }
}

function check(
  guard: PaymentGuardName,
  record: PaymentRecord,
  amountFen: number | null,
  receivedFen: number,
): PaymentRefusalCode | null {
  switch (guard) {
    case 'amount-agrees':
      return amountFen === record.amountFen ? null : 'amount-differs';
    case 'open-or-money':
      return record.state === 'REQUESTED' || receivedFen > 0 ? null : 'illegal-transition';
    case 'money-not-wrong':
      return (record.failure?.receivedFen ?? 0) === 0 ? null : 'illegal-transition';
    case 'money-came':
      return heldFen(record) > 0 ? null : 'illegal-transition';
    case 'whole-amount':
      return amountFen === heldFen(record) ? null : 'amount-differs';
  }
}

function changeOf(record: PaymentRecord, step: PaymentStep, { actor, at }: StepContext): Partial<PaymentRecord> {
  switch (step.kind) {
    case 'payment.confirmed': {
      const { amountFen, receipt, paidAt } = step.body;
      return { paid: { amountFen, receipt, at: paidAt } };
    }
    case 'payment.failed': {
      const { reason, receivedFen, receipt = null } = step.body;
      return { failure: { reason, receivedFen, receipt, at } };
    }
    case 'payment.refundRequested': {
      const { cause, reason } = step.body;
      return { refund: { cause, reason, requestedAt: at, requestedBy: actor, receipt: null, at: null } };
    }
    case 'payment.refunded': {
      const { receipt, refundedAt } = step.body;
      return record.refund ? { refund: { ...record.refund, receipt, at: refundedAt } } : {};
    }
    case 'payment.requested':
      return {};
  }
}

function refused(code: PaymentRefusalCode, detail: string): SteppedPayment {
  return { ok: false, code, detail };
}
