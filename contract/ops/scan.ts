import { z } from 'zod';
import { MAX_ATTACHMENT_BYTES, type ScanBlob, type ScanBodies } from '../../domain/case/scan.ts';

import { MATERIAL_CODE } from './codes.ts';

/** Schemas of what scanned pages put into ops (domain/case/scan.ts). */

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const materialCode = z.string().regex(MATERIAL_CODE);
export const scanSource = z.enum(['camera', 'file']);
export const removalReason = z.string().min(1).max(200);

const bytes = z.int().min(1).max(MAX_ATTACHMENT_BYTES);
const pixels = z.int().min(1).max(65_535);
const page = z.int().min(1).max(9_999);

export const scanBlob = z.discriminatedUnion('media', [
  z.strictObject({
    media: z.literal('image/jpeg'),
    sha256,
    bytes,
    width: pixels,
    height: pixels,
    dpi: z.int().min(1).max(9_600).optional(),
  }),
  z.strictObject({ media: z.literal('application/pdf'), sha256, bytes, pages: z.int().min(1).max(9_999) }),
]) satisfies z.ZodType<ScanBlob>;

export const scanOpBodies = {
  'scan.attached': z.strictObject({
    caseId: z.uuid(),
    material: materialCode,
    page,
    blob: scanBlob,
    source: scanSource,
  }),
  'scan.moved': z.strictObject({ page }),
  'scan.removed': z.strictObject({ reason: removalReason }),
} satisfies { [K in keyof ScanBodies]: z.ZodType<ScanBodies[K]> };
