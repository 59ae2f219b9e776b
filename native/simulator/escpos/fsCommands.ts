import { atOnce, type Command, readSwitch, unknownFamily, unknownOf } from './context.ts';

/** FS …, by its second byte (devices.md §2.1). */
export const FS_COMMANDS: ReadonlyMap<number, Command> = new Map<number, Command>([
  [
    0x26, // & Chinese mode on
    atOnce((context) => {
      context.modes.chinese = true;
    }),
  ],
  [
    0x2e, // . Chinese mode off
    atOnce((context) => {
      context.modes.chinese = false;
    }),
  ],
  [
    0x21, // ! Hanzi mode: double width, double height, underline
    function* (context) {
      const n = yield* context.reader.byte();
      context.modes.hanzi = { width: n & 0x04 ? 2 : 1, height: n & 0x08 ? 2 : 1 };
      context.modes.hanziUnderline = (n & 0x80) !== 0;
    },
  ],
  [
    0x57, // W Hanzi quadruple
    function* (context) {
      const size = (yield* readSwitch(context)) ? 2 : 1;
      context.modes.hanzi = { width: size, height: size };
    },
  ],
  [
    0x2d, // - Hanzi underline (§3.3)
    function* (context) {
      context.modes.hanziUnderline = ((yield* context.reader.byte()) & 3) !== 0;
    },
  ],
  [
    0x53, // S Hanzi spacing: only none is drawn
    function* (context) {
      const spacing = yield* context.reader.u16();
      if (spacing !== 0) context.emitUnknown();
    },
  ],
  // Outside the subset; their lengths keep the decoder in step.
  [0x28, unknownFamily],
  [0x43, unknownOf(1)],
  [0x3f, unknownOf(2)],
  [0x70, unknownOf(2)],
  [0x32, unknownOf(74)], // 2 define a 24×24 character
]);
