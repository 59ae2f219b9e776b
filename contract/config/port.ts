import { z } from 'zod';

export const port = z
  .string()
  .min(1)
  .max(200)
  .refine((value) => !value.startsWith('tcp:') || /^tcp:\/\/[^\s/:]+:\d{1,5}$/.test(value), 'expected tcp://host:port')
  .describe('a serial port such as /dev/ttyUSB0 or COM5, or tcp://host:port');

export const baudRate = z.int().min(1200).max(921_600);

/** Whose a device of a kind with several is: a window such as W07, a zone such as floor-2. */
export const owner = z.string().regex(/^[A-Za-z0-9-]{1,40}$/, 'expected letters, digits and hyphens');
