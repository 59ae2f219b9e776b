import { isStatusByte } from './status.ts';

/** Everything a printer sends without framing, told apart byte by byte (devices.md §2.4, §2.5). */
export type PrinterReply =
  | { kind: 'status'; byte: number }
  /** Automatic status back: four bytes, sent on the printer's own account. */
  | { kind: 'asb'; bytes: readonly number[] }
  | { kind: 'process'; id: string }
  | { kind: 'flow'; go: boolean }
  | { kind: 'noise'; byte: number };

const XON = 0x11;
const XOFF = 0x13;
const PROCESS_LENGTH = 7;
const ASB_LENGTH = 4;

/**
 * Splits the printer's byte stream, whatever the chunks. A started block that goes wrong loses its first byte only; one
 * that pauses longer than `interByteMs` is dropped whole: its digits would read as answers to DLE EOT (`32` is one).
 */
export class ReplyDemultiplexer {
  readonly #interByteMs: number;
  #pending: number[] = [];
  #lastAt = 0;

  constructor(interByteMs: number) {
    this.#interByteMs = interByteMs;
  }

  /** @param now milliseconds of a clock that does not go back */
  push(bytes: Uint8Array, now: number): PrinterReply[] {
    const replies: PrinterReply[] = [];
    if (bytes.length === 0) return replies;
    if (this.#pending.length > 0 && now - this.#lastAt > this.#interByteMs) {
      for (const byte of this.#pending) replies.push({ kind: 'noise', byte });
      this.#pending = [];
    }
    this.#lastAt = now;
    for (const byte of bytes) {
      // Flow control may break into any block: neither block can hold these two values.
      if (byte === XON || byte === XOFF) replies.push({ kind: 'flow', go: byte === XON });
      else this.#take(byte, replies);
    }
    return replies;
  }

  #take(byte: number, replies: PrinterReply[]): void {
    this.#pending.push(byte);
    while (this.#pending.length > 0) {
      const reply = matchHead(this.#pending);
      if (reply === 'incomplete') return;
      replies.push(reply.reply);
      this.#pending = this.#pending.slice(reply.length);
    }
  }
}

function matchHead(bytes: readonly number[]): 'incomplete' | { reply: PrinterReply; length: number } {
  const [head = 0] = bytes;
  const slide = { reply: { kind: 'noise', byte: head }, length: 1 } as const;
  if (head === 0x37) {
    if (!bytes.every(fitsProcess)) return slide;
    if (bytes.length < PROCESS_LENGTH) return 'incomplete';
    return { reply: { kind: 'process', id: String.fromCharCode(...bytes.slice(2, 6)) }, length: PROCESS_LENGTH };
  }
  if ((head & 0x93) === 0x10) {
    // Bits 4 and 7 are 0 in the three bytes that follow.
    if (!bytes.slice(1).every((byte) => (byte & 0x90) === 0)) return slide;
    if (bytes.length < ASB_LENGTH) return 'incomplete';
    return { reply: { kind: 'asb', bytes: [...bytes] }, length: ASB_LENGTH };
  }
  return isStatusByte(head) ? { reply: { kind: 'status', byte: head }, length: 1 } : slide;
}

/** `37 22 d1 d2 d3 d4 00`, d from 20 to 7E. */
function fitsProcess(byte: number, index: number): boolean {
  if (index === 0) return byte === 0x37;
  if (index === 1) return byte === 0x22;
  return index === 6 ? byte === 0x00 : byte >= 0x20 && byte <= 0x7e;
}
