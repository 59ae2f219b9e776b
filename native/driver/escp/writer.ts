/** ESC/P bytes, one method a command (devices.md §3.2, §3.3). Numbers are checked: a wrong one would print elsewhere. */
export class EscpWriter {
  readonly #bytes: number[] = [];

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  /** ESC @ */
  initialise(): this {
    return this.#put(0x1b, 0x40);
  }

  /** ESC U: one direction, so that vertical strokes meet. */
  unidirectional(): this {
    return this.#put(0x1b, 0x55, 1);
  }

  /** ESC x: 1 letter quality, 0 draft. */
  quality(n: 0 | 1): this {
    return this.#put(0x1b, 0x78, n);
  }

  /** FS x: high speed, whose two values differ by model. */
  highSpeed(n: 0 | 1): this {
    return this.#put(0x1c, 0x78, n);
  }

  /** ESC ( U: the unit is `m`/3600 inch. */
  unit(m: number): this {
    return this.#put(0x1b, 0x28, 0x55, 1, 0, byte(m));
  }

  /** ESC ( C, in units. */
  pageLength(units: number): this {
    return this.#put(0x1b, 0x28, 0x43, 2, 0, ...word(units));
  }

  /** ESC ( c: top and bottom margin, both from the top edge, in units. */
  margins(top: number, bottom: number): this {
    return this.#put(0x1b, 0x28, 0x63, 4, 0, ...word(top), ...word(bottom));
  }

  /** ESC 3: line spacing in 1/180 inch. */
  lineSpacing(n: number): this {
    return this.#put(0x1b, 0x33, byte(n));
  }

  /** ESC C: page length in lines of the spacing at hand. */
  pageLines(n: number): this {
    if (n < 1 || n > 127) throw new RangeError('page length in lines');
    return this.#put(0x1b, 0x43, byte(n));
  }

  /** ESC l 0: no left margin. */
  noLeftMargin(): this {
    return this.#put(0x1b, 0x6c, 0);
  }

  /** FS S: blanks around a full-width character, 1/180 inch. */
  fullWidthSpace(left: number, right: number): this {
    return this.#put(0x1c, 0x53, byte(left), byte(right));
  }

  /** ESC ( V: absolute, in units. Upward moves are ignored by the printer and so never made here. */
  down(units: number): this {
    return this.#put(0x1b, 0x28, 0x56, 2, 0, ...word(units));
  }

  /** ESC J: down by n/180 inch, as often as needed. */
  feed(steps: number): this {
    if (!Number.isInteger(steps) || steps < 0) throw new RangeError('feed');
    for (let left = steps; left > 0; left -= 255) this.#put(0x1b, 0x4a, Math.min(left, 255));
    return this;
  }

  /** ESC $: absolute, in units. */
  right(units: number): this {
    return this.#put(0x1b, 0x24, ...word(units));
  }

  /** ESC \: right by n/180 inch. */
  rightBy(steps: number): this {
    return this.#put(0x1b, 0x5c, ...word(steps));
  }

  /** FS & … FS .: two-byte codes and ASCII. */
  chinese(codes: Uint8Array): this {
    return this.#put(0x1c, 0x26, ...codes, 0x1c, 0x2e);
  }

  /** FS 2: a character of 24 × 24 dots, three bytes a column. */
  defineCharacter(code: readonly [number, number], columns: Uint8Array): this {
    if (columns.length !== 72) throw new RangeError('a character is 24 columns of 3 bytes');
    return this.#put(0x1c, 0x32, ...code, ...columns);
  }

  /** ESC *: 24 needles; mode 39 is 180 and 40 is 360 dots an inch across. */
  image(mode: 39 | 40, columns: Uint8Array): this {
    if (columns.length === 0 || columns.length % 3 !== 0) throw new RangeError('three bytes a column');
    return this.#put(0x1b, 0x2a, mode, ...word(columns.length / 3), ...columns);
  }

  carriageReturn(): this {
    return this.#put(0x0d);
  }

  /** FF: prints what is left and ejects. */
  eject(): this {
    return this.#put(0x0c);
  }

  /** CAN and ESC EM R: forgets the line and ejects without printing it. */
  abandon(): this {
    return this.#put(0x18, 0x1b, 0x19, 0x52);
  }

  #put(...bytes: number[]): this {
    for (const each of bytes) this.#bytes.push(each);
    return this;
  }
}

function byte(value: number): number {
  if (!Number.isInteger(value) || value < 0 || value > 255) throw new RangeError('not a byte');
  return value;
}

function word(value: number): [number, number] {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff) throw new RangeError('not a word');
  return [value & 0xff, value >> 8];
}
