import { type Command, type Context, readSwitch, unknownOf } from './context.ts';
import { barcode, graphicsLong, parenthesised, raster } from './gsSymbols.ts';
import type { BarcodeOp } from './ops.ts';

const HRI: readonly BarcodeOp['hri'][] = ['none', 'above', 'below', 'both'];

/** GS …, by its second byte (devices.md §2.1). */
export const GS_COMMANDS: ReadonlyMap<number, Command> = new Map<number, Command>([
  [
    0x21, // ! size of ASCII and Hanzi
    function* (context) {
      const n = yield* context.reader.byte();
      const size = { width: ((n >> 4) & 7) + 1, height: (n & 7) + 1 };
      context.modes.ascii = size;
      context.modes.hanzi = size;
    },
  ],
  [
    0x42, // B reverse
    function* (context) {
      context.modes.reverse = yield* readSwitch(context);
    },
  ],
  [
    0x68, // h bar code height
    function* (context) {
      context.modes.barHeight = Math.max(1, yield* context.reader.byte());
    },
  ],
  [
    0x77, // w bar code module width
    function* (context) {
      const n = yield* context.reader.byte();
      if (n >= 1 && n <= 6) context.modes.barWidth = n;
      else context.emitUnknown();
    },
  ],
  [
    0x48, // H position of the readable text
    function* (context) {
      const n = yield* context.reader.byte();
      const hri = HRI[n >= 0x30 ? n - 0x30 : n];
      if (hri) context.modes.hri = hri;
      else context.emitUnknown();
    },
  ],
  [
    0x66, // f font of the readable text: one is drawn
    function* (context) {
      yield* context.reader.byte();
    },
  ],
  [0x6b, barcode],
  [0x76, raster],
  [0x28, parenthesised],
  [0x38, graphicsLong],
  [0x56, cut],
  [
    0x72, // r paper status, in order
    function* (context) {
      const n = yield* context.reader.byte();
      context.emit({ kind: 'statusRequest', command: 'GS r', n: n >= 0x30 ? n - 0x30 : n });
    },
  ],
  [
    0x61, // a automatic status back
    function* (context) {
      context.emit({ kind: 'autoStatus', n: yield* context.reader.byte() });
    },
  ],
  // Outside the subset; their lengths keep the decoder in step.
  ...[0x49, 0x62, 0x45, 0x54, 0x2f].map((code): [number, Command] => [code, unknownOf(1)]),
  ...[0x4c, 0x57, 0x50, 0x5c, 0x24].map((code): [number, Command] => [code, unknownOf(2)]),
  [0x5e, unknownOf(3)],
]);

/** GS V. */
function* cut(context: Context): ReturnType<Command> {
  const m = yield* context.reader.byte();
  if (m === 0x41 || m === 0x42) {
    const feed = yield* context.reader.byte();
    if (context.atLineStart('GS V')) context.emit({ kind: 'cut', partial: m === 0x42, feed });
    return;
  }
  const kind = m >= 0x30 ? m - 0x30 : m;
  if (kind > 1) context.emitUnknown();
  else if (context.atLineStart('GS V')) context.emit({ kind: 'cut', partial: kind === 1, feed: 0 });
}
