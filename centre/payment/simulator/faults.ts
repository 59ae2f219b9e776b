/** What a payment channel gets wrong; any number at once. */
export const GATEWAY_FAULTS = [
  /** Every answer takes its time. */
  'slow',
  /** The merchants' side is out of order; citizens can pay. */
  'away',
  /** Orders are taken, and the line is cut instead of an answer. */
  'no-answer',
  /** Says nothing by itself; who asks is told. */
  'silent',
  /** Every notice twice, both at once. */
  'double-confirm',
  /** A new order is paid and the notice sent before its create is answered. */
  'confirm-first',
  /** The notice of a payment is held back until its refund has been told. */
  'refund-first',
  /** Reports one fen. */
  'wrong-amount',
  /** Notices are signed with another key. */
  'wrong-signature',
  /** Leaves the first payment of the day out of the statement. */
  'statement-missing',
  /** Puts a payment into the statement that nobody asked for. */
  'statement-extra',
] as const;

export type GatewayFault = (typeof GATEWAY_FAULTS)[number];

export function isGatewayFault(name: string): name is GatewayFault {
  return (GATEWAY_FAULTS as readonly string[]).includes(name);
}
