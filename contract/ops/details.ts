import { z } from 'zod';
import type {
  CoOwnership,
  Delivery,
  Encumbrance,
  HouseUse,
  LandNature,
  LandUse,
  MortgageWay,
  SealKind,
} from '../../domain/case/details.ts';

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
  landUse: z
    .enum([
      'dwelling',
      'rural-dwelling',
      'commerce',
      'industry',
      'storage',
      'public',
      'farming',
      'forest',
      'other',
    ] satisfies LandUse[])
    .optional()
    .describe('土地用途'),
  landNature: z
    .enum([
      'allocated',
      'granted',
      'contributed',
      'leased',
      'authorised',
      'household-contract',
      'other-contract',
      'approved',
    ] satisfies LandNature[])
    .optional()
    .describe('土地权利性质'),
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
      way: z
        .enum(['ordinary', 'maximum'] satisfies MortgageWay[])
        .optional()
        .describe('抵押方式'),
      amountFen: fen,
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
    })
    .optional()
    .describe('担保债权数额 and the term of the debt'),
  seal: z
    .strictObject({
      kind: z
        .enum(['seal', 'queued', 'pre-sale', 'queued-pre-sale', 'renewed'] satisfies SealKind[])
        .optional()
        .describe('查封类型; absent for a release'),
      authority: z.string().max(100),
      document: z.string().max(200),
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
      deliveredAt: z.iso.datetime().describe('送达时间, to the second'),
    })
    .optional()
    .describe('the order of a court or another authority'),
  objection: z.string().max(200).optional().describe('异议事项'),
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
