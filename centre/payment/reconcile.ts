import type { ReconcileAnswer, ReconcileDifference } from '../../contract/payment.ts';
import type { PayMethod } from '../../domain/case/progress.ts';
import { isCounterMethod } from '../../domain/payment/reducePayment.ts';
import type { PaymentRecord } from '../../domain/payment/types.ts';
import type { PaymentStore } from '../store/paymentTypes.ts';
import { GatewayAwayError, type PaymentGateway, type StatementEntry } from './gateway.ts';

const METHODS: readonly PayMethod[] = ['WECHAT', 'ALIPAY', 'SCAN', 'CARD', 'CASH'];
const DAY_MS = 24 * 3600_000;

export interface ReconcileContext {
  store: PaymentStore;
  gateway: PaymentGateway | null;
  /** A payment of any hall. */
  find: (payment: string) => Promise<{ record: PaymentRecord; hall: string } | null>;
}

/**
 * The balance of one day of a hall: money by method from our own books, and those entries on which the channel's
 * statement says otherwise. Card and cash stand in no statement: their receipts are counted by hand.
 * @param day local calendar day, ISO
 */
export async function reconcile(
  { store, gateway, find }: ReconcileContext,
  hall: string,
  day: string,
): Promise<Omit<ReconcileAnswer, 'centreTime'>> {
  const start = Date.parse(`${day}T00:00:00+08:00`);
  const [from, to] = [start, start + DAY_MS].map((ms) => new Date(ms).toISOString()) as [string, string];
  const payments = store.paymentsOfDay(hall, from, to);
  const entries = payments.flatMap((record) => entriesOf(record, from, to));
  return {
    day,
    methods: METHODS.map((method) =>
      sumOf(
        entries.filter((entry) => entry.record.method === method),
        method,
      ),
    ),
    differences: await compare(entries, await readStatement(gateway, day), hall, find),
    openCount: store.openPayments().filter((open) => open.hall === hall).length,
  };
}

/** A line of our books, or money we were told of and did not take. */
interface OwnEntry {
  record: PaymentRecord;
  entry: 'paid' | 'refunded';
  amountFen: number;
  /** False: it came in the wrong amount and paid nothing. */
  isBooked: boolean;
}

function entriesOf(record: PaymentRecord, from: string, to: string): OwnEntry[] {
  const isOfDay = (at: string | null | undefined) => at !== null && at !== undefined && at >= from && at < to;
  const { paid, failure, refund } = record;
  const found: OwnEntry[] = [];
  if (paid && isOfDay(paid.at)) found.push({ record, entry: 'paid', amountFen: paid.amountFen, isBooked: true });
  if (failure && failure.receivedFen > 0 && isOfDay(failure.at)) {
    found.push({ record, entry: 'paid', amountFen: record.amountFen, isBooked: false });
  }
  if (refund && isOfDay(refund.at)) {
    const amountFen = paid?.amountFen ?? failure?.receivedFen ?? 0;
    found.push({ record, entry: 'refunded', amountFen, isBooked: paid !== null });
  }
  return found;
}

function sumOf(entries: readonly OwnEntry[], method: PayMethod): ReconcileAnswer['methods'][number] {
  const of = (kind: OwnEntry['entry']) => entries.filter(({ entry, isBooked }) => isBooked && entry === kind);
  const total = (list: readonly OwnEntry[]) => list.reduce((sum, { amountFen }) => sum + amountFen, 0);
  const [paid, refunded] = [of('paid'), of('refunded')];
  return {
    method,
    paidCount: paid.length,
    paidFen: total(paid),
    refundedCount: refunded.length,
    refundedFen: total(refunded),
    netFen: total(paid) - total(refunded),
  };
}

async function readStatement(gateway: PaymentGateway | null, day: string): Promise<StatementEntry[] | null> {
  try {
    return gateway === null ? null : await gateway.statement(day);
  } catch (error) {
    if (error instanceof GatewayAwayError) return null;
    throw error;
  }
}

async function compare(
  ours: readonly OwnEntry[],
  theirs: readonly StatementEntry[] | null,
  hall: string,
  find: ReconcileContext['find'],
): Promise<ReconcileDifference[] | null> {
  if (theirs === null) return null;
  const key = (payment: string, entry: string) => `${payment}/${entry}`;
  const atChannel = new Map(theirs.map((each) => [key(each.payment, each.entry), each]));
  const found: ReconcileDifference[] = [];
  for (const { record, entry, amountFen } of ours) {
    if (isCounterMethod(record.method)) continue;
    const other = atChannel.get(key(record.id, entry));
    atChannel.delete(key(record.id, entry));
    if (other?.amountFen === amountFen) continue;
    const kind = other ? 'amount-differs' : 'missing-at-channel';
    found.push({ ...naming(record), kind, entry, oursFen: amountFen, theirsFen: other?.amountFen ?? null });
  }
  for (const { payment, entry, amountFen } of atChannel.values()) {
    const held = await find(payment);
    // Another hall's money stands in its own balance.
    if (held && held.hall !== hall) continue;
    const name = held ? naming(held.record) : { payment, caseNumber: null, method: null };
    found.push({
      ...name,
      kind: held ? 'state-differs' : 'missing-here',
      entry,
      oursFen: null,
      theirsFen: amountFen,
    });
  }
  return found;
}

function naming({
  id,
  caseNumber,
  method,
}: PaymentRecord): Pick<ReconcileDifference, 'payment' | 'caseNumber' | 'method'> {
  return { payment: id, caseNumber, method };
}
