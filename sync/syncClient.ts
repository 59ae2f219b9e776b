import type { BlanksRequest } from '../contract/blanks.ts';
import { YichuangError } from '../contract/errors.ts';
import type { HealthDetail } from '../contract/health.ts';
import type { HubState, TakeOverRequest } from '../contract/hub.ts';
import type { OfficeRequest } from '../contract/office.ts';
import type { OutageRequest } from '../contract/outage.ts';
import type { PaymentAnswer, PaymentRequest, ReconcileAnswer, ReconcileRequest } from '../contract/payment.ts';
import type { QueueAnswer, QueueRequest } from '../contract/queue.ts';
import type { PresenceList } from '../contract/queuePresence.ts';
import type { SyncLine } from '../contract/rpc.ts';
import type { Store } from '../db/store.ts';
import { CATALOG_SCOPE } from '../domain/ledger/published.ts';
import { BackOff, pauseFor } from '../link/backOff.ts';
import { connectHttp } from '../link/httpLine.ts';
import type { Connect } from '../link/line.ts';
import type { TrafficGate } from '../link/trafficGate.ts';
import { fingerprint } from '../signing/check.ts';
import { type CentreApi, CentreError } from './centreApi.ts';
import { ensureContinuity } from './continuity.ts';
import { enrol, isSpent } from './enrol.ts';
import { Hubs } from './hubs.ts';
import { Puller } from './puller.ts';
import { createPushPace, pushAll, settleHeld } from './pusher.ts';

export interface SyncClientOptions {
  store: Store;
  url: string;
  /** Other hubs of the hall: one of them may have taken over. */
  standby?: readonly string[] | undefined;
  /** How they are reached; default: over HTTP. */
  connect?: Connect | undefined;
  terminal: string;
  hall: string;
  enrolmentCode?: string | undefined;
  now: () => number;
  /** Milliseconds of a clock that nobody sets; by it the hub is heard or silent. */
  monotonic?: (() => number) | undefined;
  /** The sync line may have changed. */
  onChange: () => void;
  /** Streams that arrived from elsewhere, or of which the centre has more than before. */
  onStreams: (streams: string[]) => void;
  /** A catalogue or a calendar arrived. */
  onPublished: () => void;
  /** Alarms of `contract/health.ts`; null: it is over. */
  onAlarm?: ((code: 'receipt-contradicted' | 'device-revoked', detail: HealthDetail | null) => void) | undefined;
  /** What was taken of a scope is not what the hub or centre has, and is read anew; null: it is the same again. */
  onScopeDiffers?: ((scope: string | null) => void) | undefined;
  log: (event: string, fields?: Record<string, unknown>) => void;
}

export interface SyncTrouble {
  kind: CentreError['kind'];
  /** Whoever answers said when to come again. */
  isAskedToWait: boolean;
  nextTryAt: number;
}

/** Even without a hint the centre is asked this often: a lost hint costs a pause, never a row. */
const IDLE_MS = 15_000;
/** With a standby: which hub decides may have changed, and a take-over shall not wait for us. */
const TRY_NEXT_MS = 1_000;
/** Before the live line is opened again, ms at most, when no longer span was named. */
const LIVE_AGAIN_MS = 250;

/**
 * Carries ops to the centre and back, for ever. Connected means that the last exchange succeeded; what the operating
 * system says about the network is not asked (users.md §A 6).
 */
export class SyncClient {
  readonly #options: SyncClientOptions;
  readonly #hubs: Hubs;
  readonly #puller: Puller;
  readonly #pushPace = createPushPace();
  readonly #backOff = new BackOff();
  /** Over which all machines that speak there spread their first contact after a broken line, ms. */
  #spreadMs = 0;
  readonly #stop = new AbortController();
  #link: SyncLine['link'] = 'offline';
  #lastContact: string | null = null;
  #clockOffsetMs: number | null = null;
  #trouble: SyncTrouble | null = null;
  #wake: (() => void) | null = null;
  #isWakePending = false;
  #live: Promise<void> | null = null;
  #exchanging: Promise<void> = Promise.resolve();
  #pushing: Promise<unknown> = Promise.resolve();
  /** Scopes of which a hint told something newer. */
  readonly #hinted = new Set<string>();
  #fullExchangeAt = Number.NEGATIVE_INFINITY;
  #heardAt: number | null = null;
  #isContinuous = false;
  /** Refused as nobody who is known: revoked, or the key is another. */
  #isUnknown = false;
  readonly #monotonic: () => number;
  readonly #hallScope: string;
  /** Hinted when the centre has decided about what the hub held of this machine. */
  readonly #ownScope: string;
  readonly #running: Promise<void>;

  constructor(options: SyncClientOptions) {
    this.#options = options;
    this.#monotonic = options.monotonic ?? (() => performance.now());
    this.#hallScope = `hall:${options.hall}`;
    this.#ownScope = `device:${options.store.ledger.device}`;
    this.#hubs = new Hubs({
      store: options.store,
      urls: [options.url, ...(options.standby ?? [])],
      connect: options.connect ?? connectHttp,
      onHeard: () => {
        this.#heardAt = this.#monotonic();
      },
      onLeft: () => {
        this.#isContinuous = false;
      },
      known: () => new Map(this.#scopes.map((scope) => [scope, options.store.delivery.cursor(scope)])),
    });
    this.#puller = new Puller({
      store: options.store,
      onDiffers: (scope, pos) => {
        options.log('scope-differs', { scope, pos });
        options.onScopeDiffers?.(scope);
      },
      onAgrees: () => options.onScopeDiffers?.(null),
    });
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
    return { link: this.#link, lastContact: this.#lastContact, clockOffsetMs: this.#clockOffsetMs };
  }

  /** Why nothing goes at the moment, and when it is tried again; null while all is well. */
  get trouble(): SyncTrouble | null {
    return this.#trouble;
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
      try {
        await (this.#isFullExchangeDue() ? this.#exchange() : this.#catchUp());
        this.#backOff.reset();
        this.#options.onAlarm?.('device-revoked', null);
        this.#trouble = null;
        this.#setLink('connected');
        this.#live ??= this.#listen();
        pause = Math.max(0, this.#fullExchangeAt + IDLE_MS - this.#monotonic());
      } catch (error) {
        this.#fullExchangeAt = Number.NEGATIVE_INFINITY;
        pause = this.#noteFailure(error);
      }
      await this.#pause(pause);
    }
  }

  #isFullExchangeDue(): boolean {
    return !this.#isContinuous || this.#monotonic() - this.#fullExchangeAt >= IDLE_MS;
  }

  /**
   * One act at the centre: what waits here goes first, so that the centre decides on the newest, and what comes of it is
   * here when this returns.
   * @throws YichuangError `offline` when the centre cannot be reached, `deadline` when nobody can say whether it was
   * done (the same command may be sent again), or the centre's refusal
   */
  async act(request: OfficeRequest): Promise<void> {
    await this.#ask(() => this.#hubs.current.act(request));
  }

  /** A command about money. @throws YichuangError as `act` */
  payment(request: PaymentRequest): Promise<PaymentAnswer> {
    return this.#ask(() => this.#hubs.current.payment(request));
  }

  /** @throws YichuangError as `act` */
  reconcile(request: ReconcileRequest): Promise<ReconcileAnswer> {
    return this.#ask(() => this.#hubs.current.reconcile(request));
  }

  /** A move of blank certificates. @throws YichuangError as `act` */
  async moveBlanks(request: BlanksRequest): Promise<void> {
    await this.#ask(() => this.#hubs.current.moveBlanks(request));
  }

  /** An outage, or its end. @throws YichuangError as `act` */
  async outage(request: OutageRequest): Promise<void> {
    await this.#ask(() => this.#hubs.current.outage(request));
  }

  /**
   * A command to the queue desk. What waits here goes first, and nothing else: somebody stands at the window. What the
   * command changed is pulled right after. A hub that is gone or no longer decides has done nothing: the other one is asked.
   * @throws YichuangError `offline` when it surely was not done, `deadline` when nobody can say (the same `commandId` may
   * be sent again), or the desk's refusal
   */
  async queue(request: QueueRequest): Promise<QueueAnswer> {
    try {
      return await this.#askDesk(request).catch((error: unknown) => {
        if (!this.#hubs.hasStandby || !isUndone(error)) throw error;
        this.#hubs.goOn();
        return this.#askDesk(request);
      });
    } catch (error) {
      if (!(error instanceof CentreError)) throw error;
      throw new YichuangError(isUndone(error) ? 'offline' : 'deadline', { cause: error });
    } finally {
      this.#hinted.add(this.#hallScope);
      this.#wakeUp();
    }
  }

  /** @throws YichuangError with the desk's refusal, or `offline`; CentreError */
  async #askDesk(request: QueueRequest): Promise<QueueAnswer> {
    await this.#sendWaiting();
    return await this.#hubs.current.queue(request);
  }

  /** Says that this machine is there, and how many of its ops wait. @throws CentreError */
  async presence(unsent: number): Promise<void> {
    if (!this.#isContinuous) throw new CentreError('offline', 'not yet known to the hub');
    try {
      await this.#hubs.current.presence({ unsent });
    } catch (error) {
      if (isNotActive(error)) {
        // The next exchange finds the hub that decides.
        this.#isContinuous = false;
        this.#wakeUp();
      }
      throw error;
    }
  }

  /** Whom the hub hears now. @throws CentreError, YichuangError when it does not answer */
  presences(): Promise<PresenceList> {
    return this.#hubs.current.presences();
  }

  /** Own ops to the hub, without waiting for a pause to end. @throws YichuangError `offline`; CentreError as `isUndone` */
  async #sendWaiting(): Promise<void> {
    const fail = (error: unknown) => (isUndone(error) ? Promise.reject(error) : failOffline(error));
    if (!this.#isContinuous) await this.#exchange().catch(fail);
    else if (this.#options.store.delivery.unsentEpochs().length > 0) await this.#push(this.#hubs.current).catch(fail);
  }

  /** What the hall changed is here when this resolves, unless the hub is away. */
  async refresh(): Promise<void> {
    this.#hinted.add(this.#hallScope);
    if (this.#isContinuous) await this.#catchUp().catch(() => this.#wakeUp());
  }

  /** @returns whether the hub has everything of this machine now */
  async sendWaiting(): Promise<boolean> {
    await this.#sendWaiting().catch(() => {});
    return this.#isContinuous && this.#options.store.delivery.unsentEpochs().length === 0;
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

  async #ask<T>(ask: () => Promise<T>): Promise<T> {
    await this.#exchange().catch(failOffline);
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof CentreError)) throw error;
      throw new YichuangError(isNotActive(error) ? 'not-active' : 'deadline', { cause: error });
    } finally {
      await this.#exchange().catch(() => this.#wakeUp());
    }
  }

  /** In their order: cases of the hall may have been accepted under a catalogue that is new here. */
  get #scopes(): string[] {
    return [CATALOG_SCOPE, this.#hallScope];
  }

  /** One at a time: two would pull the same rows side by side. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const next = this.#exchanging.catch(() => {}).then(work);
    this.#exchanging = next;
    return next;
  }

  /** Everything: what waits here, and every scope. */
  #exchange(): Promise<void> {
    return this.#inTurn(async () => {
      const api = this.#hubs.current;
      await this.#enrol(api);
      const startedAt = this.#options.now();
      await this.#checkContinuity(api);
      // A hub that could not ask its centre about our key may be able to by now.
      if (!api.isSigning) await api.greet();
      await this.#push(api);
      this.#hinted.delete(this.#ownScope);
      await this.#settle(api);
      await this.#pull(api, this.#scopes, startedAt);
      this.#fullExchangeAt = this.#monotonic();
      // Somebody who would not wait has found the line sound again.
      if (this.#link !== 'connected') this.#wake?.();
    });
  }

  /** Only what is known to have changed, here or there. */
  #catchUp(): Promise<void> {
    return this.#inTurn(async () => {
      const api = this.#hubs.current;
      const startedAt = this.#options.now();
      await this.#push(api);
      if (this.#hinted.delete(this.#ownScope)) await this.#settle(api);
      const scopes = this.#scopes.filter((scope) => this.#hinted.has(scope));
      if (scopes.length > 0) await this.#pull(api, scopes, startedAt);
    });
  }

  /** One at a time: two would push the same ops side by side. */
  #push(api: CentreApi): Promise<unknown> {
    const next = this.#pushing
      .catch(() => {})
      .then(() =>
        pushAll(
          this.#options.store,
          api,
          (streams) => {
            this.#options.onStreams(streams);
            this.#options.onChange();
          },
          this.#pushPace,
        ),
      );
    this.#pushing = next;
    return next;
  }

  /** What became of ops that the hub held for the centre. */
  async #settle(api: CentreApi): Promise<void> {
    const settled = await settleHeld(this.#options.store, api);
    if (settled.length === 0) return;
    this.#options.onStreams(settled);
    this.#options.onChange();
  }

  async #pull(api: CentreApi, scopes: readonly string[], startedAt: number): Promise<void> {
    const { store, now } = this.#options;
    for (const scope of scopes) {
      // Before the pull: a hint that comes meanwhile is one for the next.
      this.#hinted.delete(scope);
      const askedAt = now();
      const { changed, centreTime } = await this.#puller.pull(api, scope).catch((error: unknown) => {
        this.#hinted.add(scope);
        throw error;
      });
      const middle = (askedAt + now()) / 2;
      this.#clockOffsetMs = Math.round(Date.parse(centreTime) - middle);
      if (changed.length > 0) {
        if (scope === CATALOG_SCOPE) this.#options.onPublished();
        else this.#options.onStreams(changed);
      }
    }
    if (scopes.includes(this.#hallScope)) store.staff.noteConfirmed(now());
    this.#lastContact = new Date(startedAt).toISOString();
  }

  /** Once after every start and every broken line: somebody else may answer now, or a copy put in place. */
  async #checkContinuity(api: CentreApi): Promise<void> {
    if (this.#isContinuous) return;
    const { store, now, log, onChange } = this.#options;
    const continuity = await ensureContinuity(store, api, now, {
      onHub: (hub) => {
        this.#hubs.checkFence(hub);
        this.#spreadMs = hub.spreadMs;
      },
      onContradicted: (found) => {
        log('receipt-contradicted', found);
        this.#options.onAlarm?.('receipt-contradicted', found);
      },
    });
    if (api !== this.#hubs.current) throw new CentreError('offline', 'another hub is asked now');
    this.#isContinuous = true;
    // What people compare with `yichuang devices`.
    if (api.isSigning) log('signing', { key: fingerprint(store.identity.key().publicKey) });
    if (continuity === 'same') return;
    log('epoch-began', { reason: continuity, epoch: store.ledger.epoch });
    onChange();
  }

  async #enrol(api: CentreApi): Promise<void> {
    const { store, url, terminal, enrolmentCode } = this.#options;
    const isEnrolled = this.#hubs.identify();
    const hasNewCode = enrolmentCode !== undefined && !isSpent(store, enrolmentCode);
    if (isEnrolled && !(this.#isUnknown && hasNewCode)) return;
    if (enrolmentCode === undefined) throw new CentreError('refused', 'no enrolment code');
    this.#setLink('enrolling');
    await enrol(store, api, { home: url, terminal, code: enrolmentCode });
    this.#isUnknown = false;
    this.#hubs.identify();
  }

  /** Follows hints until the stream ends; the main loop opens the next one after its next good exchange. */
  async #listen(): Promise<void> {
    const { left } = this.#hubs;
    try {
      const signal = AbortSignal.any([this.#stop.signal, left]);
      for await (const { scope, head } of this.#hubs.current.live(signal)) {
        if (scope !== this.#ownScope && head <= this.#options.store.delivery.cursor(scope)) continue;
        this.#hinted.add(scope);
        this.#wakeUp();
      }
    } catch {
      // Whatever ended the stream, the next exchange finds out what is wrong.
    } finally {
      this.#isContinuous = false;
      // All machines lose it in the same moment when the hub starts again; who has left it has another to ask.
      const span = this.#hubs.left === left ? Math.max(LIVE_AGAIN_MS, this.#spreadMs) : 0;
      await pauseFor(Math.random() * span, this.#stop.signal);
      this.#live = null;
      this.#wakeUp();
    }
  }

  #noteFailure(error: unknown): number {
    const failure = error instanceof CentreError ? error : new CentreError('protocol', (error as Error).name);
    // Somebody who answers otherwise than agreed is the same as before.
    if (failure.kind !== 'protocol') this.#isContinuous = false;
    if (failure.isUnknown)
      this.#options.onAlarm?.('device-revoked', { waiting: this.#options.store.delivery.countUnsent() });
    this.#isUnknown = failure.isUnknown;
    this.#setLink(failure.kind === 'refused' || failure.kind === 'forked' ? 'refused' : 'offline');
    this.#isWakePending = false;
    this.#options.log('sync-failed', { kind: failure.kind, detail: failure.message });
    const asked = Math.max(this.#backOff.next(this.#spreadMs), failure.retryAfterMs ?? 0);
    const isOfNoHub = !this.#hubs.hasStandby || failure.kind === 'forked' || failure.kind === 'protocol';
    const pause = isOfNoHub ? asked : Math.min(asked, TRY_NEXT_MS);
    this.#trouble = {
      kind: failure.kind,
      isAskedToWait: failure.retryAfterMs !== null,
      nextTryAt: this.#options.now() + pause,
    };
    if (!isOfNoHub) this.#hubs.goOn();
    return pause;
  }

  #setLink(link: SyncLine['link']): void {
    if (this.#link === link) return;
    this.#link = link;
    this.#options.onChange();
  }

  #pause(ms: number): Promise<void> {
    if (this.#isWakePending || this.#stop.signal.aborted) {
      this.#isWakePending = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#wake = null;
        this.#isWakePending = false;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#wake = done;
    });
  }

  #wakeUp(): void {
    if (this.#wake) {
      // While the centre is away the pause is kept: only stopping may cut it short.
      if (this.#link === 'connected' || this.#stop.signal.aborted) this.#wake();
    } else {
      this.#isWakePending = true;
    }
  }
}

function isNotActive(error: unknown): boolean {
  return error instanceof CentreError && error.kind === 'not-active';
}

/** Surely nothing was done: nobody is there, or another hub decides. */
function isUndone(error: unknown): boolean {
  return error instanceof CentreError && (error.isUnsent || isNotActive(error));
}

function failOffline(error: unknown): never {
  throw new YichuangError('offline', { cause: error });
}
