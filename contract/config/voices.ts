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
  slowSpeed: z.int().min(0).max(5).optional().describe('for the elder; two steps below speed unless named'),
  ...common,
});

/** devices.md §4.3; also SYN6658. */
export const xfs5152Config = z.strictObject({
  driver: z.literal('xfs5152'),
  port,
  baudRate: baudRate.default(9600),
  volume: z.int().min(0).max(10).default(7),
  speed: z.int().min(0).max(10).default(4),
  slowSpeed: z.int().min(0).max(10).optional().describe('for the elder; two steps below speed unless named'),
  speaker: z
    .union([z.literal(3), z.int().min(51).max(55)])
    .default(3)
    .describe('voice of the module'),
  ...common,
});

/** What is played by a program of this machine. */
const played = {
  port: z
    .string()
    .max(200)
    .regex(/^audio:/, 'expected audio: or audio:NAME')
    .default('audio:')
    .describe('audio: the usual sound output; audio:NAME the one of that name (for aplay: hw:1,0)'),
  player: z
    .array(z.string().min(1).max(200))
    .min(1)
    .max(16)
    .optional()
    .describe('program and arguments that play a WAV file, {file} for its name; left out: found on this machine'),
  volume: z.int().min(0).max(100).default(100).describe('per cent of the recording; spd-say has its own setting'),
  chime: z.boolean().default(true).describe('two tones before everything that is said'),
  ...common,
};

/** Recorded pieces, joined; `pack` is a folder made by tools/voice or recorded by the hall. */
export const recordedVoiceConfig = z.strictObject({
  driver: z.literal('recorded'),
  pack: z.string().min(1).max(500).optional().describe('folder of a voice pack; left out: the one of the program'),
  ...played,
});

/** The Chinese voice of the operating system. */
export const systemVoiceConfig = z.strictObject({
  driver: z.literal('system'),
  engine: z.enum(['espeak-ng', 'spd-say', 'sapi']).optional().describe('left out: found on this machine'),
  ...played,
});

/** What hangs at one zone of the hall, in the order of preference. */
export const voiceConfig = z.discriminatedUnion('driver', [
  syn6288Config,
  xfs5152Config,
  recordedVoiceConfig,
  systemVoiceConfig,
]);

export type Syn6288Config = z.infer<typeof syn6288Config>;
export type Xfs5152Config = z.infer<typeof xfs5152Config>;
export type RecordedVoiceConfig = z.infer<typeof recordedVoiceConfig>;
export type SystemVoiceConfig = z.infer<typeof systemVoiceConfig>;
export type VoiceConfig = z.infer<typeof voiceConfig>;
