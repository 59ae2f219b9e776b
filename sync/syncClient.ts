import type { BlanksRequest } from '../contract/blanks.ts';
import type { HubState, TakeOverRequest } from '../contract/hub.ts';
import type { OfficeRequest } from '../contract/office.ts';
import type { OutageRequest } from '../contract/outage.ts';
import type { PaymentAnswer, PaymentRequest, ReconcileAnswer, ReconcileRequest } from '../contract/payment.ts';
import type { QueueAnswer, QueueRequest } from '../contract/queue.ts';
import type { SyncLine } from '../contract/rpc.ts';
import { BackOff, pauseFor } from '../link/backOff.ts';
import { connectHttp } from '../link/httpLine.ts';
import { Pauser } from '../link/pauser.ts';
import type { TrafficGate } from '../link/trafficGate.ts';
import { Acts, isNotActive } from './acts.ts';
import type { CentreApi } from './centreApi.ts';
import { CentreError } from './centreError.ts';
import { Exchange } from './exchange.ts';
import { HallLine } from './hallLine.ts';
import { Hubs } from './hubs.ts';
import type { SyncClientOptions } from './options.ts';
import { Reach } from './reach.ts';

export interface SyncTrouble {
  kind: CentreError['kind'];
  /** Whoever answers said when to come again. */
  isAskedToWait: boolean;
  /** Whoever answers does not speak with a program as old as this one any more. */
  isTooOld: boolean;
  nextTryAt: number;
}

/** With a standby: which hub decides may have changed, and a take-over shall not wait for us. */
const TRY_NEXT_MS = 1_000;
/** Before the live line is opened again, ms at most, when no longer span was named. */
const LIVE_AGAIN_MS = 250;

/**
 * Carries ops to the centre and back, for ever. Connected means that the last exchange succeeded; what the operating
 * system says about the network is not asked (users.md §A 6).
 */
export class SyncClient {
  /** The machines of the hall. */
  readonly hall: HallLine;
  readonly #options: SyncClientOptions;
  readonly #hubs: Hubs;
  readonly #exchange: Exchange;
  readonly #acts: Acts;
  readonly #backOff = new BackOff();
  readonly #pauser = new Pauser();
  readonly #stop = new AbortController();
  #link: SyncLine['link'] = 'offline';
  #trouble: SyncTrouble | null = null;
  #live: Promise<void> | null = null;
  readonly #reach: Reach;
  #heardAt: number | null = null;
  readonly #running: Promise<void>;

  constructor(options: SyncClientOptions) {
    this.#options = options;
    const { store, monotonic = () => performance.now() } = options;
    this.#hubs = new Hubs({
      store,
      urls: [options.url, ...(options.standby ?? [])],
      connect: options.connect ?? connectHttp,
      onHeard: () => {
        this.#heardAt = monotonic();
      },
      onLeft: () => {
        this.#exchange.isContinuous = false;
      },
      known: () => new Map(this.#exchange.scopes.map((scope) => [scope, store.delivery.cursor(scope)])),
    });
    this.hall = new HallLine(this.#hubs);
    this.#exchange = new Exchange({
      ...options,
      monotonic,
      hubs: this.#hubs,
      onEnrolling: () => this.#setLink('enrolling'),
      onSound: () => {
        // Somebody who would not wait has found the line sound again.
        if (this.#link !== 'connected' && this.#pauser.isPausing) this.#pauser.wake();
      },
    });
    this.#acts = new Acts({
      ...{ hubs: this.#hubs, exchange: this.#exchange, monotonic, stop: this.#stop.signal },
      wakeUp: () => this.#wakeUp(),
    });
    this.#reach = new Reach({ hubs: this.#hubs, exchange: this.#exchange, stop: this.#stop.signal });
    this.#running = this.#run();
  }

  /** Where this machine speaks at the moment: the hub that decides, as far as is known, or the centre. */
  get url(): string {
    return this.#hubs.current.url;
  }

  /** Of this machine's line: scanned pages ask here whether they may pass. */
  get gate(): TrafficGate {
    return this.#hubs.gate;
  }

  /** When whoever decides last answered, by the monotonic clock; null: not since the start. */
  get heardAt(): number | null {
    return this.#heardAt;
  }

  get state(): Pick<SyncLine, 'link' | 'lastContact' | 'clockOffsetMs'> {
    const { lastContact, clockOffsetMs } = this.#exchange;
    return { link: this.#link, lastContact, clockOffsetMs };
  }

  /** Why nothing goes at the moment, and when it is tried again; null while all is well. */
  get trouble(): SyncTrouble | null {
    return this.#trouble;
  }

  /**
   * Whether the other side is there, for somebody who waits: as the last exchange found it, or, when that failed or the one
   * under way is silent, as it is now (`reach.ts`).
   */
  isThere(): Promise<boolean> {
    const isInDoubt = this.#link === 'offline' || (this.#link === 'connected' && this.#hubs.current.isSilent);
    return isInDoubt ? this.#reach.ask() : Promise.resolve(this.#link === 'connected');
  }

  /** New ops are committed here. While the centre is away this does not shorten the pause. */
  notify(): void {
    this.#wakeUp();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wakeUp();
    await Promise.allSettled([this.#running, this.#live]);
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      let pause: number;
      const asked = this.#hubs.current;
      try {
        await this.#exchange.run();
        this.#backOff.reset();
        this.#options.onAlarm?.('device-revoked', null);
        this.#options.onAlarm?.('data-copied', null);
        this.#trouble = null;
        this.#setLink('connected');
        this.#live ??= this.#listen();
        pause = this.#exchange.untilNext;
      } catch (error) {
        this.#exchange.noteFailure();
        pause = this.#noteFailure(error, asked);
      }
      if (!this.#stop.signal.aborted) await this.#pauser.pause(pause);
    }
  }

  /** As `Acts.act`. */
  act(request: OfficeRequest): Promise<void> {
    return this.#acts.act(request);
  }

  /** As `Acts.payment`. */
  payment(request: PaymentRequest): Promise<PaymentAnswer> {
    return this.#acts.payment(request);
  }

  /** As `Acts.reconcile`. */
  reconcile(request: ReconcileRequest): Promise<ReconcileAnswer> {
    return this.#acts.reconcile(request);
  }

  /** As `Acts.moveBlanks`. */
  moveBlanks(request: BlanksRequest): Promise<void> {
    return this.#acts.moveBlanks(request);
  }

  /** As `Acts.outage`. */
  outage(request: OutageRequest): Promise<void> {
    return this.#acts.outage(request);
  }

  /** As `Acts.queue`. */
  queue(request: QueueRequest): Promise<QueueAnswer> {
    return this.#acts.queue(request);
  }

  /** Says that this machine is there, and how many of its ops wait. @throws CentreError */
  async presence(unsent: number): Promise<void> {
    if (!this.#exchange.isContinuous) throw new CentreError('offline', 'not yet known to the hub');
    try {
      await this.hall.presence({ unsent });
    } catch (error) {
      if (isNotActive(error)) {
        // The next exchange finds the hub that decides.
        this.#exchange.isContinuous = false;
        this.#wakeUp();
      }
      throw error;
    }
  }

  /** What the hall changed is here when this resolves, unless the hub is away. */
  async refresh(): Promise<void> {
    this.#exchange.hint();
    if (this.#exchange.isContinuous) await this.#exchange.catchUp().catch(() => this.#wakeUp());
  }

  /** @returns whether the hub has everything of this machine now */
  async sendWaiting(): Promise<boolean> {
    await this.#exchange.sendWaiting().catch(() => {});
    return this.#exchange.isContinuous && this.#options.store.delivery.unsentEpochs().length === 0;
  }

  /** How each hub of the hall stands, in the order of the configuration; null: it does not say. */
  async hubStates(): Promise<{ url: string; isCurrent: boolean; state: HubState | null }[]> {
    const isConnected = this.#link === 'connected';
    return (await this.#hubs.states()).map((hub) => ({ ...hub, isCurrent: hub.isCurrent && isConnected }));
  }

  /**
   * Makes a standby the active hub.
   * @throws YichuangError `no-standby` when none is configured, `offline` when none answers, or the hub's refusal
   */
  async takeOver(request: TakeOverRequest): Promise<{ url: string; fence: number }> {
    const taken = await this.#hubs.takeOver(request);
    this.#wakeUp();
    return taken;
  }

  /** Follows hints until the stream ends; the main loop opens the next one after its next good exchange. */
  async #listen(): Promise<void> {
    const { left } = this.#hubs;
    try {
      const signal = AbortSignal.any([this.#stop.signal, left]);
      for await (const { scope, head } of this.#hubs.current.live(signal)) {
        if (scope !== this.#exchange.ownScope && head <= this.#options.store.delivery.cursor(scope)) continue;
        this.#exchange.hint(scope);
        this.#wakeUp();
      }
    } catch {
      // Whatever ended the stream, the next exchange finds out what is wrong.
    } finally {
      this.#exchange.isContinuous = false;
      // All machines lose it in the same moment when the hub starts again; who has left it has another to ask.
      const span = this.#hubs.left === left ? Math.max(LIVE_AGAIN_MS, this.#exchange.spreadMs) : 0;
      await pauseFor(Math.random() * span, this.#stop.signal);
      this.#live = null;
      this.#wakeUp();
    }
  }

  #noteFailure(error: unknown, failed: CentreApi): number {
    const failure = error instanceof CentreError ? error : new CentreError('protocol', (error as Error).name);
    // Somebody who answers otherwise than agreed is the same as before.
    if (failure.kind !== 'protocol') this.#exchange.isContinuous = false;
    if (failure.isUnknown)
      this.#options.onAlarm?.('device-revoked', { waiting: this.#options.store.delivery.countUnsent() });
    if (failure.isCopied)
      this.#options.onAlarm?.('data-copied', { waiting: this.#options.store.delivery.countUnsent() });
    this.#exchange.isUnknown = failure.isUnknown;
    this.#setLink(failure.kind === 'refused' || failure.kind === 'forked' ? 'refused' : 'offline');
    this.#pauser.forget();
    this.#options.log('sync-failed', { kind: failure.kind, detail: failure.message });
    const asked = Math.max(this.#backOff.next(this.#exchange.spreadMs), failure.retryAfterMs ?? 0);
    const isOfNoHub = !this.#hubs.hasStandby || failure.kind === 'forked' || failure.kind === 'protocol';
    const pause = isOfNoHub ? asked : Math.min(asked, TRY_NEXT_MS);
    this.#trouble = {
      kind: failure.kind,
      isAskedToWait: failure.retryAfterMs !== null,
      isTooOld: failure.isTooOld,
      nextTryAt: this.#options.now() + pause,
    };
    if (!isOfNoHub) this.#hubs.goOn(failed);
    return pause;
  }

  #setLink(link: SyncLine['link']): void {
    if (this.#link === link) return;
    this.#link = link;
    this.#options.onChange();
  }

  #wakeUp(): void {
    // While the centre is away the pause is kept: only stopping may cut it short.
    const isKept = this.#pauser.isPausing && this.#link !== 'connected' && !this.#stop.signal.aborted;
    if (!isKept) this.#pauser.wake();
  }
}
