import {
  atOnce,
  type Command,
  type Context,
  DEFAULT_SPACING,
  readSwitch,
  unknownFamily,
  unknownOf,
} from './context.ts';
import type { Align } from './ops.ts';

const ALIGNS: readonly Align[] = ['left', 'centre', 'right'];

/** ESC …, by its second byte (devices.md §2.1). */
export const ESC_COMMANDS: ReadonlyMap<number, Command> = new Map<number, Command>([
  [
    0x40, // @ initialise; clears the print buffer
    atOnce((context) => {
      context.dropLine('cleared by ESC @');
      context.resetModes();
      context.emit({ kind: 'init' });
    }),
  ],
  [
    0x61, // a align
    function* (context) {
      const n = yield* context.reader.byte();
      const align = ALIGNS[n >= 0x30 ? n - 0x30 : n];
      if (!align) context.emitUnknown();
      else if (align === context.modes.align || context.atLineStart('ESC a')) context.modes.align = align;
    },
  ],
  [
    0x45, // E bold
    function* (context) {
      context.modes.bold = yield* readSwitch(context);
    },
  ],
  [
    0x2d, // - underline 0–2
    function* (context) {
      context.modes.underline = ((yield* context.reader.byte()) & 3) !== 0;
    },
  ],
  [
    0x32, // 2 default line spacing
    atOnce((context) => {
      context.modes.spacing = DEFAULT_SPACING;
    }),
  ],
  [
    0x33, // 3 line spacing
    function* (context) {
      context.modes.spacing = yield* context.reader.byte();
    },
  ],
  [
    0x64, // d feed lines
    function* (context) {
      const lines = yield* context.reader.byte();
      context.feed(lines, lines * context.modes.spacing);
    },
  ],
  [
    0x4a, // J feed motion units
    function* (context) {
      context.feed(0, yield* context.reader.byte());
    },
  ],
  [
    0x24, // $ absolute x
    function* (context) {
      context.addMove('absolute', yield* context.reader.u16());
    },
  ],
  [
    0x5c, // \ relative x, signed
    function* (context) {
      const dots = yield* context.reader.u16();
      context.addMove('relative', dots > 0x7fff ? dots - 0x1_0000 : dots);
    },
  ],
  // Outside the subset; their lengths keep the decoder in step.
  ...[0x21, 0x4d, 0x74, 0x52, 0x7b, 0x47, 0x56, 0x20, 0x3d, 0x65, 0x72, 0x54, 0x75, 0x4b].map(
    (code): [number, Command] => [code, unknownOf(1)],
  ),
  ...[0x63, 0x42].map((code): [number, Command] => [code, unknownOf(2)]),
  [0x28, unknownFamily],
  [0x70, unknownOf(3)],
  [0x57, unknownOf(8)],
  [0x2a, skipBitImage], // * bit image: 3 bytes a column for the 24-dot modes
]);

function* skipBitImage(context: Context): ReturnType<Command> {
  const mode = yield* context.reader.byte();
  const columns = yield* context.reader.u16();
  yield* context.reader.block(columns * (mode >= 32 ? 3 : 1));
  context.emitUnknown();
}
