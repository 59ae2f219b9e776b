/** 待支付 · 已支付 · 退款中 · 已退款; 未成 and 已过期 are ends without money, unless money comes late. */
export const PAYMENT_STATE_NAMES = {
  REQUESTED: '待支付',
  PAID: '已支付',
  REFUNDING: '退款中',
  REFUNDED: '已退款',
  FAILED: '未成',
  EXPIRED: '已过期',
} as const;

export type PaymentState = keyof typeof PAYMENT_STATE_NAMES;

export const PAYMENT_STATES = Object.keys(PAYMENT_STATE_NAMES) as PaymentState[];

export type PaymentEvent = 'confirm' | 'fail' | 'expire' | 'request-refund' | 'refund';

export type PaymentGuardName = 'amount-agrees' | 'money-not-wrong' | 'money-came' | 'whole-amount' | 'open-or-money';

/**
 * The legal moves of a payment, as domain/case/transitions.ts is for a case. Money that comes after the request was
 * closed is money all the same: it is confirmed, and then goes back if nobody wants it any more.
 */
export const PAYMENT_MOVES: Readonly<
  Record<PaymentEvent, { from: readonly PaymentState[]; to: PaymentState; guards: readonly PaymentGuardName[] }>
> = {
  confirm: { from: ['REQUESTED', 'EXPIRED', 'FAILED'], to: 'PAID', guards: ['amount-agrees', 'money-not-wrong'] },
  fail: { from: ['REQUESTED', 'EXPIRED', 'FAILED'], to: 'FAILED', guards: ['open-or-money', 'money-not-wrong'] },
  expire: { from: ['REQUESTED'], to: 'EXPIRED', guards: [] },
  'request-refund': { from: ['PAID', 'FAILED'], to: 'REFUNDING', guards: ['money-came'] },
  refund: { from: ['REFUNDING'], to: 'REFUNDED', guards: ['whole-amount'] },
};
