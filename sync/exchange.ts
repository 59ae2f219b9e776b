import { CATALOG_SCOPE } from '../domain/ledger/published.ts';
import { fingerprint } from '../signing/check.ts';
import type { CentreApi } from './centreApi.ts';
import { CentreError } from './centreError.ts';
import { ensureContinuity } from './continuity.ts';
import { CopyWatch } from './copied.ts';
import { enrol, isSpent } from './enrol.ts';
import type { Hubs } from './hubs.ts';
import { LoneRows } from './loneRows.ts';
import type { SyncClientOptions } from './options.ts';
import { Puller } from './puller.ts';
import { createPushPace, pushAll, settleSetAside } from './pusher.ts';

export interface ExchangeOptions extends SyncClientOptions {
  hubs: Hubs;
  monotonic: () => number;
  onEnrolling: () => void;
  /** Everything went through, whoever asked for it. */
  onSound: () => void;
}

/** Even without a hint the centre is asked this often: a lost hint costs a pause, never a row. */
const IDLE_MS = 15_000;

/** One way there and back, whoever asks for it: what waits here goes, what is new there comes. */
export class Exchange {
  readonly #options: ExchangeOptions;
  readonly #puller: Puller;
  readonly #pushPace = createPushPace();
  #running: Promise<void> = Promise.resolve();
  #pushing: Promise<unknown> = Promise.resolve();
  /** Scopes of which a hint told something newer. */
  readonly #hinted = new Set<string>();
  #fullAt = Number.NEGATIVE_INFINITY;
  #lastContact: string | null = null;
  #clockOffsetMs: number | null = null;
  /** Over which all machines that speak there spread their first contact after a broken line, ms. */
  #spreadMs = 0;
  readonly #hallScope: string;
  readonly #copies: CopyWatch;
  readonly #loneRows: LoneRows;
  /** Hinted when the centre has decided about what the hub held of this machine. */
  readonly ownScope: string;
  /** It is known that the chain here and what they have of it are one. */
  isContinuous = false;
  /** Refused as nobody who is known: revoked, or the key is another. */
  isUnknown = false;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.#copies = new CopyWatch(options.store);
    this.#loneRows = new LoneRows(options);
    this.#hallScope = `hall:${options.hall}`;
    this.ownScope = `device:${options.store.ledger.device}`;
    this.#puller = new Puller({
      store: options.store,
      onDiffers: (scope, pos) => {
        options.log('scope-differs', { scope, pos });
        // Whoever has forgotten what he published may have forgotten what he acknowledged, without a broken line to tell of it.
        this.isContinuous = false;
        options.onScopeDiffers?.(scope);
      },
      onOvertaken: () => {
        this.#copies.noteMet();
        this.isContinuous = false;
      },
      onLone: (row) => options.log('row-lone', { ...row }),
      onAgrees: () => options.onScopeDiffers?.(null),
    });
  }

  /** When the last one began, ISO; null: none went through since the start. */
  get lastContact(): string | null {
    return this.#lastContact;
  }

  get clockOffsetMs(): number | null {
    return this.#clockOffsetMs;
  }

  get spreadMs(): number {
    return this.#spreadMs;
  }

  /** In their order: cases of the hall may have been accepted under a catalogue that is new here. */
  get scopes(): string[] {
    return [CATALOG_SCOPE, this.#hallScope];
  }

  /** Milliseconds until everything is asked again. */
  get untilNext(): number {
    return Math.max(0, this.#fullAt + IDLE_MS - this.#options.monotonic());
  }

  /** Something of a scope is new there; without a scope: of the hall. */
  hint(scope = this.#hallScope): void {
    this.#hinted.add(scope);
  }

  /** The centre has not what an act on this case was made on, or not all of it: it is asked what of that it has. */
  doubt(caseId: string): void {
    const { ledger, delivery } = this.#options.store;
    ledger.transact(() => delivery.reread.doubts.noteStream(`case:${caseId}`));
  }

  /** The last one did not go through: the next asks for everything. */
  noteFailure(): void {
    this.#fullAt = Number.NEGATIVE_INFINITY;
  }

  /** As much as is due. @throws CentreError */
  run(): Promise<void> {
    const isFullDue = !this.isContinuous || this.#options.monotonic() - this.#fullAt >= IDLE_MS;
    return isFullDue ? this.runFull() : this.catchUp();
  }

  /** Everything: what waits here, and every scope. @throws CentreError */
  runFull(): Promise<void> {
    return this.#inTurn(() => this.#everything());
  }

  /** Only what is known to have changed, here or there. @throws CentreError */
  catchUp(): Promise<void> {
    return this.#inTurn(async () => {
      const api = this.#options.hubs.current;
      const startedAt = this.#options.now();
      await this.#push(api);
      if (this.#hinted.delete(this.ownScope)) await this.#settle(api);
      const scopes = this.scopes.filter((scope) => this.#hinted.has(scope));
      if (scopes.length > 0) await this.#pull(api, scopes, startedAt);
    });
  }

  /** Own ops only, beside whatever else is under way. @throws CentreError */
  async sendWaiting(): Promise<void> {
    if (!this.isContinuous) return this.runFull();
    if (this.#options.store.delivery.unsentEpochs().length === 0) return;
    await this.#push(this.#options.hubs.current).catch((error: unknown) => {
      this.#forgiveOvertaken(error);
      return this.runFull();
    });
  }

  async #everything(): Promise<void> {
    const api = this.#options.hubs.current;
    await this.#enrol(api);
    const startedAt = this.#options.now();
    await this.#checkContinuity(api);
    // A hub that could not ask its centre about our key may be able to by now.
    if (!api.isSigning) await api.greet();
    await this.#push(api);
    this.#hinted.delete(this.ownScope);
    await this.#settle(api);
    await this.#pull(api, this.scopes, startedAt);
    await this.#askAboutLone(api);
    this.#fullAt = this.#options.monotonic();
    this.#options.onSound();
  }

  /** One at a time: two would pull the same rows side by side. What was overtaken begins anew, in its own turn. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const next = this.#running
      .catch(() => {})
      .then(work)
      .catch((error: unknown) => {
        this.#forgiveOvertaken(error);
        return this.#everything();
      });
    this.#running = next;
    return next;
  }

  /** The connection was dead and the other side is there: no failure, but a broken line. @throws any other error */
  #forgiveOvertaken(error: unknown): void {
    if (!(error instanceof CentreError && error.isOvertaken)) throw error;
    this.isContinuous = false;
  }

  /** One at a time: two would push the same ops side by side. */
  #push(api: CentreApi): Promise<unknown> {
    const { store, onStreams, onChange } = this.#options;
    const onAcked = (streams: string[]) => {
      onStreams(streams);
      onChange();
    };
    const next = this.#pushing.catch(() => {}).then(() => pushAll(store, api, onAcked, this.#pushPace));
    this.#pushing = next;
    return next;
  }

  /** What became of ops that the hub held for the centre, or the centre had parked. */
  async #settle(api: CentreApi): Promise<void> {
    const settled = await settleSetAside(this.#options.store, api);
    if (settled.length === 0) return;
    this.#options.onStreams(settled);
    this.#options.onChange();
  }

  /** What became of rows of other machines that the centre does not have. */
  async #askAboutLone(api: CentreApi): Promise<void> {
    const refused = await this.#loneRows.ask(api);
    if (refused.length > 0) this.#options.onStreams(refused);
  }

  async #pull(api: CentreApi, scopes: readonly string[], startedAt: number): Promise<void> {
    const { store, now } = this.#options;
    let isAnyReturned = false;
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
      // Somebody has heard of a refusal.
      isAnyReturned ||= changed.some((stream) => stream.startsWith('return:'));
      if (changed.length > 0) {
        if (scope === CATALOG_SCOPE) this.#options.onPublished();
        else this.#options.onStreams(changed);
      }
    }
    if (isAnyReturned || store.delivery.reread.doubts.isAny()) await this.#askAboutLone(api);
    // Own ops that were lost here and have come back: it is asked what became of them.
    if (store.delivery.unsentEpochs().length > 0) await this.#push(api);
    if (scopes.includes(this.#hallScope)) store.staff.noteConfirmed(now());
    this.#lastContact = new Date(startedAt).toISOString();
  }

  /** Once after every start and every broken line: somebody else may answer now, or a copy put in place. */
  async #checkContinuity(api: CentreApi): Promise<void> {
    if (this.isContinuous && this.#copies.overtakenIn === null) return;
    this.#copies.check();
    const { store, hubs, now, log, onAlarm, onChange } = this.#options;
    const continuity = await ensureContinuity(store, api, now, {
      onHub: (hub) => {
        hubs.checkFence(hub);
        this.#spreadMs = hub.spreadMs;
      },
      onContradicted: (found) => {
        log('receipt-contradicted', found);
        onAlarm?.('receipt-contradicted', found);
      },
      overtakenIn: this.#copies.overtakenIn,
      beforeNewEpoch: () => this.#copies.noteOvertaken(),
    });
    if (api !== hubs.current) throw new CentreError('offline', 'another hub is asked now');
    this.isContinuous = true;
    // What people compare with `yichuang devices`.
    if (api.isSigning) log('signing', { key: fingerprint(store.identity.key().publicKey) });
    if (continuity === 'same') return;
    log('epoch-began', { reason: continuity, epoch: store.ledger.epoch });
    onChange();
  }

  async #enrol(api: CentreApi): Promise<void> {
    const { store, hubs, url, terminal, enrolmentCode, onEnrolling } = this.#options;
    const isEnrolled = hubs.identify();
    const hasNewCode = enrolmentCode !== undefined && !isSpent(store, enrolmentCode);
    if (isEnrolled && !((this.isUnknown || this.#copies.isAside) && hasNewCode)) return;
    if (enrolmentCode === undefined) throw new CentreError('refused', 'no enrolment code');
    onEnrolling();
    await enrol(store, api, { home: url, terminal, code: enrolmentCode });
    this.isUnknown = false;
    this.#copies.forget();
    hubs.identify();
  }
}
