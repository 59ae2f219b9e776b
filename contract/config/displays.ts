import { z } from 'zod';
import { type FrameProfile, profileCell } from './frameProfile.ts';
import { modbusLedConfig } from './modbus.ts';
import { baudRate, port } from './port.ts';

/** BX-5K and BX-6K font cards (devices.md §4.2). The card's own address, speed and size are set with the vendor's tool. */
export const onbonDisplayConfig = z.strictObject({
  driver: z.literal('onbon-bx5k'),
  port,
  baudRate: baudRate.default(9600),
  address: z.int().min(1).max(0xffff).default(1).describe('screen address (屏号)'),
  deviceType: z.int().min(0).max(0xff).default(0xfe).describe('254: any card'),
  area: z.int().min(0).max(31).default(0).describe('number of the dynamic area'),
  x: z.int().min(0).max(4096).default(0).describe('pixels'),
  y: z.int().min(0).max(4096).default(0).describe('pixels'),
  width: z.int().min(8).max(4096).default(128).describe('pixels'),
  height: z.int().min(8).max(4096).default(32).describe('pixels'),
  xUnit: z
    .union([z.literal(1), z.literal(8)])
    .default(8)
    .describe('pixels in one unit of x and width on this card'),
  lines: z.enum(['single', 'multi']).default('single'),
  effect: z.enum(['static', 'fast', 'left', 'right', 'up', 'down']).default('static'),
  speed: z.int().min(0).max(0x18).default(4).describe('0 fast, 24 slow'),
  stay: z.int().min(0).max(255).default(5).describe('how long a page stays, half seconds'),
});

const DISPLAY_FIELDS = ['number', 'text', 'attention'];

/** A display of a few bytes, by its description (devices.md §4.5). */
export const frameDisplayConfig = z.strictObject({
  driver: z.literal('frame-profile'),
  port,
  baudRate: baudRate.default(9600),
  address: z.int().min(0).max(255).default(1).describe('where the frame has an address'),
  profile: profileCell.superRefine((profile: FrameProfile, context) => {
    for (const [index, field] of profile.frame.fields.entries()) {
      if (DISPLAY_FIELDS.includes(field.name) || field.value !== undefined) continue;
      const message = `expected a value: a display is given ${DISPLAY_FIELDS.join(', ')}`;
      context.addIssue({ code: 'custom', path: ['frame', 'fields', index, 'value'], message });
    }
  }),
});

/** What hangs over one window. */
export const displayConfig = z.discriminatedUnion('driver', [onbonDisplayConfig, modbusLedConfig, frameDisplayConfig]);

export type OnbonDisplayConfig = z.infer<typeof onbonDisplayConfig>;
export type FrameDisplayConfig = z.infer<typeof frameDisplayConfig>;
export type DisplayConfig = z.infer<typeof displayConfig>;
