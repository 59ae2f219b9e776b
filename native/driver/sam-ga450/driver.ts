import { ERRORS, YichuangError } from '../../../contract/errors.ts';
import type { Transport } from '../../transport/types.ts';
import type { Driver, DriverEnvironment, HealthReport } from '../types.ts';
import { type Command, defaultTimings, RESET, SAM_ID, type SamTimings, STATUS } from './commands.ts';
import { Exchange, type Reply } from './exchange.ts';
import { parseSamId } from './samId.ts';
import { statusOf } from './status.ts';
import { type CardReading, CardTransaction } from './transaction.ts';

export interface SamReaderOptions {
  baudRate: number;
  /** Only what differs from devices.md §1.8. */
  timings?: Partial<SamTimings> | undefined;
}

/** Reader of second-generation identity cards (SAM_V, SAM_A) on a serial line. */
export class SamReaderDriver implements Driver {
  static readonly driverName = 'sam-ga450';

  readonly #exchange: Exchange;
  readonly #environment: DriverEnvironment;
  readonly #timings: SamTimings;

  static create(transport: Transport, options: SamReaderOptions, environment: DriverEnvironment): SamReaderDriver {
    return new SamReaderDriver(transport, options, environment);
  }

  constructor(transport: Transport, options: SamReaderOptions, environment: DriverEnvironment) {
    this.#timings = { ...defaultTimings(transport.port, options.baudRate), ...options.timings };
    this.#environment = environment;
    this.#exchange = new Exchange(transport, environment, this.#timings);
  }

  /** @throws YichuangError `device-offline` when the reader does not answer */
  async initialise(): Promise<void> {
    const { frame } = await this.#ask(STATUS);
    if (statusOf(frame.sw3).reset) await this.#ask(RESET);
    const id = await this.#ask(SAM_ID);
    const samId = statusOf(id.frame.sw3).class === 'ok' ? parseSamId(id.frame.data) : null;
    this.#environment.log('reader.ready', { sam: samId?.text ?? null, samHex: samId?.hex ?? null });
  }

  /** @throws YichuangError `device-offline` */
  async heartbeat(): Promise<HealthReport> {
    const { frame } = await this.#ask(STATUS);
    const status = statusOf(frame.sw3);
    if (status.class === 'ok') return { health: 'online', reason: null, message: null };
    return {
      health: 'fault',
      reason: 'reader-fault',
      message: `${ERRORS['reader-fault']}（${status.meaning}）`,
    };
  }

  /**
   * Looks for a card once and reads it.
   * @returns null when none is there; a card left lying after a good reading also looks like that on most readers
   * @throws YichuangError `card-moved`, `card-wrong-type`, `card-not-authentic`, `card-read-failed`, `reader-fault`,
   * `device-offline`
   * @throws TransportError when the line ended
   */
  readCard(): Promise<CardReading | null> {
    return new CardTransaction(this.#exchange, this.#environment, this.#timings).run();
  }

  counters(): Readonly<Record<string, number>> {
    return this.#exchange.counters;
  }

  dispose(): void {
    this.#exchange.end();
  }

  async #ask(command: Command): Promise<Reply> {
    const reply = await this.#exchange.ask(command, this.#timings[command.deadline]);
    if (!reply) throw new YichuangError('device-offline');
    return reply;
  }
}
