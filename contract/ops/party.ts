import { z } from 'zod';
import type { ProjectKind } from '../../domain/catalogue/types.ts';
import { partyDetails, propertyDetails } from './details.ts';

/** Who applies, and for what: parts of an acceptance and of a pre-review. */

const text = (max: number) => z.string().min(1).max(max);

export const override = z.strictObject({
  code: z.enum(['card-expired', 'id-check-digit', 'credit-code-check-digit', 'card-unread']),
  reason: text(200),
});

export const party = z.strictObject({
  role: z.enum(['holder', 'obligor', 'agent']),
  kind: z.enum(['person', 'organisation']),
  name: text(200),
  idKind: z.enum(['resident', 'hmt-residence', 'permanent-residence', 'credit-code', 'other']),
  idNumber: text(100),
  origin: z.enum(['card', 'typed', 'pre-review', 'centre']),
  phone: z.string().max(20).optional(),
  address: z.string().max(200).optional(),
  cardValidTo: z.iso.date().optional(),
  overrides: z.array(override).max(4),
  ...partyDetails,
});

export const property = z.strictObject({
  unitNumber: z.string().max(40).optional(),
  location: z.string().max(500),
  certificate: z
    .strictObject({
      number: z.string().max(200),
      legacy: z.boolean().describe('from before the unified registration; set by the service'),
    })
    .optional()
    .describe('原证号, the certificate or proof of the existing right'),
  ...propertyDetails,
});

export const projectKind = z.enum(['INDUSTRIAL', 'DEVELOPER'] satisfies ProjectKind[]);
