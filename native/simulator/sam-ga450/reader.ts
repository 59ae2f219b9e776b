import type { SimulatedCard } from './card.ts';
import { CARDS } from './persons.ts';

export interface Answer {
  sw3: number;
  data?: Buffer;
}

export const COMMAND_NAMES: Readonly<Record<string, string>> = {
  '10ff': 'reset',
  '11ff': 'status',
  '12ff': 'sam-id',
  '2001': 'find',
  '2002': 'select',
  '3001': 'read',
  '3003': 'address',
};

const SAM_ID = Buffer.from('050001003529330139300000b168de3a', 'hex');
const PHOTO = Buffer.alloc(1024);

/** What a reader knows: the card on it, and how far it has come with it. */
export class SimulatedReader {
  /** A card that was read answers 80 until it is lifted, as most readers do; false: it can be found again. */
  hidesReadCard = true;
  /** How often somebody looked for a card since the last one was lifted. */
  looksSinceLift = 0;
  #card: SimulatedCard | null = null;
  #step: 'laid' | 'found' | 'selected' | 'read' = 'laid';
  #forced: { code: string; sw3: number; times: number }[] = [];

  /** @throws RangeError for a name nobody has */
  lay(name: string): void {
    const card = CARDS[name];
    if (!card) throw new RangeError(`no such card: ${name}; there are ${Object.keys(CARDS).join(', ')}`);
    this.#card = card;
    this.#step = 'laid';
  }

  lift(): void {
    this.#card = null;
    this.looksSinceLift = 0;
  }

  /** The next `times` answers to one command, after those already forced, are this status alone; 0 forgets them. */
  force(command: string, sw3: number, times: number): void {
    const code = Object.entries(COMMAND_NAMES).find(([, name]) => name === command)?.[0];
    if (!code) throw new RangeError(`no such command: ${command}`);
    if (times === 0) this.#forced = this.#forced.filter((entry) => entry.code !== code);
    else this.#forced.push({ code, sw3, times });
  }

  answer(code: string, checksumOk: boolean): Answer {
    if (!checksumOk) return { sw3: 0x10 };
    const forced = this.#forced.find((entry) => entry.code === code && entry.times > 0);
    if (forced) {
      forced.times -= 1;
      return { sw3: forced.sw3 };
    }
    switch (code) {
      case '10ff':
        this.#step = 'laid';
        return { sw3: 0x90 };
      case '11ff':
        return { sw3: 0x90 };
      case '12ff':
        return { sw3: 0x90, data: SAM_ID };
      case '2001':
        return this.#find();
      case '2002':
        return this.#select();
      case '3001':
        return this.#read();
      case '3003':
        return this.#readAddress();
      default:
        return { sw3: 0x21 };
    }
  }

  #find(): Answer {
    if (!this.#card) this.looksSinceLift += 1;
    if (!this.#card || (this.#step === 'read' && this.hidesReadCard)) return { sw3: 0x80 };
    this.#step = 'found';
    return { sw3: 0x9f, data: Buffer.alloc(4) };
  }

  #select(): Answer {
    if (!this.#card || this.#step === 'laid') return { sw3: 0x81 };
    this.#step = 'selected';
    return { sw3: 0x90, data: Buffer.alloc(8) };
  }

  #read(): Answer {
    const card = this.#card;
    if (!card || (this.#step !== 'selected' && this.#step !== 'read')) return { sw3: 0x41 };
    if (card.readStatus !== undefined) return { sw3: card.readStatus };
    this.#step = 'read';
    const lengths = Buffer.from('01000400', 'hex');
    return { sw3: 0x90, data: Buffer.concat([lengths, card.text, PHOTO]) };
  }

  #readAddress(): Answer {
    if (!this.#card) return { sw3: 0x41 };
    if (this.#card.addedAddress === null) return { sw3: 0x91 };
    const data = Buffer.from(this.#card.addedAddress.padEnd(35), 'utf16le');
    return { sw3: 0x90, data };
  }
}
