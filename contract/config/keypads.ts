import { z } from 'zod';
import { type FrameProfile, profileCell } from './frameProfile.ts';
import { modbusEvalConfig, modbusKeypadConfig } from './modbus.ts';
import { baudRate, port } from './port.ts';

const byte = z.int().min(0).max(255);

/** The 21-key caller (devices.md §4.4); the numbers of its commands are the vendor's secret. */
export const caller21Config = z.strictObject({
  driver: z.literal('caller21'),
  port,
  baudRate: baudRate.default(9600),
  address: byte.default(1),
  checksum: z.enum(['sum', 'xor']).default('sum'),
  commands: z
    .strictObject({ poll: byte.default(1), key: byte.default(2) })
    .prefault({})
    .describe('numbers of the commands, as the vendor says'),
  pollMs: z.int().min(50).max(2000).default(150),
  timeoutMs: z.int().min(50).max(5000).default(500),
});

/** A device that sends a frame when it is pressed. @param carries the field that says what was pressed */
function pressProfile(carries: 'key' | 'level') {
  return profileCell.superRefine(({ frame }: FrameProfile, context) => {
    if (!frame.fields.some((field) => field.name === carries)) {
      context.addIssue({ code: 'custom', path: ['frame', 'fields'], message: `expected a field ${carries}` });
    }
    if (frame.checksum.kind === 'none') {
      const message = 'expected a checksum: noise must not press keys';
      context.addIssue({ code: 'custom', path: ['frame', 'checksum', 'kind'], message });
    }
  });
}

export const frameKeypadConfig = z.strictObject({
  driver: z.literal('frame-profile'),
  port,
  baudRate: baudRate.default(9600),
  profile: pressProfile('key'),
});

export const frameRatingConfig = z.strictObject({
  driver: z.literal('frame-profile'),
  port,
  baudRate: baudRate.default(9600),
  profile: pressProfile('level'),
});

/** Keys at the window: call the next, call again, and whatever the hall makes of the rest. */
export const keypadConfig = z.discriminatedUnion('driver', [modbusKeypadConfig, caller21Config, frameKeypadConfig]);

/** The 好差评 box in front of the window. */
export const ratingConfig = z.discriminatedUnion('driver', [modbusEvalConfig, frameRatingConfig]);

export type Caller21Config = z.infer<typeof caller21Config>;
export type KeypadConfig = z.infer<typeof keypadConfig>;
export type RatingConfig = z.infer<typeof ratingConfig>;
