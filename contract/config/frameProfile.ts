import { z } from 'zod';

/**
 * A vendor's frame of a few bytes, described and not programmed (devices.md §4.5). Offsets count from the first byte of
 * the frame; where a frame has no fixed length, a negative one counts from its end.
 */

const LONGEST_FRAME = 255;
const hex = z
  .string()
  .regex(/^([0-9a-fA-F]{2}( ?[0-9a-fA-F]{2}){0,15})?$/, 'expected bytes in hex, such as "3A 0D"')
  .default('');
const offset = z.int().min(0).max(LONGEST_FRAME);
const place = z.int().min(-LONGEST_FRAME).max(LONGEST_FRAME);

const length = z
  .union([
    z.int().min(1).max(LONGEST_FRAME),
    z.strictObject({
      off: offset,
      size: z.union([z.literal(1), z.literal(2)]).default(1),
      endian: z.enum(['big', 'little']).default('big'),
      from: offset.describe('first byte that is counted'),
      to: offset.describe('bytes at the end that are not counted'),
    }),
  ])
  .describe('bytes of every frame, or where each frame says how many');

const field = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-zA-Z0-9]{0,23}$/)
    .describe('what it carries: number, text, attention, key, level; any other has a value'),
  off: offset,
  size: z
    .union([z.int().min(1).max(LONGEST_FRAME), z.literal('rest')])
    .describe('bytes; rest: up to the checksum, in a frame without fixed length'),
  type: z.enum(['u8', 'u16be', 'u16le', 'bcd', 'ascii', 'gbk']),
  value: z.int().min(0).max(0xffff).optional().describe('always this'),
  blank: z.int().min(0).max(0xffff).default(0).describe('a number that shows nothing'),
  map: z
    .record(z.string().min(1).max(16), z.union([z.int().min(0).max(0xffff), z.string().min(1).max(16)]))
    .optional()
    .describe('value → what stands for it; received values that are not listed are ignored'),
});

const checksum = z.strictObject({
  kind: z.enum(['sum8', 'xor8', 'crc16-modbus', 'crc16-arc', 'none']),
  from: offset.default(0).describe('first byte it goes over'),
  to: place.default(-1).describe('first byte after'),
  at: place.default(-1),
});

const SIZES: Readonly<Record<string, number>> = { u8: 1, u16be: 2, u16le: 2 };

const layout = z
  .strictObject({
    head: hex,
    length,
    addr: z.strictObject({ off: offset }).optional(),
    cmd: z.strictObject({ off: offset, value: z.int().min(0).max(255) }).optional(),
    fields: z.array(field).max(16).default([]),
    checksum: checksum.prefault({ kind: 'none' }),
    tail: hex,
  })
  .superRefine((value, context) => {
    const fixed = typeof value.length === 'number' ? value.length : null;
    for (const [index, each] of value.fields.entries()) {
      const size = SIZES[each.type];
      if (size !== undefined && each.size !== size) {
        context.addIssue({
          code: 'custom',
          path: ['fields', index, 'size'],
          message: `expected ${size} for ${each.type}`,
        });
      } else if (each.size === 'rest' && each.type === 'bcd') {
        context.addIssue({ code: 'custom', path: ['fields', index, 'size'], message: 'expected a number for bcd' });
      } else if (each.size === 'rest' ? fixed !== null : fixed !== null && each.off + each.size > fixed) {
        context.addIssue({ code: 'custom', path: ['fields', index, 'size'], message: 'does not fit into the frame' });
      }
    }
    const { kind, at, to } = value.checksum;
    const bytes = kind.startsWith('crc16') ? 2 : 1;
    if (kind !== 'none' && (at < 0 ? at + bytes > 0 : fixed === null || at + bytes > fixed)) {
      context.addIssue({ code: 'custom', path: ['checksum', 'at'], message: 'does not fit into the frame' });
    }
    if (kind !== 'none' && fixed !== null && to > fixed) {
      context.addIssue({ code: 'custom', path: ['checksum', 'to'], message: 'does not fit into the frame' });
    }
  });

const reply = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('frame'), timeoutMs: z.int().min(50).max(5000).default(500), frame: layout }),
]);

export const frameProfile = z.strictObject({
  frame: layout,
  reply: reply.default({ kind: 'none' }),
  gapMs: z.int().min(0).max(1000).default(20).describe('silence between two frames'),
});

export type FrameLayout = z.infer<typeof layout>;
export type FrameField = z.infer<typeof field>;
export type FrameChecksum = FrameLayout['checksum'];
export type FrameProfile = z.infer<typeof frameProfile>;

/** From product pages (devices.md §4.5). What the colours of `sunpn` stand for is ours: red while somebody is called. */
export const SHIPPED_PROFILES = {
  sunpn: {
    frame: {
      head: '3A',
      length: 7,
      fields: [
        { name: 'attention', off: 1, size: 1, type: 'u8', map: { 0: 0, 1: 2 } },
        { name: 'number', off: 2, size: 2, type: 'u16le' },
        { name: 'info', off: 4, size: 1, type: 'u8', value: 1 },
      ],
      checksum: { kind: 'sum8', from: 0, to: 5, at: 5 },
      tail: '0A',
    },
    reply: { kind: 'frame', frame: { head: '3A', length: 4, checksum: { kind: 'sum8', to: 2, at: 2 }, tail: '0A' } },
  },
  quad: {
    frame: {
      length: 4,
      addr: { off: 0 },
      fields: [{ name: 'number', off: 1, size: 2, type: 'u16be' }],
      checksum: { kind: 'sum8', from: 0, to: 3, at: 3 },
    },
  },
} as const satisfies Record<string, z.input<typeof frameProfile>>;

/** In a configuration: the name of a shipped profile, or a profile. */
export const profileCell = z
  .preprocess(
    (value) => (typeof value === 'string' && Object.hasOwn(SHIPPED_PROFILES, value) ? shipped(value) : value),
    frameProfile,
  )
  .describe(`${Object.keys(SHIPPED_PROFILES).join(', ')}, or a profile of your own`);

function shipped(name: string): unknown {
  return SHIPPED_PROFILES[name as keyof typeof SHIPPED_PROFILES];
}
