import { YichuangError } from '../../../contract/errors.ts';
import type { Transport } from '../../transport/types.ts';
import { RequestLine } from '../line/requestLine.ts';
import { type DriverEnvironment, type HealthReport, ONLINE } from '../types.ts';
import { SLOWER, type Utterance, type Voice } from '../voice.ts';
import { GBK, REPLY, SPEAK, type SpeechDialect, STATUS, STOP } from './dialect.ts';
import { ReplyFinder } from './replyFinder.ts';
import { splitText } from './split.ts';

export interface SpeechTimings {
  /** Until a frame is accepted. */
  accept: number;
  /** The least that is waited for the end of a part. */
  end: number;
  /** For each character, when that is longer. */
  character: number;
  /** After a module began anew. */
  powerUp: number;
  quiet: number;
}

export interface SpeechOptions {
  baudRate: number;
  /** Only what differs from devices.md §4.3. */
  timings?: Partial<SpeechTimings> | undefined;
}

const TIMINGS: SpeechTimings = { accept: 300, end: 10_000, character: 350, powerUp: 1000, quiet: 300 };
/** Answers are single bytes, so there is no silence inside one. */
const INTER_BYTE_MS = 100;
/** A part is sent again once, when it was rejected, not answered, or lost with the power. */
const TRIES = 2;

/** What SYN6288, SYN6658 and XFS5152 have in common (devices.md §4.3). */
export class SpeechDriver implements Voice {
  readonly #line: RequestLine<number>;
  readonly #dialect: SpeechDialect;
  readonly #environment: DriverEnvironment;
  readonly #timings: SpeechTimings;
  readonly #baudRate: number;

  constructor(
    transport: Transport,
    dialect: SpeechDialect,
    environment: DriverEnvironment,
    { baudRate, timings }: SpeechOptions,
  ) {
    this.#baudRate = baudRate;
    this.#dialect = dialect;
    this.#environment = environment;
    this.#timings = { ...TIMINGS, ...timings };
    this.#line = new RequestLine(transport, environment, new ReplyFinder(), {
      interByteMs: INTER_BYTE_MS,
      quietMs: this.#timings.quiet,
    });
  }

  /** A module that has just got power answers nothing for up to a second. @throws YichuangError `device-offline` */
  async initialise(): Promise<void> {
    if ((await this.#askStatus()) !== null) return;
    await this.#line.next((reply) => reply === REPLY.initialised, this.#timings.powerUp);
    if ((await this.#askStatus()) === null) throw new YichuangError('device-offline');
  }

  /** @throws YichuangError `device-offline` */
  async heartbeat(): Promise<HealthReport> {
    if ((await this.#askStatus()) === null) throw new YichuangError('device-offline');
    return ONLINE;
  }

  async speak(utterance: Utterance, signal: AbortSignal): Promise<void> {
    const { text, slow } = utterance;
    for (const { bytes, characters } of splitText(text, this.#dialect.marks(slow))) {
      if (signal.aborted) return;
      await this.#speakPart({ bytes, characters: slow ? characters * SLOWER : characters }, signal);
    }
  }

  dispose(): void {
    this.#line.end();
  }

  /** @param part.characters as long as that many usually take */
  async #speakPart(part: { bytes: Uint8Array; characters: number }, signal: AbortSignal): Promise<void> {
    const frame = this.#dialect.encode(SPEAK, Uint8Array.of(GBK, ...part.bytes));
    // A module answers when it has the whole frame: ten bits a byte on the line.
    const deadline = this.#timings.accept + (frame.length * 10_000) / this.#baudRate;
    for (let turn = 1; ; turn++) {
      const reply = await this.#line.ask('speak', frame, isVerdict, deadline);
      if (reply === REPLY.accepted) {
        const ended = await this.#untilEnd(part.characters, signal);
        if (ended !== 'lost') return;
      }
      if (signal.aborted) return;
      if (turn < TRIES) continue;
      if (reply === null) throw new YichuangError('device-offline');
      throw new YichuangError(reply === REPLY.rejected ? 'voice-refused' : 'voice-failed');
    }
  }

  /** @returns `lost` when the module began anew and forgot what it was saying */
  async #untilEnd(characters: number, signal: AbortSignal): Promise<'spoken' | 'stopped' | 'lost'> {
    const deadline = Math.max(this.#timings.end, this.#timings.character * characters);
    const reply = await this.#line.next((each) => each === REPLY.idle || each === REPLY.initialised, deadline, signal);
    if (signal.aborted) {
      await this.#line.ask('stop', this.#dialect.encode(STOP), isVerdict, this.#timings.accept);
      return 'stopped';
    }
    if (reply === REPLY.initialised) return 'lost';
    // A lost "idle" must not hold up who comes next: what has taken this long was spoken.
    if (reply === null) this.#environment.log('voice.no-end');
    return 'spoken';
  }

  #askStatus(): Promise<number | null> {
    return this.#line.ask('status', this.#dialect.encode(STATUS), () => true, this.#timings.accept);
  }
}

function isVerdict(reply: number): boolean {
  return reply === REPLY.accepted || reply === REPLY.rejected || reply === REPLY.initialised;
}
