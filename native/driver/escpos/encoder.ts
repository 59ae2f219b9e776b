import type { DotImage } from '../../paper/textImage.ts';
import { encodeCode128 } from './code128.ts';
import { encodeText } from './text.ts';

const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;
const LF = 0x0a;

const ALIGNMENTS = { left: 0, centre: 1, right: 2 } as const;
const QR_LEVELS = { L: 0x30, M: 0x31, Q: 0x32, H: 0x33 } as const;
/** `1D 28 6B pL pH 31`: the QR functions of devices.md §2.3. */
const QR_CLASS = 0x31;

const DLE = 0x10;
/** EOT, ENQ, DC4: a printer obeys them after DLE wherever they stand, in a picture too (devices.md §2.4). */
const REAL_TIME: readonly number[] = [0x04, 0x05, 0x14];
/** A dot more in the picture, which makes another byte of each of them. */
const EXTRA_DOT = 0x20;

/**
 * Builds ESC/POS bytes, one method per command of devices.md §2.1. The only way in for foreign text is `text`, which
 * cannot produce a command byte; every number is checked. Calls chain.
 */
export class EscposEncoder {
  readonly #bytes: number[] = [];
  readonly #unprintable: string[] = [];
  #chinese = false;

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  /** `U+20BB7` for each 〓 printed so far, in order and with repeats. */
  get unprintable(): readonly string[] {
    return this.#unprintable;
  }

  /** ESC @; some printers boot in Chinese mode, some do not, so the mode counts as off. */
  initialise(): this {
    this.#chinese = false;
    return this.#put(ESC, 0x40);
  }

  /** Counts only at the start of a line. */
  align(to: keyof typeof ALIGNMENTS): this {
    return this.#put(ESC, 0x61, ALIGNMENTS[to]);
  }

  bold(on: boolean): this {
    return this.#put(ESC, 0x45, on ? 1 : 0);
  }

  /** GS !: for ASCII and Hanzi alike, 1–8 times. */
  size(width: number, height: number): this {
    return this.#put(GS, 0x21, (within(width, 1, 8) - 1) * 16 + within(height, 1, 8) - 1);
  }

  /** FS &: two-byte codes from here on. ASCII still prints as ASCII. */
  chinese(): this {
    this.#chinese = true;
    return this.#put(FS, 0x26);
  }

  /** FS . */
  western(): this {
    this.#chinese = false;
    return this.#put(FS, 0x2e);
  }

  /** FS !: Hanzi only, 1 or 2 times. */
  hanziSize(width: 1 | 2, height: 1 | 2): this {
    return this.#put(FS, 0x21, (width === 2 ? 0x04 : 0) | (height === 2 ? 0x08 : 0));
  }

  /** Enters Chinese mode when the text needs it; leaving it is the caller's, with `western`. */
  text(text: string): this {
    const { bytes, unprintable } = encodeText(text);
    if (!this.#chinese && bytes.some((byte) => byte > 0x7e)) this.chinese();
    for (const byte of bytes) this.#bytes.push(byte);
    this.#unprintable.push(...unprintable);
    return this;
  }

  line(text: string): this {
    return this.text(text).#put(LF);
  }

  feed(lines: number): this {
    return this.#put(ESC, 0x64, within(lines, 0, 255));
  }

  /**
   * Code 128 without text of the printer's own.
   * @param height dots, 1–255 @param moduleWidth dots, 2–6
   */
  barcode(data: string, height: number, moduleWidth: number): this {
    const code = encodeCode128(data);
    this.#put(GS, 0x68, within(height, 1, 255), GS, 0x77, within(moduleWidth, 2, 6), GS, 0x48, 0);
    return this.#put(GS, 0x6b, 0x49, code.data.length, ...code.data);
  }

  /**
   * @param data without control characters, at most 1,000 bytes of UTF-8: a length of 1040 would read `10 04`
   * @param moduleSize dots, 1–16
   */
  qr(data: string, moduleSize: number, level: keyof typeof QR_LEVELS): this {
    const payload = Buffer.from(data, 'utf8');
    if (/\p{Cc}/u.test(data) || payload.length === 0 || payload.length > 1000) throw new RangeError('QR data');
    this.#qr(0x41, 0x32, 0x00);
    this.#qr(0x43, within(moduleSize, 1, 16));
    this.#qr(0x45, QR_LEVELS[level]);
    this.#qr(0x50, 0x30, ...payload);
    return this.#qr(0x51, 0x30);
  }

  /** ESC J: motion units, a dot on most printers. */
  feedDots(dots: number): this {
    return this.#put(ESC, 0x4a, within(dots, 0, 255));
  }

  /** GS v 0: printed at once, at the start of a line. */
  raster(image: DotImage): this {
    const stride = Math.ceil(image.width / 8);
    if (image.rows.length !== stride * image.height) throw new RangeError('raster size');
    this.#put(GS, 0x76, 0x30, 0, stride & 0xff, stride >> 8, image.height & 0xff, image.height >> 8);
    let last = 0;
    for (const byte of image.rows) {
      last = last === DLE && REAL_TIME.includes(byte) ? byte | EXTRA_DOT : byte;
      this.#bytes.push(last);
    }
    return this;
  }

  cut(kind: 'full' | 'partial'): this {
    return this.#put(GS, 0x56, kind === 'full' ? 0 : 1);
  }

  /** GS ( H fn 48: the printer sends the id back once everything before it is on paper (devices.md §2.5). */
  requestProcessId(id: string): this {
    if (!/^[\x20-\x7e]{4}$/.test(id)) throw new RangeError('process id');
    return this.#put(GS, 0x28, 0x48, 6, 0, 0x30, 0x30, ...Buffer.from(id, 'latin1'));
  }

  #qr(fn: number, ...parameters: number[]): this {
    const length = parameters.length + 2;
    return this.#put(GS, 0x28, 0x6b, length & 0xff, length >> 8, QR_CLASS, fn, ...parameters);
  }

  #put(...bytes: number[]): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }
}

function within(value: number, low: number, high: number): number {
  if (!Number.isInteger(value) || value < low || value > high) throw new RangeError(`${value}: ${low}–${high}`);
  return value;
}
