import type { Logger } from 'pino';
import type { RelayDevice } from '../../contract/relay.ts';
import { type EnrolRequest, type OutcomesAnswer, PROTOCOL_VERSIONS, type PushAnswer } from '../../contract/sync.ts';
import { CATALOG_SCOPE } from '../../domain/ledger/published.ts';
import { type Connect, LineError } from '../../link/line.ts';
import type { Published } from '../ingest.ts';
import { chainHead } from '../ledger/plan.ts';
import type { CentreStore } from '../store/types.ts';
import { Forwarder } from './forwarder.ts';
import { type Behind, NOTHING_BEHIND, takeMirrored } from './mirror.ts';
import { Pauser } from './pauser.ts';
import { Settling } from './settling.ts';
import { UpstreamApi, UpstreamError } from './upstream.ts';

/** Without a hint the centre is asked this often, ms: a lost hint costs a pause, a revoked terminal no more than one. */
const IDLE_MS = 5_000;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 10_000;
const PAGE = 500;
/** A stranger at the door makes the hub ask for the list of devices, at most this often, ms. */
const STRANGER_PAUSE_MS = 1_000;
/** For which a push waits for the centre's word. */
const ANSWER_WAIT_MS = 1_000;
/** Of a command for a terminal, whose own patience is 20 s. */
const COMMAND_DEADLINE_MS = 12_000;

export interface RelayOptions {
  store: CentreStore;
  url: string;
  connect: Connect;
  hall: string;
  /** The name of this hub among the devices of the hall, such as `H01`. */
  name: string;
  /** Spent at the first contact. */
  code?: string | undefined;
  now: () => number;
  publish: (scopes: readonly Published[]) => void;
  /** A standby hands on nothing but what it had taken in itself. */
  isActive: () => boolean;
  /** Ops of the centre's scopes are here. */
  onMirrored: () => void;
  logger: Logger;
}

export type Proxied = { kind: 'answer'; status: number; body: unknown } | { kind: 'offline' | 'unknown' };

/** A hub's side of the way to the centre: forwards the hall's log, mirrors the centre's scopes, knows its terminals. */
export class Relay {
  readonly settling: Settling;
  readonly #options: RelayOptions;
  readonly #api: UpstreamApi;
  readonly #forwarder: Forwarder;
  readonly #pauser = new Pauser();
  readonly #stop = new AbortController();
  #isConnected = false;
  #lastContact: number | null = null;
  #isContinuous = false;
  #failures = 0;
  #live: Promise<void> | null = null;
  #exchanging: Promise<void> = Promise.resolve();
  #running: Promise<void> = Promise.resolve();
  #strangerAt = 0;
  #devicesAt = 0;

  constructor(options: RelayOptions) {
    const { store, url, connect, logger } = options;
    this.#options = options;
    this.#api = new UpstreamApi(connect(url));
    this.settling = new Settling(store);
    this.#forwarder = new Forwarder({ store, api: this.#api, logger, onSettled: (devices) => this.#tell(devices) });
    store.setUpstream(url.replace(/\/+$/, ''), options.hall);
  }

  /** When the centre answered last, ms since 1970; null: not since the start. */
  get lastContact(): number | null {
    return this.#lastContact;
  }

  /** The last exchange with the centre succeeded. */
  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Where the centre is and how this hub is known there; null while there is no line to it. */
  get line(): { url: string; token: string } | null {
    const { url, token } = this.#options.store.upstream() ?? {};
    return this.#isConnected && url !== undefined && token ? { url, token } : null;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#pauser.wake();
    await Promise.allSettled([this.#running, this.#live]);
  }

  /** What a push is answered: while the centre is there it is given a moment to decide, as if the terminal had asked it. */
  async outcomesOf(
    device: string,
    epoch: number,
    ops: readonly { seq: number }[],
    results: PushAnswer['results'],
  ): Promise<PushAnswer['results']> {
    const seqs = ops.map(({ seq }) => seq);
    return this.settling.wait(device, epoch, results, seqs, this.#isConnected ? ANSWER_WAIT_MS : 0);
  }

  /** This hub has become the active one: what the other held is its to forward. */
  takeOver(): void {
    this.#options.store.forwardHeld();
    this.#isContinuous = false;
    this.#pauser.wake();
  }

  /** There is something to forward. While the centre is away this does not shorten the pause. */
  notify(): void {
    if (this.#isConnected) this.#pauser.wake();
  }

  /** Someone whom nobody knows here: perhaps enrolled a moment ago. @returns whether the list is new now */
  async askForDevices(): Promise<boolean> {
    const { now } = this.#options;
    if (!this.#isConnected || now() - this.#strangerAt < STRANGER_PAUSE_MS) return false;
    this.#strangerAt = now();
    return this.#takeDevices().then(
      () => true,
      () => false,
    );
  }

  /** A terminal joins at the centre; from here on it is known here too. */
  async enrol(request: EnrolRequest): Promise<Proxied> {
    const answer = await this.#proxy(() =>
      this.#api.line.exchange({ method: 'POST', path: '/sync/v1/enrol', body: request }),
    );
    if (answer.kind === 'answer' && answer.status === 200) await this.#takeDevices().catch(() => {});
    return answer;
  }

  /**
   * A command for the centre, from a terminal: what waits here goes first, so that the centre decides on the newest, and
   * what comes of it is here when this resolves. `unknown`: nobody can say whether it was done.
   */
  async command(device: string, path: string, body: unknown): Promise<Proxied> {
    // A line that is silent would use up the patience of whoever asks.
    if (!this.#isConnected) return { kind: 'offline' };
    try {
      await this.exchange();
    } catch {
      return { kind: 'offline' };
    }
    const answer = await this.#proxy(() => this.#api.onBehalf(device, path, body, COMMAND_DEADLINE_MS));
    await this.exchange().catch(() => this.#pauser.wake());
    return answer;
  }

  /** @throws LineError, UpstreamError */
  outcomes(device: string, epoch: number, after: number): Promise<OutcomesAnswer['results']> {
    return this.#api.outcomes(device, epoch, after);
  }

  /** Forwards and mirrors, now; one at a time. @throws what went wrong */
  exchange(): Promise<void> {
    const next = this.#exchanging.catch(() => {}).then(() => this.#exchangeNow());
    this.#exchanging = next;
    return next;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      let pause = IDLE_MS;
      try {
        await this.exchange();
        this.#live ??= this.#listen();
      } catch (error) {
        pause = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(this.#failures, 6));
        this.#failures += 1;
        this.#pauser.forget();
        this.#options.logger.warn({ reason: describe(error) }, 'no exchange with the centre');
      }
      if (!this.#stop.signal.aborted) await this.#pauser.pause(pause);
    }
  }

  async #exchangeNow(): Promise<void> {
    try {
      await this.#enrol();
      await this.#checkContinuity();
      await this.#forwarder.forwardAll();
      this.#isConnected = true;
      this.#lastContact = this.#options.now();
      const hall = this.#options.store.upstream()?.hall ?? this.#options.hall;
      for (const scope of [CATALOG_SCOPE, `hall:${hall}`]) await this.#mirror(scope, hall);
      this.#failures = 0;
    } catch (error) {
      this.#isConnected = false;
      this.#isContinuous = false;
      throw error;
    }
  }

  async #enrol(): Promise<void> {
    const { store, name, code } = this.#options;
    const known = store.upstream()?.token;
    if (known) {
      this.#api.line.setToken(known);
      return;
    }
    if (code === undefined) throw new Error('not enrolled, and no --relay-code');
    const answer = await this.#api.enrol({ code, device: store.self.device, terminal: name });
    store.saveToken(answer.token, answer.hall);
    this.#api.line.setToken(answer.token);
    this.#options.logger.info({ hall: answer.hall }, 'enrolled at the centre');
  }

  /**
   * Once after every start and broken line: does the centre have our own chain as we have it? When it has more, or other
   * ops, these data are an old copy, and numbers of ours may be on paper: we go on under a new epoch.
   */
  async #checkContinuity(): Promise<void> {
    if (this.#isContinuous) {
      if (this.#options.now() - this.#devicesAt >= IDLE_MS) await this.#takeDevices();
      return;
    }
    const { store, logger } = this.#options;
    const { device, epoch } = store.self;
    const { seq, hash } = chainHead(store.chains, device, epoch);
    const versions = PROTOCOL_VERSIONS.filter((version) => version >= 2);
    const hello = await this.#api.hello({ versions, device, epoch, seq, hash });
    if (hello.hub === undefined) throw new UpstreamError('/sync/v1/hello', 200);
    store.saveUpstreamDevice(hello.hub);
    const ours = hello.acked === 0 ? hello.head : store.chains.findOp(device, epoch, hello.acked)?.hash;
    const agrees = hello.agrees ?? ours === hello.head;
    if (!agrees || hello.acked > seq || hello.newestEpoch > epoch) {
      store.beginEpoch(Math.max(hello.newestEpoch, epoch));
      logger.error({ epoch: store.self.epoch }, 'these data are an older copy: a new epoch has begun');
    }
    const devices = await this.#takeDevices();
    const again = this.#options.isActive() ? store.forwardAgain(devices) : 0;
    if (again > 0) logger.warn({ ops: again }, 'the centre lacks what it once had');
    this.#isContinuous = true;
  }

  async #takeDevices(): Promise<RelayDevice[]> {
    const { store, now, hall } = this.#options;
    this.#devicesAt = now();
    const devices = await this.#api.devices();
    store.takeDevices(store.upstream()?.hall ?? hall, devices, now());
    return devices;
  }

  async #mirror(scope: string, hall: string): Promise<void> {
    const { store, now, publish, onMirrored, logger } = this.#options;
    // Who reads from the beginning finds things as others have left them: nothing follows from what is long over.
    let behind: Behind | null = store.cursorOf(scope) === 0 ? null : NOTHING_BEHIND;
    for (;;) {
      const after = store.cursorOf(scope);
      const page = await this.#api.pull(scope, after, PAGE);
      if (page.head < after) {
        store.forgetCursor(scope);
        continue;
      }
      if (page.rows.length === 0) return;
      const mirrored = await takeMirrored(store, hall, page, now(), behind);
      const { published, settled, forked } = mirrored;
      ({ behind } = mirrored);
      if (forked > 0) logger.error({ scope, forked }, 'the centre has other ops under numbers known here');
      publish(published);
      this.#tell(settled);
      onMirrored();
      if ((page.rows.at(-1)?.pos ?? 0) >= page.head) return;
      // A long catch-up must not keep what the hall does meanwhile from the centre.
      await this.#forwarder.forwardAll();
    }
  }

  /** Whoever waits hears it; whoever does not gets a hint and asks. */
  #tell(devices: readonly string[]): void {
    const scopes = this.settling.note(devices).map((device) => ({ scope: `device:${device}`, head: 0 }));
    if (scopes.length > 0) this.#options.publish(scopes);
  }

  async #proxy(ask: () => Promise<{ status: number; body: unknown }>): Promise<Proxied> {
    try {
      const { status, body } = await ask();
      return { kind: 'answer', status, body };
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      return { kind: error.sent ? 'unknown' : 'offline' };
    }
  }

  async #listen(): Promise<void> {
    try {
      for await (const _hint of this.#api.live(this.#stop.signal)) this.#pauser.wake();
    } catch {
      // Whatever ended the stream, the next exchange finds out what is wrong.
    } finally {
      this.#live = null;
      this.#isContinuous = false;
      this.#pauser.wake();
    }
  }
}

/** Name and status: enough to find it, and nothing of what was sent. */
function describe(error: unknown): string {
  if (error instanceof UpstreamError || error instanceof LineError) return error.message;
  return error instanceof Error ? error.name : 'unknown';
}
