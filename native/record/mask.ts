import type { DeviceKind } from '../../contract/deviceKinds.ts';

/** What of the bytes of a device may be kept: text of a card and of a paper is somebody's name (devices.md §6.3). */
export type MaskPolicy = 'plain' | 'card' | 'paper';

export function policyOf(kind: DeviceKind): MaskPolicy {
  if (kind === 'idReader') return 'card';
  return kind === 'ticketPrinter' || kind === 'certificatePrinter' ? 'paper' : 'plain';
}

/** Hides bytes as they pass; one for each direction of one opening. */
export interface Mask {
  /** @returns whether the byte at an index may be kept; every byte of the direction must pass here once */
  pass(bytes: Uint8Array): (index: number) => boolean;
}

const PREAMBLE = [0xaa, 0xaa, 0xaa, 0x96, 0x69];
const LENGTH_BYTES = 2;
const STATUS_BYTES = 3;
/** A status and its checksum. Anything longer is hidden: a damaged length must not make a name look like something else. */
const STATUS_ALONE = 4;
/** Requests for the state of a printer are as short as this; no line of text is. */
const LONGEST_QUESTION = 4;

export function maskOf(policy: MaskPolicy, direction: 'tx' | 'rx'): Mask {
  if (policy === 'card' && direction === 'rx') return new CardMask();
  if (policy === 'paper' && direction === 'tx') {
    return { pass: (bytes) => () => bytes.length <= LONGEST_QUESTION };
  }
  return { pass: () => () => true };
}

/**
 * Keeps what is certain to be the outside of a frame: preamble, length, status.
 * Everything else is hidden, so that a damaged stream shows too little and never too much.
 */
class CardMask implements Mask {
  #matched = 0;
  /** Bytes of the length still to come, then those of the frame. */
  #lengthLeft = 0;
  #length = 0;
  #bodyLeft = 0;

  pass(bytes: Uint8Array): (index: number) => boolean {
    const allowed = Array.from(bytes, (byte) => this.#step(byte));
    return (index) => allowed[index] ?? false;
  }

  #step(byte: number): boolean {
    if (this.#bodyLeft > 0) {
      const at = this.#length - this.#bodyLeft;
      this.#bodyLeft -= 1;
      return at < STATUS_BYTES || this.#length <= STATUS_ALONE;
    }
    if (this.#lengthLeft > 0) {
      this.#length = ((this.#length << 8) | byte) & 0xffff;
      this.#lengthLeft -= 1;
      if (this.#lengthLeft === 0) this.#bodyLeft = this.#length;
      return true;
    }
    return this.#outside(byte);
  }

  #outside(byte: number): boolean {
    if (byte === PREAMBLE[this.#matched]) {
      this.#matched += 1;
      if (this.#matched === PREAMBLE.length) {
        this.#matched = 0;
        this.#length = 0;
        this.#lengthLeft = LENGTH_BYTES;
      }
      return true;
    }
    // More than three AA in a row still begin a frame.
    const isFiller = byte === PREAMBLE[0];
    this.#matched = isFiller ? Math.min(this.#matched, 3) : 0;
    return isFiller;
  }
}
