import type { SyncClient } from '../../sync/syncClient.ts';

/** How often a machine says that it is there; the hub takes one that is not heard for three of these for silent. */
const PRESENCE_MS = 2_000;
/** So long the hub must be silent before a window calls by itself: longer than the hub waits for a window. */
const SILENCE_MS = 10_000;

export type QueueMode = 'hub' | 'emergency';

export interface HubWatchOptions {
  sync: Pick<SyncClient, 'heardAt' | 'presence' | 'sendWaiting'>;
  /** Own ops that the hub lacks. */
  countUnsent: () => number;
  /** Milliseconds of a clock that nobody sets. */
  monotonic: () => number;
  /** Wall clock, only for what is shown. */
  now: () => number;
  onChange: () => void;
  log: (event: string, fields: Record<string, unknown>) => void;
}

/**
 * Whether the hub is there, and with that who decides about calls (应急模式). While this machine decides by itself, it
 * never tells the hub that it has nothing unsent: that would give its tickets to others.
 */
export class HubWatch {
  readonly #options: HubWatchOptions;
  readonly #startedAt: number;
  readonly #timer: NodeJS.Timeout;
  #mode: QueueMode = 'hub';
  #awaySince: string | null = null;
  #asking: Promise<void> | null = null;
  /** What this machine may have decided alone before its last start is at the hub. */
  #isSettled = false;
  #isStopped = false;

  constructor(options: HubWatchOptions) {
    this.#options = options;
    this.#startedAt = options.monotonic();
    this.#timer = setInterval(() => void this.look(), PRESENCE_MS);
    this.#timer.unref();
    void this.look();
  }

  get mode(): QueueMode {
    return this.#mode;
  }

  /** Since when the hub does not answer, ISO; null while it does. */
  get awaySince(): string | null {
    return this.#awaySince;
  }

  /** Says presence and draws the conclusion; at most one at a time. */
  look(): Promise<void> {
    this.#asking ??= this.#look().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#asking;
  }

  async #look(): Promise<void> {
    const heard = await this.#isHeard(this.#decidedAlone());
    if (this.#isStopped) return;
    if (!heard) {
      this.#noteSilence();
      return;
    }
    if (this.#mode === 'hub') {
      this.#setAway(null);
      return;
    }
    if (!(await this.#options.sync.sendWaiting()) || this.#isStopped) return;
    // From here on nothing is decided here any more; only then may the hub hear that nothing waits.
    this.#setMode('hub', null);
    await this.#isHeard(0);
  }

  /** Not yet known to the hub; it keeps the tickets of this window for it as long as this is not 0. */
  #decidedAlone(): number {
    const unsent = this.#options.countUnsent();
    if (this.#mode === 'emergency') return Math.max(1, unsent);
    this.#isSettled ||= unsent === 0;
    return this.#isSettled ? 0 : unsent;
  }

  async #isHeard(unsent: number): Promise<boolean> {
    try {
      await this.#options.sync.presence(unsent);
      return true;
    } catch {
      // A refusal is an answer too: the hub is there.
      return this.#silentMs() < PRESENCE_MS;
    }
  }

  #noteSilence(): void {
    const silentMs = this.#silentMs();
    const since = this.#awaySince ?? new Date(this.#options.now() - silentMs).toISOString();
    if (silentMs >= SILENCE_MS && this.#mode === 'hub') this.#setMode('emergency', since);
    else this.#setAway(since);
  }

  #silentMs(): number {
    return this.#options.monotonic() - (this.#options.sync.heardAt ?? this.#startedAt);
  }

  #setMode(mode: QueueMode, awaySince: string | null): void {
    this.#mode = mode;
    this.#awaySince = awaySince;
    this.#options.log('queue-mode', { mode });
    this.#options.onChange();
  }

  #setAway(since: string | null): void {
    if (this.#awaySince === since) return;
    this.#awaySince = since;
    this.#options.onChange();
  }
}
