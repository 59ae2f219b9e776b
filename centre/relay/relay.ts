import type { OpEnvelope } from '../../contract/ops.ts';
import {
  type BecameOfAnswer,
  type BecameOfRequest,
  liveHint,
  type OutcomesAnswer,
  type PushAnswer,
} from '../../contract/sync.ts';
import { CATALOG_SCOPE } from '../../domain/ledger/published.ts';
import { BackOff, pauseFor } from '../../link/backOff.ts';
import { LineError, OvertakenError } from '../../link/line.ts';
import { LiveLine } from '../../link/liveLine.ts';
import { Pauser } from '../../link/pauser.ts';
import type { TrafficGate } from '../../link/trafficGate.ts';
import { reconcileOvertaken } from '../queue/reconcile.ts';
import { AskedByTerminals } from './askedByTerminals.ts';
import { Continuity } from './continuity.ts';
import { Forwarder } from './forwarder.ts';
import { LoneQuestions } from './loneQuestions.ts';
import type { RelayOptions } from './relayOptions.ts';
import { ScopeMirror } from './scopeMirror.ts';
import { Settling } from './settling.ts';
import { UpstreamApi, UpstreamError } from './upstream.ts';
import { yieldLone } from './yieldLone.ts';

/** Without a hint the centre is asked this often, ms: a lost hint costs a pause, a revoked terminal no more than one. */
const IDLE_MS = 5_000;
/** Before the live line is opened again, ms at most, when the centre names no longer span. */
const LIVE_AGAIN_MS = 250;
/** A stranger at the door makes the hub ask for the list of devices, at most this often, ms. */
const STRANGER_PAUSE_MS = 1_000;
/** For which a push waits for the centre's word. */
const ANSWER_WAIT_MS = 1_000;
/** A hub's side of the way to the centre: forwards the hall's log, mirrors the centre's scopes, knows its terminals. */
export class Relay {
  readonly settling: Settling;
  readonly asked: AskedByTerminals;
  readonly #options: RelayOptions;
  readonly #api: UpstreamApi;
  readonly #continuity: Continuity;
  readonly #forwarder: Forwarder;
  readonly #mirror: ScopeMirror;
  readonly #lone: LoneQuestions;
  readonly #liveLine: LiveLine;
  readonly #pauser = new Pauser();
  readonly #stop = new AbortController();
  #isConnected = false;
  #lastContact: number | null = null;
  readonly #backOff = new BackOff();
  #live: Promise<void> | null = null;
  #exchanging: Promise<void> = Promise.resolve();
  #running: Promise<void> = Promise.resolve();
  #strangerAt = 0;
  /** The mirror forwards between its pages. */
  #isSaying = false;

  constructor(options: RelayOptions) {
    const { store, url, connect, logger } = options;
    this.#options = options;
    this.#api = new UpstreamApi(connect(url));
    this.settling = new Settling(store);
    const { now, monotonic, publish, ownKey, onDevices, onMirrored } = options;
    this.#continuity = new Continuity({
      ...{ store, api: this.#api, hall: options.hall, ownKey, now, monotonic, onDevices, logger },
      onSettled: (devices) => this.#tell(devices),
    });
    this.#forwarder = new Forwarder({
      ...{ store, api: this.#api, logger },
      onSettled: (devices) => this.#tell(devices),
      sendAgain: () => this.#continuity.sendAgain(),
      onOvertaken: (ops) => this.#sayHowTheyStand(ops),
      onRefusedForNow: () => this.#continuity.noteRefused(),
    });
    this.#mirror = new ScopeMirror({
      ...{ store, api: this.#api, now, publish, onMirrored, logger },
      onSettled: (devices) => this.#tell(devices),
      forward: () => this.#forwarder.forwardAll(),
    });
    this.#lone = new LoneQuestions({
      ...{ store, api: this.#api, monotonic, logger },
      onRefused: (logPositions) => this.#yieldLone(logPositions),
    });
    this.asked = new AskedByTerminals({
      ...{ api: this.#api, monotonic, stop: this.#stop.signal },
      isConnected: () => this.#isConnected,
      exchange: () => this.exchange(),
      takeDevices: () => this.#continuity.takeDevices(),
      wakeUp: () => this.#pauser.wake(),
    });
    this.#liveLine = new LiveLine({
      line: this.#api.line,
      readHint: (data) => liveHint.safeParse(data).data ?? null,
      known: () => new Map(this.#scopes.map((scope) => [scope, store.cursorOf(scope)])),
      canWait: () => this.#mirror.compares,
    });
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

  /** Of the line to the centre: scanned pages ask here whether they may pass. */
  get gate(): TrafficGate {
    return this.#api.gate;
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
    this.#continuity.forget();
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
    return this.#continuity.takeDevices().then(
      () => true,
      () => false,
    );
  }

  /** @throws LineError, UpstreamError */
  outcomes(device: string, epoch: number, after: number): Promise<OutcomesAnswer['results']> {
    return this.#api.outcomes(device, epoch, after);
  }

  /** @throws LineError, UpstreamError */
  becameOf(ops: BecameOfRequest['ops']): Promise<BecameOfAnswer['results']> {
    return this.#api.becameOf(ops);
  }

  /** Forwards and mirrors, now; one at a time. What was overtaken begins anew, in its own turn. @throws what went wrong */
  exchange(): Promise<void> {
    const next = this.#exchanging
      .catch(() => {})
      .then(() => this.#exchangeAll())
      .catch((error: unknown) => {
        // Its connection was dead and the centre is there: no failure, but a broken line.
        if (!(error instanceof OvertakenError)) throw error;
        this.#continuity.forget();
        return this.#exchangeAll();
      })
      .catch((error: unknown) => {
        this.#isConnected = false;
        this.#continuity.forget();
        throw error;
      });
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
        const retryAfterMs = error instanceof UpstreamError ? (error.retryAfterMs ?? 0) : 0;
        pause = Math.max(this.#backOff.next(this.#continuity.spreadMs), retryAfterMs);
        this.#pauser.forget();
        this.#options.logger.warn({ reason: describe(error) }, 'no exchange with the centre');
      }
      if (!this.#stop.signal.aborted) await this.#pauser.pause(pause);
    }
  }

  async #exchangeAll(): Promise<void> {
    await this.#enrol();
    this.#mirror.compares = await this.#continuity.check();
    await this.#forwarder.forwardAll();
    this.#continuity.noteSent();
    this.#isConnected = true;
    this.#lastContact = this.#options.now();
    for (const scope of this.#scopes) await this.#mirror.mirror(scope, this.#continuity.hall);
    await this.#yieldLone();
    await this.#lone.ask();
    this.#options.onExchanged();
    this.#backOff.reset();
  }

  /** Not before the centre has told what it has: by that this hub may hear that another one decides, and what the other decided. */
  async #sayHowTheyStand(ops: readonly OpEnvelope[]): Promise<void> {
    if (this.#isSaying) return;
    const { store, publish, now } = this.#options;
    this.#isSaying = true;
    try {
      for (const scope of this.#scopes) await this.#mirror.mirror(scope, this.#continuity.hall);
      publish(await reconcileOvertaken(store, this.#continuity.hall, ops, now()));
    } finally {
      this.#isSaying = false;
    }
  }

  async #yieldLone(refused?: readonly number[]): Promise<void> {
    const { store, publish, now } = this.#options;
    publish(await yieldLone(store, this.#continuity.hall, now(), refused));
  }

  async #enrol(): Promise<void> {
    const { store, name, code } = this.#options;
    const known = store.upstream()?.token;
    if (known) {
      this.#api.line.setToken(known);
      return;
    }
    if (code === undefined) throw new Error('not enrolled, and no --relay-code');
    const { publicKey } = this.#options.ownKey;
    const answer = await this.#api.enrol({ code, device: store.self.device, terminal: name, publicKey });
    store.saveToken(answer.token, answer.hall);
    this.#api.line.setToken(answer.token);
    this.#options.logger.info({ hall: answer.hall }, 'enrolled at the centre');
  }

  get #scopes(): string[] {
    return [CATALOG_SCOPE, `hall:${this.#continuity.hall}`];
  }

  /** Whoever waits hears it; whoever does not gets a hint and asks. */
  #tell(devices: readonly string[]): void {
    const scopes = this.settling.note(devices).map((device) => ({ scope: `device:${device}`, head: 0 }));
    if (scopes.length > 0) this.#options.publish(scopes);
  }

  async #listen(): Promise<void> {
    try {
      for await (const _hint of this.#liveLine.hints(this.#stop.signal)) this.#pauser.wake();
    } catch {
      // Whatever ended the stream, the next exchange finds out what is wrong.
    } finally {
      // All hubs lose it in the same moment when the centre starts again.
      await pauseFor(Math.random() * Math.max(LIVE_AGAIN_MS, this.#continuity.spreadMs), this.#stop.signal);
      this.#live = null;
      this.#continuity.forget();
      this.#pauser.wake();
    }
  }
}

/** Name and status: enough to find it, and nothing of what was sent. */
function describe(error: unknown): string {
  if (error instanceof UpstreamError || error instanceof LineError) return error.message;
  return error instanceof Error ? error.name : 'unknown';
}
