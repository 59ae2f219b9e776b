import type { OnbonDisplayConfig } from '../../../contract/config/displays.ts';
import { YichuangError } from '../../../contract/errors.ts';
import type { DisplayWords } from '../../../domain/announcement/display.ts';
import type { Priority, Seat } from '../../bus/types.ts';
import type { Transport } from '../../transport/types.ts';
import type { Display } from '../display.ts';
import { encodeText } from '../escpos/text.ts';
import { RequestLine } from '../line/requestLine.ts';
import { type DriverEnvironment, type HealthReport, ONLINE } from '../types.ts';
import { type AreaOptions, updateArea, updateNothing } from './dynamicArea.ts';
import { encodeFrame, type OnbonFrame } from './frame.ts';
import { OnbonFramer } from './framer.ts';
import { type CardReply, readReply } from './reply.ts';

export interface OnbonTimings {
  answer: number;
  /** Before a busy card is asked again. */
  busy: number;
  quiet: number;
}

export interface OnbonOptions extends AreaOptions, Pick<OnbonDisplayConfig, 'baudRate' | 'address' | 'deviceType'> {
  /** Only what differs from devices.md §4.2. */
  timings?: Partial<OnbonTimings> | undefined;
}

const TIMINGS: OnbonTimings = { answer: 1000, busy: 200, quiet: 300 };
const BUSY_TRIES = 5;
/** Showing the same once more does no harm, so a lost answer is asked for again. */
const TRIES = 2;
const INTER_BYTE_MS = 200;

/** Text displays with a BX-5K or BX-6K font card (devices.md §4.2). */
export class OnbonDriver implements Display {
  static readonly driverName = 'onbon-bx5k';
  static readonly sharesLine = true;
  readonly #line: RequestLine<OnbonFrame>;
  readonly #options: OnbonOptions;
  readonly #timings: OnbonTimings;
  readonly #environment: DriverEnvironment;

  static create(transport: Transport | Seat, options: OnbonOptions, environment: DriverEnvironment): OnbonDriver {
    return new OnbonDriver(transport, options, environment);
  }

  constructor(transport: Transport | Seat, options: OnbonOptions, environment: DriverEnvironment) {
    this.#options = options;
    this.#timings = { ...TIMINGS, ...options.timings };
    this.#environment = environment;
    this.#line = new RequestLine(transport, environment, new OnbonFramer(), {
      interByteMs: INTER_BYTE_MS,
      quietMs: this.#timings.quiet,
    });
  }

  /** @throws YichuangError `device-offline` */
  async initialise(): Promise<void> {
    await this.heartbeat();
  }

  /** An empty update; a card that refuses it is there as well. @throws YichuangError `device-offline` */
  async heartbeat(): Promise<HealthReport> {
    await this.#ask('nothing', updateNothing(), 'poll');
    return ONLINE;
  }

  /** @throws YichuangError `display-busy`, `display-refused`, `device-offline` */
  async show({ text, attention }: DisplayWords): Promise<void> {
    // Whether a card clears an area for a text of no length is not known; a space clears it for sure.
    const encoded = encodeText(text === '' ? ' ' : text);
    const data = updateArea(Uint8Array.from(encoded.bytes), this.#options);
    for (let turn = 1; ; turn++) {
      const reply = await this.#ask('area', data, attention ? 'call' : 'display');
      if (reply.kind === 'ack') return;
      if (reply.kind === 'refused') {
        this.#environment.log('display.refused', { error: reply.error });
        throw new YichuangError('display-refused', { details: { error: reply.error } });
      }
      if (turn === BUSY_TRIES) throw new YichuangError('display-busy');
      await this.#environment.delay(this.#timings.busy);
    }
  }

  dispose(): void {
    this.#line.end();
  }

  /** @throws YichuangError `device-offline` */
  async #ask(name: string, data: Uint8Array, priority: Priority): Promise<CardReply> {
    const request = encodeFrame(data, this.#options);
    // Beyond the time the bytes take on the line: ten bits each.
    const deadline = this.#timings.answer + (request.length * 10_000) / this.#options.baudRate;
    for (let turn = 1; turn <= TRIES; turn++) {
      const frame = await this.#line.ask(name, request, (each) => readReply(each) !== null, deadline, priority);
      const reply = frame && readReply(frame);
      if (reply) return reply;
    }
    throw new YichuangError('device-offline');
  }
}
