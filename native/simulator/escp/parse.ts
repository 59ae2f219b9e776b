/** Bytes cut into commands of ESC/P (devices.md §3.2, §3.3) and the subset other drivers use; knows no meaning. */

export interface Command {
  /** `ESC (V`, `FS &`, `FF`, `text`, or `unknown`. */
  name: string;
  /** What follows the name. */
  args: Uint8Array;
  /** All of it. */
  bytes: Uint8Array;
}

const CONTROLS: Readonly<Record<number, string>> = {
  0: 'NUL',
  7: 'BEL',
  8: 'BS',
  9: 'HT',
  10: 'LF',
  11: 'VT',
  12: 'FF',
  13: 'CR',
  14: 'SO',
  15: 'SI',
  17: 'DC1',
  18: 'DC2',
  19: 'DC3',
  20: 'DC4',
  24: 'CAN',
};

type Length = number | ((bytes: Uint8Array, at: number) => number | null);

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
const word = (bytes: Uint8Array, at: number): number => byteAt(bytes, at) + 256 * byteAt(bytes, at + 1);

/** `D 06 00`: a list that ends with a nought. */
const untilNul: Length = (bytes, at) => {
  const end = bytes.indexOf(0, at);
  return end < 0 ? null : end - at + 1;
};

/** `* m nL nH d…`: below 32 a byte a column, from 32 on three. */
const bitImage: Length = (bytes, at) => {
  if (bytes.length < at + 3) return null;
  return 3 + word(bytes, at + 1) * (byteAt(bytes, at) < 32 ? 1 : 3);
};

const oldBitImage: Length = (bytes, at) => (bytes.length < at + 2 ? null : 2 + word(bytes, at));

/** `( x nL nH d…` */
const extended: Length = (bytes, at) => (bytes.length < at + 3 ? null : 3 + word(bytes, at + 1));

/** `C n` lines, or `C 0 n` inches. */
const pageLength: Length = (bytes, at) => (bytes.length < at + 1 ? null : byteAt(bytes, at) === 0 ? 2 : 1);

function lengths(table: Readonly<Record<string, Length>>): Map<number, Length> {
  const map = new Map<number, Length>();
  for (const [names, length] of Object.entries(table)) {
    for (const name of names) map.set(name.charCodeAt(0), length);
  }
  return map;
}

const ESC = lengths({
  '@012569<=>#EFGHMOPTg4789': 0,
  'Uxl3+AQJNk!-rtRpSWwa sif%j\u0019': 1,
  '$\\?': 2,
  C: pageLength,
  'D\u0042': untilNul,
  '*': bitImage,
  KLYZ: oldBitImage,
  '(': extended,
});

const FS = lengths({ '&.UVJK\u000e\u000f\u0012\u0014': 0, 'W!-xrk': 1, ST: 2, '2': 74 });

/** Takes bytes in any pieces; gives the commands that are whole. */
export class CommandParser {
  readonly #extended: boolean;
  #rest = new Uint8Array();

  /** @param extended whether `ESC (` is known; without it an LQ-1600K takes what follows for text */
  constructor(options: { extended: boolean }) {
    this.#extended = options.extended;
  }

  /** True inside a command. */
  get isInside(): boolean {
    return this.#rest.length > 0;
  }

  push(bytes: Uint8Array): Command[] {
    const all = this.#rest.length === 0 ? bytes : Uint8Array.from([...this.#rest, ...bytes]);
    const commands: Command[] = [];
    let at = 0;
    while (at < all.length) {
      const command = this.#read(all, at);
      if (command === null) break;
      commands.push(command);
      at += command.bytes.length;
    }
    this.#rest = all.slice(at);
    return commands;
  }

  /** As a power cycle: a half command is forgotten. */
  clear(): void {
    this.#rest = new Uint8Array();
  }

  #read(bytes: Uint8Array, at: number): Command | null {
    const first = byteAt(bytes, at);
    if (first === 0x1b || first === 0x1c) return this.#readSequence(bytes, at, first);
    const name = CONTROLS[first];
    if (name !== undefined) return { name, args: new Uint8Array(), bytes: bytes.slice(at, at + 1) };
    return { name: 'text', args: bytes.slice(at, at + 1), bytes: bytes.slice(at, at + 1) };
  }

  #readSequence(bytes: Uint8Array, at: number, first: number): Command | null {
    if (at + 1 >= bytes.length) return null;
    const second = byteAt(bytes, at + 1);
    const isUnknownHere = first === 0x1b && second === 0x28 && !this.#extended;
    const rule = isUnknownHere ? undefined : (first === 0x1b ? ESC : FS).get(second);
    if (rule === undefined) return { name: 'unknown', args: new Uint8Array(), bytes: bytes.slice(at, at + 2) };
    const length = typeof rule === 'number' ? rule : rule(bytes, at + 2);
    if (length === null || at + 2 + length > bytes.length) return null;
    const letter = second === 0x19 ? 'EM' : String.fromCharCode(second);
    const prefix = first === 0x1b ? 'ESC' : 'FS';
    const args = bytes.slice(at + 2, at + 2 + length);
    const whole = bytes.slice(at, at + 2 + length);
    if (letter === '(') return { name: `ESC (${String.fromCharCode(args[0] ?? 0)}`, args: args.slice(3), bytes: whole };
    return { name: `${prefix} ${letter}`, args, bytes: whole };
  }
}
