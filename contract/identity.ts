import { z } from 'zod';

/** What is kept of an ID card: no ethnic group, no fingerprints (domain.md §7.1). */
export const identityCard = z.strictObject({
  kind: z.enum(['resident', 'hmt-residence', 'permanent-residence-2017', 'permanent-residence-2023']),
  name: z.string().describe('Chinese name as on the chip; rare characters and PUA code points unchanged'),
  latinName: z.string().nullable(),
  sex: z.enum(['male', 'female', 'unknown']),
  birth: z.string().describe('ISO date'),
  number: z.string(),
  address: z.string().nullable(),
  validFrom: z.string().nullable().describe('ISO date'),
  validTo: z.string().nullable().describe('ISO date; null means 长期'),
  passNumber: z.string().nullable().describe('通行证号码, residence permits of Hong Kong, Macao and Taiwan'),
  nationality: z.string().nullable(),
  warnings: z.array(z.enum(['check-digit', 'bad-date'])),
});

/** A decoded photo of a card, 102 × 126 pixels. */
export const photoImage = z.strictObject({
  type: z.enum(['image/bmp', 'image/png', 'image/jpeg']),
  base64: z.base64().max(360_000),
});

export type PhotoImage = z.infer<typeof photoImage>;
export type IdentityCard = z.infer<typeof identityCard>;
