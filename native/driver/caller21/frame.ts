import { sum8, xor8 } from '../line/checksum.ts';
import type { FrameRule } from '../line/slidingFinder.ts';

/** `FF 68 | LEN | LEN | 68 | ADDR | CMD | DATA… | CS | 16`; LEN counts ADDR to DATA, CS goes over the same (devices.md §4.4). */
export interface CallerFrame {
  address: number;
  command: number;
  data: Uint8Array;
}

export type CallerChecksum = 'sum' | 'xor';

const HEAD = [0xff, 0x68] as const;
const SECOND = 0x68;
const TAIL = 0x16;
/** Before ADDR. */
const OPENING_BYTES = 5;
const CLOSING_BYTES = 2;
const LEAST = 2;

const CHECKSUMS = { sum: sum8, xor: xor8 } as const;

/** @param frame.data at most 253 bytes */
export function encodeCaller({ address, command, data }: CallerFrame, checksum: CallerChecksum): Uint8Array {
  const body = Uint8Array.of(address, command, ...data);
  return Uint8Array.of(...HEAD, body.length, body.length, SECOND, ...body, CHECKSUMS[checksum](body), TAIL);
}

/** How frames are found in a stream. */
export function callerRule(checksum: CallerChecksum): FrameRule<CallerFrame> {
  return {
    measure(bytes) {
      const [first, second, length, again, third] = bytes;
      if (first !== HEAD[0] || (second !== undefined && second !== HEAD[1])) return null;
      if (length !== undefined && length < LEAST) return null;
      if (again !== undefined && again !== length) return null;
      if (third === undefined || length === undefined) return 'more';
      return third === SECOND ? OPENING_BYTES + length + CLOSING_BYTES : null;
    },
    parse(frame) {
      const body = frame.subarray(OPENING_BYTES, -CLOSING_BYTES);
      const [address, command] = body;
      if (address === undefined || command === undefined || frame.at(-1) !== TAIL) return null;
      if (frame.at(-2) !== CHECKSUMS[checksum](body)) return null;
      return { address, command, data: body.slice(LEAST) };
    },
  };
}
