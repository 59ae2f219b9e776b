import type { DeviceOutput } from '../../contract/deviceProtocol.ts';
import { type MaskPolicy, maskOf } from './mask.ts';

type Entry = DeviceOutput<'devices.record'>['entries'][number];

/** As many entries as a person reads, and no more than this of any. */
const MAX_ENTRIES = 400;
const MAX_ENTRY_BYTES = 256;
const HIDDEN = '··';

/** The last of what went over one port, for whoever looks for the fault: hex, milliseconds, nobody's name. */
export class PortRecord {
  readonly #policy: MaskPolicy;
  readonly #date: () => Date;
  readonly #entries: Entry[] = [];
  #masks = { tx: maskOf('plain', 'tx'), rx: maskOf('plain', 'rx') };
  readonly counters = { openings: 0, losses: 0, bytesOut: 0, bytesIn: 0, lineErrors: 0 };

  constructor(policy: MaskPolicy, date: () => Date) {
    this.#policy = policy;
    this.#date = date;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  opened(): void {
    this.#masks = { tx: maskOf(this.#policy, 'tx'), rx: maskOf(this.#policy, 'rx') };
    this.counters.openings += 1;
    this.note('opened');
  }

  bytes(direction: 'tx' | 'rx', bytes: Uint8Array): void {
    this.counters[direction === 'tx' ? 'bytesOut' : 'bytesIn'] += bytes.length;
    const isAllowed = this.#masks[direction].pass(bytes);
    const shown = Array.from(bytes.subarray(0, MAX_ENTRY_BYTES), (byte, at) =>
      isAllowed(at) ? byte.toString(16).toUpperCase().padStart(2, '0') : HIDDEN,
    );
    const more = bytes.length > shown.length ? ` +${bytes.length - shown.length}` : '';
    this.#add(direction, `${shown.join(' ')}${more}`);
  }

  note(text: string): void {
    this.#add('note', text);
  }

  #add(kind: Entry['kind'], text: string): void {
    this.#entries.push({ at: this.#date().toISOString(), kind, text });
    if (this.#entries.length > MAX_ENTRIES) this.#entries.splice(0, this.#entries.length - MAX_ENTRIES);
  }
}
