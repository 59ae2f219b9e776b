import { z } from 'zod';

/** `manifest.json` of a voice pack; the WAV files lie beside it. */
export const voicePackManifest = z.strictObject({
  format: z.literal('yichuang-voice-pack'),
  version: z.literal(1),
  name: z.string().min(1).max(80),
  voice: z.string().min(1).max(200).describe('whose voice it is, or what made it'),
  licence: z.string().min(1).max(400).describe('under which terms the recordings may be used'),
  sampleRate: z.int().min(8000).max(48_000),
  gapMs: z.int().min(0).max(500).describe('between two pieces'),
  pauseMs: z.int().min(0).max(2000).describe('at a comma'),
  pieces: z
    .record(z.string().min(1).max(20), z.string().regex(/^[a-z0-9-]{1,60}\.wav$/))
    .describe('what is said → file'),
});

export type VoicePackManifest = z.infer<typeof voicePackManifest>;
