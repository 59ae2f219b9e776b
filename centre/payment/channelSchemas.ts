import { z } from 'zod';

/** What goes over the wire between the centre and a payment channel; the simulated channel answers by the same shapes. */

const instant = z.iso.datetime({ precision: 3 });
const money = z.strictObject({ amountFen: z.int().min(0), receipt: z.string().min(1).max(60), at: instant });

export const newOrder = z.strictObject({
  payment: z.uuid(),
  method: z.enum(['WECHAT', 'ALIPAY', 'CARD', 'SCAN', 'CASH']),
  amountFen: z.int().min(1),
  subject: z.string().max(60),
  expiresAt: instant,
  notifyUrl: z.url(),
});
export const createdOrder = z.strictObject({ payCode: z.string().min(1).max(500) });
export const channelOrder = z.strictObject({
  state: z.enum(['unknown', 'waiting', 'paid', 'refunding', 'refunded', 'closed']),
  paid: money.nullable(),
  refunded: money.nullable(),
});
export const refundOrder = z.strictObject({ amountFen: z.int().min(1), reason: z.string().max(200) });
export const statement = z.strictObject({
  entries: z.array(
    z.strictObject({
      payment: z.uuid(),
      entry: z.enum(['paid', 'refunded']),
      amountFen: z.int().min(0),
      at: instant,
    }),
  ),
});
export const notice = z.strictObject({ event: z.enum(['paid', 'refunded']), payment: z.uuid(), ...money.shape });
