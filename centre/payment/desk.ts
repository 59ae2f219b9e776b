import { performance } from 'node:perf_hooks';
import type { Logger } from 'pino';
import type { PaymentAnswer, PaymentRequest, ReconcileAnswer, ReconcileRequest } from '../../contract/payment.ts';
import { PAYMENT_ROLES } from '../../domain/payment/rights.ts';
import type { PaymentRecord } from '../../domain/payment/types.ts';
import type { Published } from '../ingest.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { type CentreStore, StoreBusyError } from '../store/types.ts';
import { decidePayment, rolesOf } from './commands.ts';
import { findStep, followOrder } from './follow.ts';
import type { Notice, PaymentGateway } from './gateway.ts';
import { reconcile } from './reconcile.ts';
import {
  findPayment,
  giveBack,
  type Money,
  NotNowError,
  type SettleContext,
  type Settled,
  takeMoney,
} from './settle.ts';

/** First pause between two questions about one payment, ms; doubled each time up to `MAX_PAUSE_MS`. */
const FIRST_PAUSE_MS = 2000;
const MAX_PAUSE_MS = 60_000;

export interface PaymentDeskOptions {
  store: CentreStore;
  /** Null: only card and cash, at the counter. */
  gateway: PaymentGateway | null;
  now: () => number;
  /** After COMMIT: scopes that have new rows. */
  publish: (scopes: readonly Published[]) => void;
  logger: Logger;
  firstPauseMs?: number | undefined;
}

export type Answered<T> = { ok: true; answer: T } | { ok: false; code: string };

/**
 * Money at the centre: decides commands, hears the channel, and asks it about every open payment until there is an end.
 * What it knows stands in the ledger; what it waits for is found again after a crash.
 */
export class PaymentDesk {
  readonly #options: PaymentDeskOptions;
  readonly #firstPauseMs: number;
  /** When to ask next, by the monotonic clock. */
  readonly #turns = new Map<string, { at: number; pause: number }>();
  readonly #poked = new Set<string>();
  readonly #looking = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;

  constructor(options: PaymentDeskOptions) {
    this.#options = options;
    this.#firstPauseMs = options.firstPauseMs ?? FIRST_PAUSE_MS;
  }

  start(): void {
    this.#schedule(0);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await Promise.allSettled(this.#looking.values());
  }

  /** @throws StoreBusyError when it should be tried again later */
  async command(hall: string, request: PaymentRequest): Promise<Answered<PaymentAnswer>> {
    const { gateway, store } = this.#options;
    const verdict = await this.#write((context) => {
      const decided = decidePayment({ ...context, hall, hasGateway: gateway !== null }, request);
      return { keep: decided.ok, value: decided };
    });
    if (!verdict.ok) return verdict;
    const { payment } = verdict;
    if (request.change.kind === 'request') await this.#findCode(payment);
    this.poke(request.caseId);
    const record = await this.#read(payment);
    if (!record) return { ok: false, code: 'payment-not-found' };
    const { state, amountFen, expiresAt } = record;
    const payCode = state === 'REQUESTED' ? store.findPayCode(payment) : null;
    const centreTime = new Date(this.#options.now()).toISOString();
    return { ok: true, answer: { payment, state, amountFen, payCode, expiresAt, centreTime } };
  }

  /**
   * The channel says something. What is genuine and about a payment of ours is durable when this returns.
   * @throws BadNoticeError, StoreBusyError, NotNowError: the channel is to say it again
   */
  async notice(headers: Readonly<Record<string, unknown>>, body: string): Promise<Settled> {
    const { gateway, logger } = this.#options;
    if (!gateway) return 'unknown';
    const { event, payment, ...money } = gateway.readNotice(headers, body);
    const settled = await this.#hear(event, payment, money);
    if (settled === 'unknown') logger.warn({ payment, event }, 'notice of a payment that is not ours');
    return settled;
  }

  async #hear(event: Notice['event'], payment: string, money: Money): Promise<Settled> {
    if (event === 'paid') return this.#settle(payment, (context) => takeMoney(context, payment, money));
    const found = await this.#find(payment);
    // A refund of money we have not heard of: the channel is asked for the whole story.
    if (!found?.record.paid) return this.#look(payment);
    return this.#settle(payment, (context) => giveBack(context, payment, money));
  }

  async reconcile(hall: string, request: ReconcileRequest): Promise<Answered<ReconcileAnswer>> {
    const { store, gateway, now } = this.#options;
    const isAllowed = await this.#write(({ ledger }) => ({
      keep: false,
      value: rolesOf({ ledger, hall }, request.actor).some((role) => PAYMENT_ROLES.reconcile.includes(role)),
    }));
    if (!isAllowed) return { ok: false, code: 'forbidden' };
    const answer = await reconcile({ store, gateway, find: (payment) => this.#find(payment) }, hall, request.day);
    return { ok: true, answer: { ...answer, centreTime: new Date(now()).toISOString() } };
  }

  /** Something has changed for this case: what is open of it is asked about now. */
  poke(caseId: string): void {
    this.#poked.add(caseId);
    this.#schedule(0);
  }

  #schedule(ms: number): void {
    if (this.#isStopped || !this.#options.gateway) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#goRound(), ms);
    this.#timer.unref();
  }

  #goRound(): void {
    const now = performance.now();
    const open = this.#options.store.openPayments().map(({ record }) => record);
    const known = new Set(open.map(({ id }) => id));
    for (const id of this.#turns.keys()) if (!known.has(id)) this.#turns.delete(id);
    for (const { id, caseId } of open) {
      const turn = this.#poked.has(caseId) ? undefined : this.#turns.get(id);
      if (turn && turn.at > now) continue;
      const pause = Math.min(MAX_PAUSE_MS, turn ? turn.pause * 2 : this.#firstPauseMs);
      this.#turns.set(id, { at: now + pause, pause });
      this.#look(id).catch((error: Error) => {
        this.#options.logger.warn({ payment: id, error: error.name, detail: error.message }, 'payment still open');
      });
    }
    this.#poked.clear();
    // New requests poke; without any there is nothing to come round for but what another process may have left.
    const next = Math.min(MAX_PAUSE_MS, ...[...this.#turns.values()].map(({ at }) => at - now));
    this.#schedule(Math.max(this.#firstPauseMs / 2, next));
  }

  /** One question about one payment at a time; who asks meanwhile waits for that answer. */
  async #look(payment: string): Promise<Settled> {
    await this.#looking.get(payment)?.catch(() => {});
    const looking = this.#lookNow(payment);
    const ended = looking.then(
      () => {},
      () => {},
    );
    this.#looking.set(payment, ended);
    try {
      return await looking;
    } finally {
      if (this.#looking.get(payment) === ended) this.#looking.delete(payment);
    }
  }

  async #lookNow(payment: string): Promise<Settled> {
    const { gateway, store, now } = this.#options;
    if (!gateway) return 'unknown';
    const step = await this.#write(({ ledger }) => ({ keep: false, value: findStep(ledger, payment, now()) }));
    if (step === null) return 'unknown';
    const code = (text: string) => store.setPayCode(payment, text);
    const learned = await followOrder(gateway, step, code);
    return learned ? this.#settle(payment, learned) : 'known';
  }

  async #settle(payment: string, settle: (context: SettleContext) => Settled): Promise<Settled> {
    const { settled, caseId } = await this.#write((context) => {
      const settled = settle(context);
      return { keep: true, value: { settled, caseId: findPayment(context, payment)?.record.caseId } };
    });
    if (settled === 'alarm') this.#options.logger.error('a payment needs a person: see the note of its case');
    // A refund may have been asked for.
    if (settled === 'done' && caseId !== undefined) this.poke(caseId);
    return settled;
  }

  /** The clerk waits for it; when the channel is slow the answer goes out without, and the desk goes on asking. */
  async #findCode(payment: string): Promise<void> {
    if (this.#options.store.findPayCode(payment) !== null) return;
    await this.#look(payment).catch((error: Error) => {
      this.#options.logger.warn({ payment, error: error.name, detail: error.message }, 'no pay code yet');
    });
  }

  #read(payment: string): Promise<PaymentRecord | null> {
    return this.#find(payment).then((found) => found?.record ?? null);
  }

  #find(payment: string): Promise<{ record: PaymentRecord; hall: string } | null> {
    return this.#write((context) => ({ keep: false, value: findPayment(context, payment) }));
  }

  /** Under the write lock. @param decide `keep` false: nothing of it is stored */
  async #write<T>(decide: (context: SettleContext) => { keep: boolean; value: T }): Promise<T> {
    const { store, now, publish } = this.#options;
    try {
      const { value, published } = await store.write([], (known) => {
        const ledger = new WorkingLedger(known);
        const { keep, value } = decide({ ledger, self: store.self, now: now() });
        const decision = (keep ? ledger : new WorkingLedger(known)).decision();
        return { decision, value: { value, published: decision.scopes } };
      });
      if (published.length > 0) publish(published);
      return value;
    } catch (error) {
      // What was thrown inside has undone everything; for who asked that is "not now".
      if (error instanceof NotNowError) throw new StoreBusyError(error.message, { cause: error });
      throw error;
    }
  }
}
