import type { z } from 'zod';
import type { channelOrder, newOrder, statement } from '../channelSchemas.ts';

type NewOrder = z.infer<typeof newOrder>;
type Money = { amountFen: number; receipt: string; at: string };

export interface SimulatedOrder {
  order: NewOrder;
  payCode: string;
  isClosed: boolean;
  paid: Money | null;
  refunded: Money | null;
}

/** The books of the simulated channel: orders by our payment id, each paid and refunded once. */
export class OrderBook {
  readonly #orders = new Map<string, SimulatedOrder>();
  readonly #now: () => number;
  #serial = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  open(order: NewOrder): SimulatedOrder {
    const known = this.#orders.get(order.payment);
    if (known) return known;
    const payCode = `https://pay.invalid/${order.method.toLowerCase()}/${order.payment}`;
    const fresh: SimulatedOrder = { order, payCode, isClosed: false, paid: null, refunded: null };
    this.#orders.set(order.payment, fresh);
    return fresh;
  }

  find(payment: string): SimulatedOrder | undefined {
    return this.#orders.get(payment);
  }

  findByCode(payCode: string): SimulatedOrder | undefined {
    return [...this.#orders.values()].find((each) => each.payCode === payCode);
  }

  /** @returns whether money moved */
  pay(found: SimulatedOrder, amountFen = found.order.amountFen): boolean {
    if (found.isClosed || found.paid || Date.parse(found.order.expiresAt) <= this.#now()) return false;
    found.paid = this.#money(amountFen, '42');
    return true;
  }

  /** @returns whether money moved */
  refund(found: SimulatedOrder, amountFen: number): boolean {
    if (!found.paid || found.refunded || amountFen !== found.paid.amountFen) return false;
    found.refunded = this.#money(amountFen, '50');
    return true;
  }

  waiting(): SimulatedOrder[] {
    return [...this.#orders.values()].filter(({ isClosed, paid }) => !isClosed && !paid);
  }

  describe(found: SimulatedOrder | undefined): z.infer<typeof channelOrder> {
    if (!found) return { state: 'unknown', paid: null, refunded: null };
    const { paid, refunded, isClosed } = found;
    const state = refunded ? 'refunded' : paid ? 'paid' : isClosed ? 'closed' : 'waiting';
    return { state, paid, refunded };
  }

  /** @param day local calendar day, ISO */
  statement(day: string): z.infer<typeof statement>['entries'] {
    const isOfDay = ({ at }: Money) => new Date(Date.parse(at) + 8 * 3600_000).toISOString().startsWith(day);
    return [...this.#orders.values()].flatMap(({ order: { payment }, paid, refunded }) => [
      ...(paid && isOfDay(paid) ? [{ payment, entry: 'paid' as const, amountFen: paid.amountFen, at: paid.at }] : []),
      ...(refunded && isOfDay(refunded)
        ? [{ payment, entry: 'refunded' as const, amountFen: refunded.amountFen, at: refunded.at }]
        : []),
    ]);
  }

  #money(amountFen: number, prefix: string): Money {
    this.#serial += 1;
    const at = new Date(this.#now()).toISOString();
    return { amountFen, receipt: `${prefix}${at.replace(/\D/g, '')}${String(this.#serial).padStart(6, '0')}`, at };
  }
}
