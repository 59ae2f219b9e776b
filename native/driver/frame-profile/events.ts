import type { FrameProfile } from '../../../contract/config/frameProfile.ts';
import type { DeviceEventPayload } from '../../../contract/deviceProtocol.ts';
import type { Transport } from '../../transport/types.ts';
import type { Keypad, RatingBox } from '../keypad.ts';
import { SlidingFinder } from '../line/slidingFinder.ts';
import { type DriverEnvironment, type HealthReport, MUTE } from '../types.ts';
import { type FrameValues, ruleOf } from './codec.ts';

export interface FrameEventOptions {
  profile: FrameProfile;
}

/** Identical frames within this are one press (devices.md §4.5). */
const DEBOUNCE_MS = 300;
const INTER_BYTE_MS = 200;
/** Of presses nobody fetched. */
const MAX_WAITING = 32;

/** A device that speaks when it is pressed and cannot be asked. */
abstract class FrameEvents {
  readonly #finder: SlidingFinder<FrameValues>;
  readonly #environment: DriverEnvironment;
  #waiting: FrameValues[] = [];
  #last: { content: string; at: number } | null = null;
  #lastByteAt = Number.NEGATIVE_INFINITY;

  constructor(transport: Transport, { profile }: FrameEventOptions, environment: DriverEnvironment) {
    this.#finder = new SlidingFinder(ruleOf(profile.frame));
    this.#environment = environment;
    transport.onData((bytes) => {
      this.#expire();
      this.#lastByteAt = environment.now();
      this.#keep(this.#finder.push(bytes));
    });
  }

  async initialise(): Promise<void> {}

  async heartbeat(): Promise<HealthReport> {
    return MUTE;
  }

  dispose(): void {
    this.#waiting = [];
  }

  protected next(): FrameValues | null {
    this.#expire();
    return this.#waiting.shift() ?? null;
  }

  #expire(): void {
    const silentMs = this.#environment.now() - this.#lastByteAt;
    if (this.#finder.held > 0 && silentMs > INTER_BYTE_MS) this.#keep(this.#finder.expire());
  }

  #keep(frames: FrameValues[]): void {
    const at = this.#environment.now();
    for (const frame of frames) {
      const content = JSON.stringify(frame);
      const again = this.#last?.content === content && at - this.#last.at < DEBOUNCE_MS;
      this.#last = { content, at };
      if (!again && this.#waiting.length < MAX_WAITING) this.#waiting.push(frame);
    }
  }
}

/** Keys by a described frame: its field `key`, and `number` when it has one. */
export class FrameKeypadDriver extends FrameEvents implements Keypad {
  static readonly driverName = 'frame-profile';

  static create(transport: Transport, options: FrameEventOptions, environment: DriverEnvironment): FrameKeypadDriver {
    return new FrameKeypadDriver(transport, options, environment);
  }

  async poll(): Promise<DeviceEventPayload<'keypad.key'> | null> {
    for (let frame = this.next(); frame !== null; frame = this.next()) {
      const { key = null, number = null } = frame;
      if (key === null || key === '') continue;
      return { key: String(key), presses: 1, number: typeof number === 'number' ? number : null };
    }
    return null;
  }
}

const LEVELS = [1, 2, 3, 4, 5];

/** A 好差评 box by a described frame: its field `level`, 5 非常满意 to 1 非常不满意; anything else is no rating. */
export class FrameRatingDriver extends FrameEvents implements RatingBox {
  static readonly driverName = 'frame-profile';

  static create(transport: Transport, options: FrameEventOptions, environment: DriverEnvironment): FrameRatingDriver {
    return new FrameRatingDriver(transport, options, environment);
  }

  async poll(): Promise<DeviceEventPayload<'rating.given'> | null> {
    for (let frame = this.next(); frame !== null; frame = this.next()) {
      const level = Number(frame.level ?? 0);
      if (LEVELS.includes(level)) return { level, presses: 1 };
    }
    return null;
  }
}
