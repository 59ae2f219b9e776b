import type { FrameFinder } from '../line/requestLine.ts';
import { FRAME_END, FRAME_START, type OnbonFrame, parseBody } from './frame.ts';

/** An answer has some twenty bytes; a frame that grows beyond this has lost its end. */
const CAPACITY = 4096;
/** After a first byte of an escape: second byte → what is meant. */
const UNESCAPE: Readonly<Record<number, Readonly<Record<number, number>>>> = {
  166: { 1: 0xa6, 2: 0xa5 },
  91: { 1: 0x5b, 2: 0x5a },
};

/**
 * Finds frames of font cards. Start and end never occur inside a frame, so every start byte begins anew, and noise costs
 * at most the frame it fell into.
 */
export class OnbonFramer implements FrameFinder<OnbonFrame> {
  readonly #body = new Uint8Array(CAPACITY);
  #length = 0;
  #escape = 0;
  /** Between a start and its end. */
  #inside = false;

  get held(): number {
    return this.#inside ? this.#length : 0;
  }

  push(bytes: Uint8Array): OnbonFrame[] {
    const frames: OnbonFrame[] = [];
    for (const byte of bytes) {
      if (byte === FRAME_START) this.#begin();
      else if (this.#inside && byte === FRAME_END) {
        const frame = this.#escape === 0 ? parseBody(this.#body.subarray(0, this.#length)) : null;
        if (frame) frames.push(frame);
        this.#inside = false;
      } else if (this.#inside) this.#take(byte);
    }
    return frames;
  }

  expire(): OnbonFrame[] {
    this.#inside = false;
    return [];
  }

  reset(): number {
    const dropped = this.held;
    this.#inside = false;
    return dropped;
  }

  #begin(): void {
    this.#inside = true;
    this.#length = 0;
    this.#escape = 0;
  }

  #take(byte: number): void {
    if (this.#escape === 0 && UNESCAPE[byte]) {
      this.#escape = byte;
      return;
    }
    const meant = this.#escape === 0 ? byte : UNESCAPE[this.#escape]?.[byte];
    this.#escape = 0;
    if (meant === undefined || this.#length === CAPACITY) {
      this.#inside = false;
      return;
    }
    this.#body[this.#length++] = meant;
  }
}
