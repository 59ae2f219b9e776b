/** GS k 73: the printer is told the code sets, `{A` `{B` `{C`, and builds the symbol from exactly that. */

type CodeSet = 'A' | 'B' | 'C';

export interface Code128 {
  /** Start and symbol values without the checksum (ISO/IEC 15417 numbering, 0–105). */
  values: number[];
  text: string;
}

const START: Record<CodeSet, number> = { A: 103, B: 104, C: 105 };
const CHANGE: Record<CodeSet, number> = { A: 101, B: 100, C: 99 };
const SHIFT = 98;
const BRACE = 0x7b;

/** Symbols of the data of GS k 73; null when a printer would refuse it and print no bars. */
export function readCode128(data: Uint8Array): Code128 | null {
  let set = codeSet(data[1]);
  if (data[0] !== BRACE || !set || data.length < 3) return null;
  const values = [START[set]];
  let text = '';
  let shifted = false;
  for (let at = 2; at < data.length; at++) {
    const effective: CodeSet = shifted ? (set === 'A' ? 'B' : 'A') : set;
    let byte = data[at] ?? 0;
    if (byte === BRACE) {
      byte = data[++at] ?? -1;
      const next = codeSet(byte);
      if (next) {
        if (next === set || shifted) return null;
        set = next;
        values.push(CHANGE[next]);
        continue;
      }
      if (byte === 0x53 /* S */) {
        if (set === 'C' || shifted) return null;
        shifted = true;
        values.push(SHIFT);
        continue;
      }
      if (byte !== BRACE) {
        const value = functionValue(byte, effective);
        if (value === null || shifted) return null;
        values.push(value);
        continue;
      }
    }
    const value = symbolValue(byte, effective);
    if (value === null) return null;
    values.push(value);
    text += effective === 'C' ? String(byte).padStart(2, '0') : String.fromCharCode(byte);
    shifted = false;
  }
  return shifted || text === '' ? null : { values, text };
}

function codeSet(byte: number | undefined): CodeSet | null {
  if (byte === 0x41) return 'A';
  if (byte === 0x42) return 'B';
  return byte === 0x43 ? 'C' : null;
}

function symbolValue(byte: number, set: CodeSet): number | null {
  if (set === 'C') return byte <= 99 ? byte : null;
  if (set === 'A' && byte < 0x20) return byte + 64;
  const top = set === 'A' ? 0x5f : 0x7f;
  return byte >= 0x20 && byte <= top ? byte - 0x20 : null;
}

/** FNC1–FNC4, written `{1`–`{4`. */
function functionValue(byte: number, set: CodeSet): number | null {
  if (byte === 0x31) return 102;
  if (set === 'C') return null;
  if (byte === 0x32) return 97;
  if (byte === 0x33) return 96;
  if (byte === 0x34) return set === 'A' ? 101 : 100;
  return null;
}
