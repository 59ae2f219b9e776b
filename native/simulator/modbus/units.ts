import iconv from 'iconv-lite';

/** What stands on a Modbus line: registers with a meaning (devices.md §4.1). */
export interface SimulatedUnit {
  /** Null: there is no such register, exception 02. */
  read(address: number, holding: boolean): number | null;
  /** An exception code, or null when it was taken. */
  write(address: number, value: number): number | null;
  /** Switched off and on. */
  restart(): void;
}

const NO_REGISTER = 2;
const BAD_VALUE = 3;
const BLANK = 0xffff;
const MAX_NUMBER = 9999;
const TEXT_AT = 0x10;

/** Highest value a register of a display takes; the text registers take any. */
const DISPLAY_LIMITS: readonly ((value: number) => boolean)[] = [
  (value) => value <= MAX_NUMBER || value === BLANK,
  (value) => value <= 4,
  (value) => value <= 7,
  (value) => value <= 1,
];
const DISPLAY_AT_START = [BLANK, 0, 7, 0];

export class DisplayUnit implements SimulatedUnit {
  readonly #textRegisters: number;
  #registers: number[] = [];
  #text: number[] = [];

  /** @param width half-width characters of the text window */
  constructor(width = 24) {
    this.#textRegisters = Math.ceil(width / 2);
    this.restart();
  }

  restart(): void {
    this.#registers = [...DISPLAY_AT_START];
    this.#text = Array.from({ length: this.#textRegisters }, () => 0);
  }

  read(address: number, holding: boolean): number | null {
    if (!holding) return null;
    return (address < TEXT_AT ? this.#registers[address] : this.#text[address - TEXT_AT]) ?? null;
  }

  write(address: number, value: number): number | null {
    if (this.read(address, true) === null) return NO_REGISTER;
    if (address >= TEXT_AT) {
      this.#text[address - TEXT_AT] = value;
      return null;
    }
    if (!DISPLAY_LIMITS[address]?.(value)) return BAD_VALUE;
    this.#registers[address] = value;
    return null;
  }

  /** What a person sees. */
  get shown(): { number: number | null; text: string; brightness: number; blinking: boolean } {
    const [number = BLANK, , brightness = 0, blink = 0] = this.#registers;
    const bytes = Buffer.from(this.#text.flatMap((value) => [value >> 8, value & 0xff]));
    const end = bytes.indexOf(0);
    return {
      number: number === BLANK ? null : number,
      text: iconv.decode(bytes.subarray(0, end < 0 ? bytes.length : end), 'gbk'),
      brightness,
      blinking: blink === 1,
    };
  }
}

/** Counts events and remembers the last: a keypad and a 好差评 box are the same to the line. */
class EventUnit implements SimulatedUnit {
  protected readonly registers: number[];
  readonly #atStart: readonly number[];

  constructor(atStart: readonly number[]) {
    this.#atStart = atStart;
    this.registers = [...atStart];
  }

  restart(): void {
    for (const [index, value] of this.#atStart.entries()) this.registers[index] = value;
  }

  read(address: number): number | null {
    return this.registers[address] ?? null;
  }

  write(): number | null {
    return NO_REGISTER;
  }

  protected count(...others: number[]): void {
    this.registers.splice(0, others.length + 1, ((this.registers[0] ?? 0) + 1) % 0x10000, ...others);
  }
}

export class KeypadUnit extends EventUnit {
  constructor() {
    super([0, 0, BLANK]);
  }

  /** @throws RangeError for a key there is not */
  press(key: number, number: number | null = null): void {
    if (!Number.isInteger(key) || key < 1 || key > 20) throw new RangeError(`no such key: ${key}; there are 1 to 20`);
    this.count(key, number ?? BLANK);
  }

  /** As after so many presses; for the wrap at 65,536. */
  setCount(count: number): void {
    this.registers[0] = count;
  }
}

export class RatingUnit extends EventUnit {
  constructor() {
    super([0, 0]);
  }

  /** @throws RangeError for a level there is not */
  rate(level: number): void {
    if (!Number.isInteger(level) || level < 1 || level > 5) throw new RangeError(`no such level: ${level}; 1 to 5`);
    this.count(level);
  }
}
