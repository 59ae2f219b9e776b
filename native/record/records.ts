import type { OpenTransport } from '../transport/types.ts';
import type { MaskPolicy } from './mask.ts';
import { PortRecord } from './portRecord.ts';
import { RecordedTransport } from './recordedTransport.ts';

/** One record for each port, kept over its openings. */
export class Records {
  readonly #open: OpenTransport;
  readonly #date: () => Date;
  readonly #records = new Map<string, PortRecord>();

  constructor(open: OpenTransport, date: () => Date) {
    this.#open = open;
    this.#date = date;
  }

  /** Opening as before, and what passes is kept. */
  opener(policy: MaskPolicy): OpenTransport {
    return async (options) => new RecordedTransport(await this.#open(options), this.#recordOf(options.port, policy));
  }

  /** Null for a port that was never opened. */
  of(port: string): PortRecord | null {
    return this.#records.get(port) ?? null;
  }

  /** Ports that no device uses any more. */
  keepOnly(ports: ReadonlySet<string>): void {
    for (const port of this.#records.keys()) if (!ports.has(port)) this.#records.delete(port);
  }

  #recordOf(port: string, policy: MaskPolicy): PortRecord {
    const record = this.#records.get(port) ?? new PortRecord(policy, this.#date);
    this.#records.set(port, record);
    return record;
  }
}
