import { YichuangError } from '../../contract/errors.ts';
import type { IdentityCard } from '../../contract/identity.ts';
import type { CardReading } from '../driver/sam-ga450/transaction.ts';
import type { DriverEnvironment } from '../driver/types.ts';

export interface CardPollerOptions {
  /** One look for a card: null when none is there. */
  readCard: () => Promise<CardReading | null>;
  onCard: (reading: CardReading) => void;
  /** A card was there and could not be read; once for every laying. */
  onFailed: (error: YichuangError) => void;
  environment: Pick<DriverEnvironment, 'now' | 'delay'>;
  periodMs?: number;
}

/** devices.md §1.8: 300–500 ms while a clerk waits. */
const PERIOD_MS = 400;
/** A badly laid card is lost for single looks; nobody lifts a card and lays it again within two. */
export const LOOKS_UNTIL_LIFTED = 2;

interface Waiter {
  until: number;
  resolve: (card: IdentityCard) => void;
  reject: (error: YichuangError) => void;
}

/**
 * Looks for cards while somebody watches or waits, and for nobody else. A card left on the reader is one laying, be it
 * that the reader shows it no more after reading or shows it again and again.
 */
export class CardPoller {
  readonly #options: CardPollerOptions;
  readonly #waiters = new Set<Waiter>();
  #watching = false;
  #running = false;
  #closed = false;
  /** Number of the card already reported, or the code of its failure. */
  #reported: string | null = null;
  #looksWithout = 0;
  #wake: () => void = () => {};

  constructor(options: CardPollerOptions) {
    this.#options = options;
  }

  watch(on: boolean): void {
    if (on && !this.#watching) this.#reported = null;
    this.#watching = on;
    this.#start();
  }

  /**
   * The next card that is read. A reading under way at the deadline is still waited for.
   * @throws YichuangError `card-not-present` after `waitMs`, `card-…`, `reader-fault`, `device-…`
   */
  read(waitMs: number): Promise<IdentityCard> {
    return new Promise((resolve, reject) => {
      this.#waiters.add({ until: this.#options.environment.now() + waitMs, resolve, reject });
      this.#start();
    });
  }

  close(): void {
    this.#closed = true;
    this.#watching = false;
    this.#rejectAll(new YichuangError('service-restarting'));
    this.#wake();
  }

  get #needed(): boolean {
    return !this.#closed && (this.#watching || this.#waiters.size > 0);
  }

  #start(): void {
    this.#wake();
    if (this.#running || !this.#needed) return;
    this.#running = true;
    void this.#poll();
  }

  async #poll(): Promise<void> {
    while (this.#needed) {
      await this.#look();
      if (this.#needed) await this.#pause();
    }
    // In the same turn as the last question whether anybody needs it: who comes next starts a new one.
    this.#running = false;
  }

  async #look(): Promise<void> {
    // Who comes during a look has its first look next.
    const waiters = [...this.#waiters];
    try {
      const reading = await this.#options.readCard();
      if (this.#closed) return;
      if (reading) this.#found(reading);
      else this.#foundNone(waiters);
    } catch (error) {
      if (!this.#closed) this.#failed(error instanceof YichuangError ? error : new YichuangError('internal'));
    }
  }

  #found(reading: CardReading): void {
    this.#looksWithout = 0;
    for (const waiter of this.#waiters) waiter.resolve(reading.card);
    this.#waiters.clear();
    if (!this.#isNew(reading.card.number)) return;
    this.#options.onCard(reading);
  }

  #foundNone(waiters: readonly Waiter[]): void {
    this.#looksWithout += 1;
    if (this.#looksWithout >= LOOKS_UNTIL_LIFTED) this.#reported = null;
    const now = this.#options.environment.now();
    for (const waiter of waiters) {
      if (waiter.until <= now && this.#waiters.delete(waiter)) waiter.reject(new YichuangError('card-not-present'));
    }
  }

  #failed(error: YichuangError): void {
    this.#rejectAll(error);
    if (!error.code.startsWith('card-')) return;
    this.#looksWithout = 0;
    if (this.#isNew(error.code)) this.#options.onFailed(error);
  }

  #isNew(what: string): boolean {
    if (!this.#watching || this.#reported === what) return false;
    this.#reported = what;
    return true;
  }

  #rejectAll(error: YichuangError): void {
    for (const waiter of this.#waiters) waiter.reject(error);
    this.#waiters.clear();
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      void this.#options.environment.delay(this.#options.periodMs ?? PERIOD_MS).then(resolve);
    });
  }
}
