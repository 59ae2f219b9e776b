import { z } from 'zod';
import type { CertificateRowKey } from '../../domain/certificate/content.ts';
import type { PrintBodies } from '../../domain/printJob/types.ts';
import { blankForm, blankWindow, voidReason } from './blanks.ts';
import { blankSerial } from './case.ts';

/** Bodies of the ops of a print job (domain/printJob/types.ts). Only the machine with the printer makes them. */

const text = (max: number) => z.string().min(1).max(max);
const nothing = z.strictObject({});

const ROW_KEYS = [
  ...['right', 'holder', 'obligor', 'co-ownership', 'location', 'unit', 'right-type', 'right-nature', 'use'],
  ...['area', 'term', 'other', 'remark'],
] as [CertificateRowKey, ...CertificateRowKey[]];

/** What stands on the page (domain/certificate/content.ts). */
export const certificateContent = z.strictObject({
  kind: blankForm,
  numberLine: z.strictObject({ province: text(2), year: text(4), place: text(40), sequence: text(12) }),
  date: z.strictObject({ year: text(4), month: text(2), day: text(2) }),
  rows: z.array(z.strictObject({ key: z.enum(ROW_KEYS), label: text(40), value: text(8000) })).max(20),
});

export const printBodies = {
  'print.prepared': z.strictObject({
    caseId: z.uuid(),
    terminal: blankWindow,
    certificate: text(60),
    blank: blankSerial,
    form: blankForm,
    layout: text(60),
    calibration: text(60).nullable(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    bytes: z.int().min(1).max(16_000_000),
    content: certificateContent,
  }),
  'print.sending': nothing,
  'print.held': z.strictObject({ why: text(60) }),
  'print.sent': nothing,
  'print.unknown': z.strictObject({ why: text(60) }),
  'print.confirmed': z.strictObject({ serial: blankSerial }),
  'print.spoiled': z.strictObject({ reason: voidReason, note: z.string().trim().max(200), witness: text(40) }),
  'print.dropped': nothing,
} satisfies { [K in keyof PrintBodies]: z.ZodType<PrintBodies[K]> };

export const printerAnnounced = z.strictObject({ terminal: blankWindow, driver: text(40), present: z.boolean() });
