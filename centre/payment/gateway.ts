import type { PayMethod } from '../../domain/case/progress.ts';

/** What the centre asks of a payment channel. Orders go by our payment id: asking twice is asking once. */
export interface PaymentGateway {
  /** Opens an order, or finds the open one. @returns what the citizen scans */
  create(order: NewOrder): Promise<{ payCode: string }>;
  query(payment: string): Promise<ChannelOrder>;
  /** Nobody can pay it from now on, unless the answer says that somebody has. */
  close(payment: string): Promise<ChannelOrder>;
  /** Gives all of it back; asked again it says how far that is. */
  refund(payment: string, amountFen: number, reason: string): Promise<ChannelOrder>;
  /** The channel's own list of one local calendar day, ISO. */
  statement(day: string): Promise<StatementEntry[]>;
  /**
   * Reads a message the channel sent.
   * @param body exactly as it came
   * @throws BadNoticeError when it is not from the channel, too old, or of no known form
   */
  readNotice(headers: Readonly<Record<string, unknown>>, body: string): Notice;
}

export interface NewOrder {
  payment: string;
  method: PayMethod;
  amountFen: number;
  /** 受理编号: what the citizen and the statement see; no name, no address. */
  subject: string;
  /** ISO instant. */
  expiresAt: string;
}

/** An order as the channel has it. `receipt` and the instants are the channel's. */
export interface ChannelOrder {
  state: 'unknown' | 'waiting' | 'paid' | 'refunding' | 'refunded' | 'closed';
  paid: { amountFen: number; receipt: string; at: string } | null;
  refunded: { amountFen: number; receipt: string; at: string } | null;
}

export interface StatementEntry {
  payment: string;
  entry: 'paid' | 'refunded';
  amountFen: number;
  at: string;
}

export interface Notice {
  event: 'paid' | 'refunded';
  payment: string;
  amountFen: number;
  receipt: string;
  at: string;
}

/** The channel did not answer, or not in its own words: nobody knows whether it did what was asked. */
export class GatewayAwayError extends Error {
  override name = 'GatewayAwayError';
}

export class BadNoticeError extends Error {
  override name = 'BadNoticeError';
}
