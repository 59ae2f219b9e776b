import type { EnrolRequest } from '../../contract/sync.ts';
import { pauseFor } from '../../link/backOff.ts';
import { LineError } from '../../link/line.ts';
import type { DeviceKey } from '../store/identityTypes.ts';
import { type Author, type UpstreamApi, UpstreamError } from './upstream.ts';

/** For the centre's answer to a command of a terminal, ms. */
const COMMAND_DEADLINE_MS = 12_000;
/** Of a terminal for its command, ms, less what its answer takes to get there. */
const PATIENCE_MS = 18_000;
/** With less left, ms, nobody would hear whether it was done. */
const LEAST_MS = 1_000;
/** A centre that is there again has told what is new within this, ms, or nobody waits for it any longer. */
const CATCH_UP_MS = 4_000;

/** The centre's own answer, or that there is none. `unknown`: nobody can say whether it was done. */
export type Proxied = { kind: 'answer'; status: number; body: unknown } | { kind: 'offline' | 'unknown' };

export interface AskedByTerminalsOptions {
  api: Pick<UpstreamApi, 'line' | 'underWay' | 'reach' | 'registerKey' | 'onBehalf'>;
  /** Milliseconds that only go forward. */
  monotonic: () => number;
  stop: AbortSignal;
  /** The last exchange with the centre succeeded. */
  isConnected: () => boolean;
  /** One exchange with the centre, in its turn. */
  exchange: () => Promise<void>;
  takeDevices: () => Promise<unknown>;
  /** Cuts short the pause of the hub's own loop. */
  wakeUp: () => void;
}

/** What terminals ask of the centre through their hub. Somebody waits for it: a line that passes for dead is tried for him. */
export class AskedByTerminals {
  readonly #options: AskedByTerminalsOptions;
  #reaching: Promise<void> | null = null;

  constructor(options: AskedByTerminalsOptions) {
    this.#options = options;
  }

  /** A terminal joins at the centre; from here on it is known here too. */
  async enrol(request: EnrolRequest): Promise<Proxied> {
    const { api, takeDevices } = this.#options;
    const answer = await proxy(() => api.line.exchange({ method: 'POST', path: '/sync/v1/enrol', body: request }));
    if (answer.kind === 'answer' && answer.status === 200) await takeDevices().catch(() => {});
    return answer;
  }

  /** The first key of a terminal is for the centre to take. @returns null when it cannot be asked now */
  async registerKey(device: string, key: DeviceKey): Promise<boolean | null> {
    const { api, takeDevices } = this.#options;
    if (!this.#isSound && !(await this.#isThereAgain())) return null;
    try {
      const taken = await api.registerKey({ device, ...key });
      if (taken) await takeDevices();
      return taken;
    } catch (error) {
      if (error instanceof LineError || error instanceof UpstreamError) return null;
      throw error;
    }
  }

  /**
   * A command for the centre, from a terminal: what waits here goes first, so that the centre decides on the newest, and
   * what comes of it is here when this resolves.
   */
  async command(author: Author, path: string, body: unknown): Promise<Proxied> {
    const { api, monotonic, exchange, wakeUp } = this.#options;
    const until = monotonic() + PATIENCE_MS;
    if (!(await this.#isThere(until))) return { kind: 'offline' };
    const left = Math.min(COMMAND_DEADLINE_MS, until - monotonic());
    if (left < LEAST_MS) return { kind: 'offline' };
    const answer = await proxy(() => api.onBehalf(author, path, body, left));
    await this.#within(until - monotonic(), exchange()).catch(wakeUp);
    return answer;
  }

  /** The centre is there, has what waited here, and what is new there is here. */
  async #isThere(until: number): Promise<boolean> {
    const { exchange, monotonic, isConnected } = this.#options;
    if (!isConnected()) return this.#isThereAgain();
    try {
      if (this.#isSound && (await this.#goesOn(until - monotonic(), exchange()))) return true;
      await this.#reach();
      return await this.#within(until - monotonic(), exchange());
    } catch {
      return false;
    }
  }

  /** Its queue may be long by now, and goes on being sent without anybody waiting. */
  async #isThereAgain(): Promise<boolean> {
    const { exchange, wakeUp } = this.#options;
    try {
      await this.#reach();
      if (!(await this.#within(CATCH_UP_MS, exchange()))) return false;
    } catch {
      return false;
    }
    // It listens for hints again, and does not sit out its pause.
    wakeUp();
    return true;
  }

  /** As far as is known here. */
  get #isSound(): boolean {
    const { api, isConnected } = this.#options;
    return isConnected() && !api.underWay.isSilent && !api.line.isGivenUp;
  }

  /** Shared by all who ask: the hub's own loop may pause for ten seconds more, or wait on a connection that is dead. */
  #reach(): Promise<void> {
    this.#reaching ??= this.#options.api.reach().finally(() => {
      this.#reaching = null;
    });
    return this.#reaching;
  }

  /** @returns false: it is late, or the line has fallen silent @throws what it throws before that */
  async #goesOn(ms: number, work: Promise<void>): Promise<boolean> {
    const { api, stop } = this.#options;
    const enough = new AbortController();
    const silent = api.underWay.untilSilent(AbortSignal.any([enough.signal, stop])).then(() => false);
    return Promise.race([this.#within(ms, work), silent]).finally(() => enough.abort());
  }

  /** @returns whether it was done in time @throws what it throws in time */
  async #within(ms: number, work: Promise<void>): Promise<boolean> {
    const enough = new AbortController();
    const late = pauseFor(ms, AbortSignal.any([enough.signal, this.#options.stop])).then(() => false);
    return Promise.race([work.then(() => true), late]).finally(() => enough.abort());
  }
}

async function proxy(ask: () => Promise<{ status: number; body: unknown }>): Promise<Proxied> {
  try {
    const { status, body } = await ask();
    return { kind: 'answer', status, body };
  } catch (error) {
    if (!(error instanceof LineError)) throw error;
    return { kind: error.sent ? 'unknown' : 'offline' };
  }
}
