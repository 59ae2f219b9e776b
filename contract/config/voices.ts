import { z } from 'zod';
import { ONES } from '../../domain/announcement/announcement.ts';
import { baudRate, port } from './port.ts';

/** What every voice of a zone has, whatever speaks. */
const common = {
  repeat: z.int().min(1).max(3).default(2).describe('how often a call is spoken'),
  one: z.enum(ONES).default('一').describe('how the digit 1 of a ticket is read'),
};

/** devices.md §4.3 */
export const syn6288Config = z.strictObject({
  driver: z.literal('syn6288'),
  port,
  baudRate: baudRate.default(9600),
  volume: z.int().min(0).max(16).default(10),
  speed: z.int().min(0).max(5).default(3),
  ...common,
});

/** devices.md §4.3; also SYN6658. */
export const xfs5152Config = z.strictObject({
  driver: z.literal('xfs5152'),
  port,
  baudRate: baudRate.default(9600),
  volume: z.int().min(0).max(10).default(7),
  speed: z.int().min(0).max(10).default(4),
  speaker: z
    .union([z.literal(3), z.int().min(51).max(55)])
    .default(3)
    .describe('voice of the module'),
  ...common,
});

/** What hangs at one zone of the hall. */
export const voiceConfig = z.discriminatedUnion('driver', [syn6288Config, xfs5152Config]);

export type Syn6288Config = z.infer<typeof syn6288Config>;
export type Xfs5152Config = z.infer<typeof xfs5152Config>;
export type VoiceConfig = z.infer<typeof voiceConfig>;
