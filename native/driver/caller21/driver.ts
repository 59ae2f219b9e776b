import type { Caller21Config } from '../../../contract/config/keypads.ts';
import type { DeviceEventPayload } from '../../../contract/deviceProtocol.ts';
import { YichuangError } from '../../../contract/errors.ts';
import type { Seat } from '../../bus/types.ts';
import type { Transport } from '../../transport/types.ts';
import type { Keypad } from '../keypad.ts';
import { RequestLine } from '../line/requestLine.ts';
import { SlidingFinder } from '../line/slidingFinder.ts';
import { type DriverEnvironment, type HealthReport, ONLINE } from '../types.ts';
import { type CallerFrame, callerRule, encodeCaller } from './frame.ts';

export type Caller21Options = Pick<Caller21Config, 'baudRate' | 'address' | 'checksum' | 'commands' | 'timeoutMs'>;

type Press = DeviceEventPayload<'keypad.key'>;

const INTER_BYTE_MS = 200;
const QUIET_MS = 300;
/** A key is a character, with an LCD perhaps several. */
const LONGEST_KEY = 16;

/** The 21-key caller with an LCD (devices.md §4.4): it is asked, and tells the key that was pressed. */
export class Caller21Driver implements Keypad {
  static readonly driverName = 'caller21';
  static readonly sharesLine = true;
  readonly #line: RequestLine<CallerFrame>;
  readonly #options: Caller21Options;
  /** Told while it was asked after its health. */
  #kept: Press | null = null;

  static create(transport: Transport | Seat, options: Caller21Options, environment: DriverEnvironment): Caller21Driver {
    return new Caller21Driver(transport, options, environment);
  }

  constructor(transport: Transport | Seat, options: Caller21Options, environment: DriverEnvironment) {
    this.#options = options;
    this.#line = new RequestLine(transport, environment, new SlidingFinder(callerRule(options.checksum)), {
      interByteMs: INTER_BYTE_MS,
      quietMs: QUIET_MS,
    });
  }

  /** What was pressed before the port was opened is over. @throws YichuangError `device-offline` */
  async initialise(): Promise<void> {
    await this.#ask();
  }

  /** @throws YichuangError `device-offline` */
  async heartbeat(): Promise<HealthReport> {
    this.#kept ??= await this.#ask();
    return ONLINE;
  }

  async poll(): Promise<Press | null> {
    const kept = this.#kept;
    this.#kept = null;
    return kept ?? (await this.#ask());
  }

  dispose(): void {
    this.#line.end();
  }

  async #ask(): Promise<Press | null> {
    const { address, commands, checksum, timeoutMs } = this.#options;
    const request = encodeCaller({ address, command: commands.poll, data: new Uint8Array() }, checksum);
    const answer = await this.#line.ask('poll', request, (frame) => frame.address === address, timeoutMs, 'poll');
    if (!answer) throw new YichuangError('device-offline');
    const key = String.fromCharCode(...answer.data.subarray(0, LONGEST_KEY)).trim();
    return answer.command === commands.key && key !== '' ? { key, presses: 1, number: null } : null;
  }
}
