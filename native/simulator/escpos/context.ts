import type { Rom } from './charset.ts';
import type { Align, BarcodeOp, MoveOp, Op, QrLevel, RasterOp, TextOp } from './ops.ts';
import { ByteReader, type Reading } from './reader.ts';

/** ESC 2 on the common 8 dots/mm mechanisms: 3.75 mm. */
export const DEFAULT_SPACING = 30;

interface Size {
  width: number;
  height: number;
}

/** All that ESC @ puts back. */
export interface Modes {
  chinese: boolean;
  bold: boolean;
  reverse: boolean;
  underline: boolean;
  hanziUnderline: boolean;
  ascii: Size;
  hanzi: Size;
  align: Align;
  spacing: number;
  barHeight: number;
  barWidth: number;
  hri: BarcodeOp['hri'];
  qrSize: number;
  qrLevel: QrLevel;
  qrData: Uint8Array | null;
  graphics: Omit<RasterOp, 'align' | 'kind'> | null;
}

export interface DecodeOptions {
  /** Default gbk: what a real ticket printer has. */
  rom?: Rom | undefined;
  /** Some printers boot in Chinese mode, some do not (devices.md §2.2). Default: not. */
  chineseAtStart?: boolean | undefined;
}

/** What the commands of a decoder share: the bytes to come, the modes, and the line not yet printed. */
export class Context {
  readonly reader = new ByteReader();
  readonly rom: Rom;
  modes: Modes;
  readonly #chineseAtStart: boolean;
  #line: (TextOp | MoveOp)[] = [];
  #ops: Op[] = [];

  constructor(options: DecodeOptions = {}) {
    this.rom = options.rom ?? 'gbk';
    this.#chineseAtStart = options.chineseAtStart ?? false;
    this.modes = this.#initialModes();
  }

  get lineHasText(): boolean {
    return this.#line.some((item) => item.kind === 'text');
  }

  emit(op: Op): void {
    this.#ops.push(op);
  }

  emitUnknown(): void {
    this.emit({ kind: 'unknown', bytes: this.reader.take() });
  }

  drain(): Op[] {
    const ops = this.#ops;
    this.#ops = [];
    return ops;
  }

  addText(text: string, isHanzi: boolean): void {
    const { modes } = this;
    const size = isHanzi ? modes.hanzi : modes.ascii;
    const run: TextOp = {
      kind: 'text',
      text,
      bold: modes.bold,
      width: size.width,
      height: size.height,
      underline: isHanzi ? modes.hanziUnderline : modes.underline,
      reverse: modes.reverse,
      align: modes.align,
    };
    const last = this.#line.at(-1);
    if (last?.kind === 'text' && sameLook(last, run)) last.text += text;
    else this.#line.push(run);
  }

  addMove(mode: MoveOp['mode'], dots: number): void {
    this.#line.push({ kind: 'move', mode, dots });
  }

  /** Prints the buffered line and moves the paper. */
  feed(lines: number, dots: number): void {
    this.#ops.push(...this.#line, { kind: 'feed', lines, dots });
    this.#line = [];
  }

  /** Text a printer never put on paper. */
  dropLine(reason: string): void {
    if (this.lineHasText) this.emit({ kind: 'ignored', command: 'text', reason });
    this.#line = [];
  }

  /** Many commands count only at the start of a line; elsewhere a printer ignores them. */
  atLineStart(command: string): boolean {
    if (!this.lineHasText) return true;
    this.emit({ kind: 'ignored', command, reason: 'not at the start of a line' });
    return false;
  }

  resetModes(): void {
    this.modes = this.#initialModes();
  }

  #initialModes(): Modes {
    return {
      chinese: this.#chineseAtStart,
      bold: false,
      reverse: false,
      underline: false,
      hanziUnderline: false,
      ascii: { width: 1, height: 1 },
      hanzi: { width: 1, height: 1 },
      align: 'left',
      spacing: DEFAULT_SPACING,
      barHeight: 162,
      barWidth: 3,
      hri: 'none',
      qrSize: 3,
      qrLevel: 'L',
      qrData: null,
      graphics: null,
    };
  }
}

/** Reads the parameters of one command and does it. */
export type Command = (context: Context) => Reading;

/** A command without parameters. */
export function atOnce(act: (context: Context) => void): Command {
  return function* (context) {
    act(context);
    yield* NOTHING;
  };
}

const NOTHING: readonly never[] = [];

/** A command of known length outside the subset: kept in step, reported. */
export function unknownOf(parameters: number): Command {
  return function* (context) {
    yield* context.reader.block(parameters);
    context.emitUnknown();
  };
}

/** ESC ( x, FS ( x: a two-byte length, then the body. */
export const unknownFamily: Command = function* (context) {
  yield* context.reader.byte();
  yield* context.reader.block(yield* context.reader.u16());
  context.emitUnknown();
};

/** A switch: printers look at the lowest bit, so 1 and '1' are both on. */
export function* readSwitch(context: Context): Reading<boolean> {
  return ((yield* context.reader.byte()) & 1) === 1;
}

function sameLook(a: TextOp, b: TextOp): boolean {
  return (
    a.bold === b.bold &&
    a.width === b.width &&
    a.height === b.height &&
    a.underline === b.underline &&
    a.reverse === b.reverse &&
    a.align === b.align
  );
}
