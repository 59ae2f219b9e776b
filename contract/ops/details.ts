import { z } from 'zod';
import type { CoOwnership, Delivery, Encumbrance, HouseUse } from '../../domain/case/details.ts';

/** Optional fields of an acceptance (domain.md §4.14). Their meaning is checked by the rules of domain/case. */

const fen = z.int().min(0).max(10_000_000_000_000).describe('whole fen');

export const partyDetails = {
  share: z.string().max(40).optional().describe('份额 of a holder, such as 1/2 or 50%'),
  postcode: z.string().max(10).optional(),
  bankNumber: z.string().max(40).optional().describe('card or account; provident-fund items only'),
};

export const propertyDetails = {
  area: z.string().max(20).optional().describe('square metres, such as 89.50'),
  use: z
    .enum(['dwelling', 'commerce', 'office', 'industry', 'storage', 'garage', 'other'] satisfies HouseUse[])
    .optional()
    .describe('房屋用途'),
  encumbrances: z
    .array(z.enum(['seal', 'objection', 'notice', 'mortgage'] satisfies Encumbrance[]))
    .max(4)
    .optional()
    .describe('what the register held against the unit when the clerk looked'),
};

export const acceptanceDetails = {
  coOwnership: z
    .enum(['sole', 'joint', 'shares', 'other'] satisfies CoOwnership[])
    .optional()
    .describe('共有方式'),
  priceFen: fen.optional().describe('交易价格, whole fen'),
  mortgage: z
    .strictObject({
      amountFen: fen,
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
    })
    .optional()
    .describe('担保债权数额 and the term of the debt'),
  delivery: z
    .strictObject({
      method: z.enum(['mail', 'window', 'machine', 'electronic'] satisfies Delivery['method'][]),
      receiver: z.string().max(100).optional(),
      phone: z.string().max(20).optional(),
      address: z.string().max(200).optional(),
      postcode: z.string().max(10).optional(),
    })
    .optional()
    .describe('领证方式'),
};
