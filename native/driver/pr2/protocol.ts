import type { Bitmap } from '../../paper/raster.ts';
import { cutIntoBands } from '../escp/bands.ts';

/**
 * The part of Olivetti PR2 that is used (devices.md §3.5). EXPERIMENTAL: published are the names of the commands; what is
 * marked "assumed" below was never seen on a printer, and is all in this file.
 */

const ESC = 0x1b;

/** ESC 0: general reset; ESC l: the error state is forgotten. */
export const RESET = Uint8Array.of(ESC, 0x30, ESC, 0x6c);
/** ESC SP B: where is the document? */
export const ASK_DOCUMENT = Uint8Array.of(ESC, 0x20, 0x42);
/** ESC O */
const EJECT = [ESC, 0x4f];
/** ESC n: the exchange this emulation accepts; ESC ! G 1: graphics of 24 needles. */
const BEGIN = [ESC, 0x6e, ESC, 0x21, 0x47, 0x31];

/** Assumed: the position is a digit, and 0 is none. */
const NO_DOCUMENT = 0x30;
/** ESC I takes three digits. Assumed: of 1/180 inch. */
const MOST_STEPS = 999;

export interface DocumentAnswer {
  kind: 'document';
  present: boolean;
}

/** Finds `1B 42 id m 1B 5A` among other bytes, in any pieces. */
export class AnswerFinder {
  #bytes: number[] = [];

  push(bytes: Uint8Array): DocumentAnswer[] {
    const answers: DocumentAnswer[] = [];
    for (const byte of bytes) {
      this.#bytes = [...this.#bytes, byte].slice(-6);
      const [first, letter, , position, second, end] = this.#bytes;
      if (first !== ESC || letter !== 0x42 || second !== ESC || end !== 0x5a) continue;
      answers.push({ kind: 'document', present: position !== NO_DOCUMENT });
      this.#bytes = [];
    }
    return answers;
  }
}

/**
 * A page of 180 × 180 dots an inch as a job: from the top of the document, ejected at the end.
 * Assumed: `ESC 1 nnn ESC Z` begins a line of nnn columns of three bytes, `ESC 2` ends it.
 */
export function encodePr2(bitmap: Bitmap): Uint8Array {
  const bytes: number[] = [...BEGIN];
  let row = 0;
  for (const band of cutIntoBands(bitmap)) {
    bytes.push(...feed(band.row - row));
    row = band.row;
    const last = band.runs.at(-1);
    const columns = new Uint8Array(last ? (last.column + last.columns.length / 3) * 3 : 0);
    for (const run of band.runs) columns.set(run.columns, run.column * 3);
    bytes.push(ESC, 0x31, ...digits(columns.length / 3), ESC, 0x5a);
    for (const byte of columns) bytes.push(byte);
    bytes.push(ESC, 0x32, 0x0d);
  }
  return Uint8Array.from([...bytes, ...EJECT]);
}

function feed(steps: number): number[] {
  const bytes: number[] = [];
  for (let left = steps; left > 0; left -= MOST_STEPS) bytes.push(ESC, 0x49, ...digits(Math.min(left, MOST_STEPS)));
  return bytes;
}

function digits(value: number): number[] {
  return [...String(value).padStart(3, '0')].map((digit) => digit.charCodeAt(0));
}
