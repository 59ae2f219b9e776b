/** A step of the decoder: waits for bytes by yielding, so chunk borders cannot matter. */
export type Reading<T = void> = Generator<void, T, number>;

/** A printer drops what does not fit its memory; more than this is consumed and not kept. */
const KEPT = 1 << 20;

/** Hands out bytes one at a time and remembers those of the command being read. */
export class ByteReader {
  #taken: number[] = [];
  #unread: number[] = [];

  *byte(): Reading<number> {
    const byte = this.#unread.pop() ?? (yield);
    if (this.#taken.length < KEPT) this.#taken.push(byte);
    return byte;
  }

  /** Gives back the byte read last: it begins the next command. */
  unread(byte: number): void {
    this.#unread.push(byte);
  }

  *u16(): Reading<number> {
    const low = yield* this.byte();
    return low | ((yield* this.byte()) << 8);
  }

  *u32(): Reading<number> {
    const low = yield* this.u16();
    return low + (yield* this.u16()) * 0x1_0000;
  }

  /** The next `length` bytes; null when there are more than a printer could hold (they are consumed). */
  *block(length: number): Reading<Uint8Array | null> {
    if (length > KEPT) {
      for (let read = 0; read < length; read++) yield* this.byte();
      return null;
    }
    const block = new Uint8Array(length);
    for (let read = 0; read < length; read++) block[read] = yield* this.byte();
    return block;
  }

  /** Bytes of the command so far; the next command starts empty. */
  take(): Uint8Array {
    const bytes = Uint8Array.from(this.#taken);
    this.#taken = [];
    return bytes;
  }

  /** A command was understood: its bytes are not needed. */
  forget(): void {
    if (this.#taken.length > 0) this.#taken = [];
  }
}
