import { z } from 'zod';
import { SCALE_LIMITS, SHIFT_LIMIT } from '../domain/form/calibration.ts';
import { FORM_FIELD_KEYS, FORM_STEPS } from '../domain/form/types.ts';

/** Print forms and calibrations as they are stored and sent; the meaning is in domain/form. Lengths in 0.1 mm. */

const place = z.int().min(0).max(6000);
const length = z.int().min(1).max(6000);
const label = z.string().min(1).max(40);

const area = { label, x: place, y: place, width: length, height: length };

export const formField = z.strictObject({
  key: z.enum(FORM_FIELD_KEYS),
  ...area,
  font: z.enum(['song', 'hei']),
  size: z.literal(FORM_STEPS),
  align: z.enum(['left', 'center', 'right']),
  vertical: z.enum(['top', 'middle']),
  wrap: z.boolean(),
});

/** What it is and which print of it: `certificate-single.2015`. */
export const formId = z.string().regex(/^[a-z0-9-]{1,40}\.[a-z0-9-]{1,40}$/);

/** By which way a sheet goes through the printer. */
export const paperPath = z.string().regex(/^[a-z0-9-]{1,20}$/);

export const printForm = z.strictObject({
  id: formId,
  name: label,
  kind: z.enum(['certificate', 'proof']),
  width: z.int().min(500).max(4500),
  height: z.int().min(500).max(4500),
  measures: z.enum(['assumed', 'measured']),
  fields: z.array(formField).min(1).max(40),
  keepFree: z.array(z.strictObject(area)).max(10),
  preprinted: z.strictObject({
    rules: z.array(z.strictObject({ x1: place, y1: place, x2: place, y2: place })).max(100),
    words: z
      .array(
        z.strictObject({
          text: label,
          x: place,
          y: place,
          width: length,
          height: length,
          size: z.number().min(6).max(30),
        }),
      )
      .max(100),
  }),
});

export const calibration = z.strictObject({
  id: z.string().min(1).max(60),
  dx: z.number().min(-SHIFT_LIMIT).max(SHIFT_LIMIT),
  dy: z.number().min(-SHIFT_LIMIT).max(SHIFT_LIMIT),
  scaleX: z.number().min(SCALE_LIMITS.least).max(SCALE_LIMITS.most),
  scaleY: z.number().min(SCALE_LIMITS.least).max(SCALE_LIMITS.most),
});
