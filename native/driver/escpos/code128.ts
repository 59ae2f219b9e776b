/** Code 128 for GS k function B (devices.md §2.1): the data names its code sets itself, as `{B`, `{C`. */

const BRACE = 0x7b;
const SET_B = [BRACE, 0x42] as const;
const SET_C = [BRACE, 0x43] as const;

/** In set C a pair of digits is one byte of that value: `1604` would be DLE EOT, which a printer obeys anywhere. */
const REALTIME_LEAD = '16';
const REALTIME_FOLLOWERS: readonly string[] = ['04', '05', '20'];

interface Run {
  set: 'B' | 'C';
  text: string;
}

export interface Code128 {
  /** The `d…` of `1D 6B 49 n d…`. */
  data: number[];
  /** Width of the symbol without quiet zones. */
  modules: number;
}

/**
 * Set C for runs of digits where it is shorter, set B for everything else.
 * @param text ASCII 20–7E
 * @throws RangeError for other characters, nothing, or more than one command can carry
 */
export function encodeCode128(text: string): Code128 {
  if (!/^[\x20-\x7e]+$/.test(text)) throw new RangeError('Code 128 carries printable ASCII only');
  const data: number[] = [];
  let symbols = 0;
  for (const run of splitRuns(text)) {
    data.push(...(run.set === 'C' ? SET_C : SET_B));
    symbols += 1;
    if (run.set === 'C') {
      for (let at = 0; at < run.text.length; at += 2) data.push(Number(run.text.slice(at, at + 2)));
      symbols += run.text.length / 2;
    } else {
      // A brace in the data is doubled, or it would name a code set.
      for (const byte of Buffer.from(run.text, 'latin1')) data.push(...(byte === BRACE ? [BRACE, BRACE] : [byte]));
      symbols += run.text.length;
    }
  }
  if (data.length > 255) throw new RangeError(`Code 128: ${data.length} bytes`);
  // 11 modules each for symbols and check, 13 for the stop; the start is the first run's code set.
  return { data, modules: (symbols + 1) * 11 + 13 };
}

function splitRuns(text: string): Run[] {
  const runs: Run[] = [];
  const add = (set: Run['set'], part: string): void => {
    const last = runs.at(-1);
    if (part === '') return;
    if (last?.set === set) last.text += part;
    else runs.push({ set, text: part });
  };
  for (const match of text.matchAll(/\d+|\D+/g)) {
    const part = match[0];
    const edges = (match.index === 0 ? 1 : 0) + (match.index + part.length === text.length ? 1 : 0);
    // ISO/IEC 15417 annex E: changing the set pays from 6 digits inside, 4 at an end, 2 when there is nothing else.
    const pays = /\d/.test(part) && part.length >= (edges === 2 ? 2 : edges === 1 ? 4 : 6);
    if (!pays) {
      add('B', part);
      continue;
    }
    // Of an odd run the digit next to set B stays there.
    const odd = part.length % 2 === 1;
    if (odd && match.index > 0) add('B', part.slice(0, 1));
    addPairs(odd ? (match.index > 0 ? part.slice(1) : part.slice(0, -1)) : part, add);
    if (odd && match.index === 0) add('B', part.slice(-1));
  }
  return runs;
}

function addPairs(digits: string, add: (set: Run['set'], part: string) => void): void {
  for (let at = 0; at < digits.length; at += 2) {
    const pair = digits.slice(at, at + 2);
    const next = digits.slice(at + 2, at + 4);
    add(pair === REALTIME_LEAD && REALTIME_FOLLOWERS.includes(next) ? 'B' : 'C', pair);
  }
}
