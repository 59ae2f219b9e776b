import { isTooOld, PROTOCOL_VERSIONS } from '../../contract/sync.ts';
import type { Store } from '../../db/store.ts';
import { isStuck, lookAtProgress, type Progress, type QueueMark } from '../../domain/delivery/progress.ts';
import type { SyncClient } from '../../sync/syncClient.ts';
import type { Health } from './health.ts';

const LOOK_EVERY_MS = 5_000;
/** Who decides answered within this: the line is there, whatever it is that does not go. */
const HEARD_WITHIN_MS = 30_000;
/** A clock that is wrong by more is set right; shown in the sync line from the first second. */
const SKEW_MS = 300_000;
/** Below this it is right again: no flicker at the limit. */
const SKEW_OVER_MS = 240_000;

export interface HealthWatchOptions {
  health: Health;
  store: Store;
  sync: () => Pick<SyncClient, 'state' | 'trouble' | 'heardAt'> | null;
  /** The newest protocol that whoever answers speaks; null: unknown. */
  spoken: () => number | null;
  /** Milliseconds of a clock that nobody sets. */
  monotonic: () => number;
}

type Line = NonNullable<ReturnType<HealthWatchOptions['sync']>>;

/** Looks every few seconds at what goes wrong without anybody failing: a queue that stands still, a clock that drifts. */
export class HealthWatch {
  readonly #options: HealthWatchOptions;
  readonly #timer: NodeJS.Timeout;
  #progress: Progress | null = null;

  constructor(options: HealthWatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  look(): void {
    this.#options.health.forgetOld();
    const sync = this.#options.sync();
    if (!sync) return;
    this.#lookAtQueue(sync);
    this.#lookAtLoneRows();
    this.#lookAtClock(sync.state.clockOffsetMs);
    this.#lookAtVersion(sync);
  }

  #lookAtQueue(sync: Line): void {
    const { health, store, monotonic } = this.#options;
    const at = monotonic();
    const { trouble } = sync;
    const heardAt = sync.heardAt ?? Number.NEGATIVE_INFINITY;
    // Refused as a whole is said by the line itself, and who was asked to wait waits.
    const mayGo = !trouble?.isAskedToWait && sync.state.link !== 'refused' && at - heardAt <= HEARD_WITHIN_MS;
    const mark = readMark(store);
    this.#progress = lookAtProgress(this.#progress, mark, mayGo, at);
    if (isStuck(this.#progress)) {
      const { epoch = 0, seq = 0 } = store.outbox.head() ?? {};
      health.raise('sync-stuck', { waiting: mark.waiting, epoch, seq, ...(trouble && { error: trouble.kind }) });
    } else if (this.#progress === null || this.#progress.since === at) health.clear('sync-stuck');
  }

  /** Told for as long as it is so, also after a start. */
  #lookAtLoneRows(): void {
    const { health, store } = this.#options;
    const rows = store.delivery.reread.count();
    if (rows > 0) health.raise('rows-lone', { rows });
    else health.clear('rows-lone');
  }

  #lookAtClock(offsetMs: number | null): void {
    const { health } = this.#options;
    if (offsetMs === null) return;
    const size = Math.abs(offsetMs);
    if (size >= SKEW_MS) health.raise('clock-skew', { offsetS: Math.round(offsetMs / 60_000) * 60 });
    else if (size < SKEW_OVER_MS) health.clear('clock-skew');
  }

  /** Older than the last but one that is spoken: with the next version there this machine gets nothing through. */
  #lookAtVersion({ trouble, state }: Line): void {
    const { health, spoken } = this.#options;
    const own = PROTOCOL_VERSIONS[0];
    const theirs = spoken();
    if (trouble?.isTooOld) health.raise('version-old', { own });
    else if (theirs !== null && isTooOld(own, theirs)) health.raise('version-old', { own, spoken: theirs });
    else if (state.link === 'connected') health.clear('version-old');
  }
}

function readMark({ outbox, delivery }: Store): QueueMark {
  const head = outbox.head();
  return head ? { waiting: delivery.countUnsent(), reached: `${head.epoch}:${head.seq}` } : { waiting: 0, reached: '' };
}
