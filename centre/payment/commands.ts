import type { PaymentRequest } from '../../contract/payment.ts';
import { owedFen } from '../../domain/case/guards.ts';
import { isFeeReturned } from '../../domain/case/returned.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import { heldFen, isCounterMethod } from '../../domain/payment/reducePayment.ts';
import { PAYMENT_ROLES } from '../../domain/payment/rights.ts';
import type { StaffRole } from '../../domain/staff/roles.ts';
import { takeOwnOp } from '../office/ownOp.ts';
import { findPayment, giveBack, requestRefund, type SettleContext, takeMoney } from './settle.ts';

/** How long a pay code may be used, ms: a queue at the counter, not a walk home. */
const CODE_LIFE_MS = 15 * 60_000;

export type CommandVerdict = { ok: true; payment: string } | { ok: false; code: string };

interface CommandContext extends SettleContext {
  hall: string;
  /** A channel is connected: codes can be asked for. */
  hasGateway: boolean;
}

/**
 * Decides one command about money under the write lock.
 * @returns the payment it is about; when refused, the caller drops what the ledger holds
 */
export function decidePayment(context: CommandContext, request: PaymentRequest): CommandVerdict {
  const { ledger, hall } = context;
  const { caseId, actor, change, commandId } = request;
  const held = ledger.findEntity(`case:${caseId}`);
  if (!held) return no('not-at-centre');
  if (held.hall !== hall || held.entity.type !== 'case') return no('case-not-found');
  if (!rolesOf(context, actor).some((role) => PAYMENT_ROLES[change.kind].includes(role))) return no('forbidden');
  if (ledger.hasOpId(commandId)) return yes(change.kind === 'refund' ? change.payment : commandId);
  switch (change.kind) {
    case 'request':
      return openRequest(context, held.entity.record, request, change.method);
    case 'record':
      return recordAtCounter(context, held.entity.record, request, change);
    case 'refund':
      return refund(context, held.entity.record, request, change);
  }
}

function openRequest(
  context: CommandContext,
  record: CaseRecord,
  { actor, commandId }: PaymentRequest,
  method: PaymentBodyMethod,
): CommandVerdict {
  if (!context.hasGateway) return no('payment-method-closed');
  const owed = findOwed(record);
  if (typeof owed !== 'number') return owed;
  const open = context.ledger
    .findPaymentsOfCase(record.id)
    .flatMap((stream) => findPayment(context, stream.slice('payment:'.length))?.record ?? [])
    .find((each) => each.state === 'REQUESTED' && each.method === method && each.amountFen === owed);
  if (open && Date.parse(open.expiresAt ?? '') > context.now) return yes(open.id);
  const expiresAt = new Date(context.now + CODE_LIFE_MS).toISOString();
  return writeRequest(context, record, { actor, commandId }, { method, amountFen: owed, expiresAt });
}

type PaymentBodyMethod = Extract<PaymentRequest['change'], { kind: 'request' }>['method'];
type CounterChange = Extract<PaymentRequest['change'], { kind: 'record' }>;
type RefundChange = Extract<PaymentRequest['change'], { kind: 'refund' }>;

/** Taken by hand: asked for and confirmed in one transaction. A code that is still open is closed by the desk. */
function recordAtCounter(
  context: CommandContext,
  record: CaseRecord,
  { actor, commandId }: PaymentRequest,
  { method, receipt }: CounterChange,
): CommandVerdict {
  const owed = findOwed(record);
  if (typeof owed !== 'number') return owed;
  if (context.ledger.findPaymentByReceipt(context.hall, receipt) !== null) return no('receipt-used');
  const written = writeRequest(context, record, { actor, commandId }, { method, amountFen: owed, expiresAt: null });
  if (written.ok) {
    takeMoney(context, commandId, { amountFen: owed, receipt, at: new Date(context.now).toISOString() }, actor);
  }
  return written;
}

function refund(
  context: CommandContext,
  record: CaseRecord,
  { actor, caseId }: PaymentRequest,
  { payment, reason, receipt }: RefundChange,
): CommandVerdict {
  const found = findPayment(context, payment);
  if (!found || found.record.caseId !== caseId) return no('payment-not-found');
  const { state, method, failure } = found.record;
  if (state === 'REFUNDED') return yes(payment);
  if (heldFen(found.record) === 0) return no('illegal-transition');
  // What is in the register stays there: undoing its payment is the supervisor's decision.
  if (record.bookedAt !== null && !rolesOf(context, actor).includes('SUP')) return no('forbidden');
  if (state !== 'REFUNDING') {
    requestRefund(context, payment, failure?.reason === 'wrong-amount' ? 'wrong-amount' : 'clerk', reason, actor);
  }
  if (isCounterMethod(method) && receipt !== undefined) {
    const amountFen = heldFen(found.record);
    giveBack(context, payment, { amountFen, receipt, at: new Date(context.now).toISOString() }, actor);
  }
  return yes(payment);
}

/** The payment bears the command's id: the same press twice is one payment, whatever was answered. */
function writeRequest(
  { ledger, self, hall, now }: CommandContext,
  { id: caseId, acceptance }: CaseRecord,
  { actor, commandId }: Pick<PaymentRequest, 'actor' | 'commandId'>,
  asked: { method: PaymentRecordMethod; amountFen: number; expiresAt: string | null },
): CommandVerdict {
  const body = { caseId, caseNumber: acceptance.number, ...asked };
  const own = {
    hall,
    kind: 'payment.requested',
    stream: `payment:${commandId}`,
    actor,
    opId: commandId,
    body,
  } as const;
  const refused = takeOwnOp(ledger, self, own, now);
  return refused === null ? yes(commandId) : no(refused);
}

type PaymentRecordMethod = PaymentBodyMethod | CounterChange['method'];

function findOwed(record: CaseRecord): number | CommandVerdict {
  if (isFeeReturned(record)) return no('illegal-transition');
  if (record.fee === null) return no('fee-not-assessed');
  const owed = owedFen(record);
  return owed > 0 ? owed : no('fee-settled');
}

/** Roles of a member of staff in service; none for anybody else. */
export function rolesOf(
  { ledger, hall }: Pick<CommandContext, 'ledger' | 'hall'>,
  number: string,
): readonly StaffRole[] {
  const stream = ledger.findStaffByNumber(hall, number);
  const entity = stream === null ? null : ledger.findEntity(stream)?.entity;
  return entity?.type === 'staff' && entity.record.active ? entity.record.roles : [];
}

function yes(payment: string): CommandVerdict {
  return { ok: true, payment };
}

function no(code: string): CommandVerdict {
  return { ok: false, code };
}
