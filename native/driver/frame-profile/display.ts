import type { FrameDisplayConfig } from '../../../contract/config/displays.ts';
import { YichuangError } from '../../../contract/errors.ts';
import type { DisplayWords } from '../../../domain/announcement/display.ts';
import type { Seat } from '../../bus/types.ts';
import type { Transport } from '../../transport/types.ts';
import type { Display } from '../display.ts';
import { RequestLine } from '../line/requestLine.ts';
import { SlidingFinder } from '../line/slidingFinder.ts';
import { type DriverEnvironment, type HealthReport, MUTE, ONLINE } from '../types.ts';
import { encodeProfile, type FrameValues, ruleOf } from './codec.ts';

export type FrameDisplayOptions = Pick<FrameDisplayConfig, 'baudRate' | 'address' | 'profile'>;

const INTER_BYTE_MS = 200;
const QUIET_MS = 300;
/** Showing the same once more does no harm, so a lost answer is asked for again. */
const TRIES = 2;
const NOTHING: DisplayWords = { text: '', number: null, attention: false };

/** A display that takes one frame of a described form (devices.md §4.5). */
export class FrameDisplayDriver implements Display {
  static readonly driverName = 'frame-profile';
  static readonly sharesLine = true;
  readonly #line: RequestLine<FrameValues>;
  readonly #options: FrameDisplayOptions;
  readonly #environment: DriverEnvironment;
  #shown = NOTHING;

  static create(
    transport: Transport | Seat,
    options: FrameDisplayOptions,
    environment: DriverEnvironment,
  ): FrameDisplayDriver {
    return new FrameDisplayDriver(transport, options, environment);
  }

  constructor(transport: Transport | Seat, options: FrameDisplayOptions, environment: DriverEnvironment) {
    const { reply, frame } = options.profile;
    this.#options = options;
    this.#environment = environment;
    const finder = new SlidingFinder(ruleOf(reply.kind === 'frame' ? reply.frame : frame));
    this.#line = new RequestLine(transport, environment, finder, { interByteMs: INTER_BYTE_MS, quietMs: QUIET_MS });
  }

  async initialise(): Promise<void> {}

  /**
   * Such displays know no question: they are given again what they show, which also brings back one that lost its power.
   * @throws YichuangError `device-offline`
   */
  async heartbeat(): Promise<HealthReport> {
    await this.#send(this.#shown);
    return this.#options.profile.reply.kind === 'none' ? MUTE : ONLINE;
  }

  /** @throws YichuangError `device-offline` */
  async show(words: DisplayWords): Promise<void> {
    this.#shown = words;
    await this.#send(words);
  }

  dispose(): void {
    this.#line.end();
  }

  async #send({ number, text, attention }: DisplayWords): Promise<void> {
    const { profile, address, baudRate } = this.#options;
    const values = { number, text, attention: attention ? 1 : 0 };
    const request = encodeProfile(profile.frame, values, address);
    const priority = attention ? 'call' : 'display';
    const wireMs = (request.length * 10_000) / baudRate;
    if (profile.reply.kind === 'none') {
      // Receivers without a head byte find the beginning of the next frame by the silence before it.
      await this.#line.tell('show', request, wireMs + profile.gapMs, priority);
      return;
    }
    for (let turn = 1; turn <= TRIES; turn++) {
      const answer = await this.#line.ask('show', request, () => true, profile.reply.timeoutMs + wireMs, priority);
      await this.#environment.delay(profile.gapMs);
      if (answer) return;
    }
    throw new YichuangError('device-offline');
  }
}
