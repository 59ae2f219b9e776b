import type { EndReason } from '../transport/ending.ts';
import type { Transport } from '../transport/types.ts';
import type { PortRecord } from './portRecord.ts';

/** The same transport; what passes is kept in the record of its port. */
export class RecordedTransport implements Transport {
  readonly #inner: Transport;
  readonly #record: PortRecord;
  readonly lines?: NonNullable<Transport['lines']>;
  #onData: (bytes: Uint8Array) => void = () => {};

  constructor(inner: Transport, record: PortRecord) {
    this.#inner = inner;
    this.#record = record;
    if (inner.lines) this.lines = inner.lines.bind(inner);
    record.opened();
    inner.onData((bytes) => {
      record.bytes('rx', bytes);
      this.#onData(bytes);
    });
    inner.onLineError?.((errors) => {
      record.counters.lineErrors += 1;
      record.note(`line: ${errors.join(', ')}`);
    });
    inner.onClose((reason) => {
      if (reason !== 'closed') record.counters.losses += 1;
      record.note(reason);
    });
  }

  get port(): string {
    return this.#inner.port;
  }

  write(bytes: Uint8Array, patienceMs?: number): Promise<void> {
    this.#record.bytes('tx', bytes);
    return this.#inner.write(bytes, patienceMs);
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#onData = listener;
  }

  onClose(listener: (reason: EndReason) => void): void {
    this.#inner.onClose(listener);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}
