import { YichuangError } from '../../contract/errors.ts';
import type { DriverEnvironment } from '../driver/types.ts';
import { Ending, type EndReason } from '../transport/ending.ts';
import { type Transport, TransportError } from '../transport/types.ts';
import type { Circuit } from './circuit.ts';
import { LineQueue } from './queue.ts';
import type { Priority, Seat } from './types.ts';

export interface LineOptions {
  /** Silence between two frames, milliseconds; a seat may ask for more. */
  gapMs: number;
  /** Silence after an exchange without an answer: longer than the slowest device may take (devices.md §6.3). */
  quietMs: number;
  environment: Pick<DriverEnvironment, 'now' | 'delay' | 'log'>;
  /** All seats have left: the port may be closed. */
  onEmpty: () => Promise<void>;
}

/** A line that never falls silent is waited for this many quiet times. */
const MAX_QUIET_TIMES = 10;

/** One opening of one port, used by all devices on it in turn. Its end is the end of every seat. */
export class Line {
  readonly #transport: Transport;
  readonly #options: LineOptions;
  readonly #queue = new LineQueue();
  readonly #seats = new Set<LineSeat>();
  #listening: LineSeat | null = null;
  #lastByteAt = Number.NEGATIVE_INFINITY;
  #disturbed = false;
  #strayBytes = 0;
  #gapMs: number;
  #ended: EndReason | null = null;

  constructor(transport: Transport, options: LineOptions) {
    this.#transport = transport;
    this.#options = options;
    this.#gapMs = options.gapMs;
    transport.onData((bytes) => this.#receive(bytes));
    transport.onClose((reason) => {
      this.#ended = reason;
      for (const seat of [...this.#seats]) seat.end(reason);
    });
  }

  /** @param gapMs silence this device needs between frames; all on its line keep it */
  sit(device: string, circuit: Circuit, gapMs = 0): Seat {
    const seat = new LineSeat(this, device, circuit);
    this.#gapMs = Math.max(this.#gapMs, gapMs);
    this.#seats.add(seat);
    if (this.#ended) seat.end(this.#ended);
    return seat;
  }

  get port(): string {
    return this.#transport.port;
  }

  async leave(seat: LineSeat): Promise<void> {
    if (!this.#seats.delete(seat)) return;
    this.#queue.drop(seat.device, new TransportError('closed', this.port));
    if (this.#seats.size === 0) await this.#options.onEmpty();
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  async write(bytes: Uint8Array, patienceMs?: number): Promise<void> {
    await this.#transport.write(bytes, patienceMs);
    this.#lastByteAt = this.#options.environment.now();
  }

  exchange<T>(seat: LineSeat, priority: Priority, work: () => Promise<T>): Promise<T> {
    return this.#queue.run(seat.device, priority, async () => {
      // Decided at its turn: others may have been waited for since it was asked.
      if (!seat.circuit.allows) throw new YichuangError('device-offline');
      await this.#becomeQuiet();
      if (seat.ended) throw new TransportError('closed', this.port);
      this.#listening = seat;
      try {
        const value = await work();
        seat.circuit.answered();
        return value;
      } catch (error) {
        this.#judge(seat, error);
        throw error;
      } finally {
        this.#listening = null;
      }
    });
  }

  /** Anything the device said is an answer, also a refusal. An exchange that was broken off may still be answered. */
  #judge(seat: LineSeat, error: unknown): void {
    if (error instanceof TransportError) this.#disturbed = true;
    else if (error instanceof YichuangError && error.code === 'device-offline') {
      this.#disturbed = true;
      seat.circuit.silent();
    } else seat.circuit.answered();
  }

  #receive(bytes: Uint8Array): void {
    this.#lastByteAt = this.#options.environment.now();
    if (this.#listening) this.#listening.receive(bytes);
    else this.#strayBytes += bytes.length;
  }

  /** A late answer must be over before the next request: it would be taken for that one's. */
  async #becomeQuiet(): Promise<void> {
    const { environment, quietMs } = this.#options;
    const startedAt = environment.now();
    const silence = this.#disturbed ? quietMs : this.#gapMs;
    const giveUpAt = startedAt + silence * MAX_QUIET_TIMES;
    for (let at = startedAt; at < giveUpAt; at = environment.now()) {
      const from = this.#disturbed ? Math.max(this.#lastByteAt, startedAt) : this.#lastByteAt;
      const wait = from + silence - at;
      if (wait <= 0) break;
      await environment.delay(wait);
    }
    this.#disturbed = false;
    if (this.#strayBytes > 0) environment.log('rx.stray', { bytes: this.#strayBytes });
    this.#strayBytes = 0;
  }
}

class LineSeat implements Seat {
  readonly device: string;
  readonly circuit: Circuit;
  readonly #line: Line;
  readonly #ending = new Ending();
  #onData: (bytes: Uint8Array) => void = () => {};

  constructor(line: Line, device: string, circuit: Circuit) {
    this.#line = line;
    this.device = device;
    this.circuit = circuit;
  }

  get port(): string {
    return this.#line.port;
  }

  get ended(): boolean {
    return this.#ending.reason !== null;
  }

  exchange<T>(priority: Priority, work: () => Promise<T>): Promise<T> {
    return this.#ending.unlessEnded(this.#line.exchange(this, priority, work), this.port);
  }

  async write(bytes: Uint8Array, patienceMs?: number): Promise<void> {
    if (this.ended) throw new TransportError('closed', this.port);
    await this.#line.write(bytes, patienceMs);
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#onData = listener;
  }

  onClose(listener: (reason: EndReason) => void): void {
    this.#ending.listen(listener);
  }

  receive(bytes: Uint8Array): void {
    this.#onData(bytes);
  }

  end(reason: EndReason): void {
    this.#ending.report(reason);
  }

  async close(): Promise<void> {
    this.#ending.report('closed');
    await this.#line.leave(this);
  }
}
