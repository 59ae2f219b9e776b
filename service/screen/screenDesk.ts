import type { ScreenState } from '../../contract/rpc/screen.ts';
import type { Store } from '../../db/store.ts';
import { type ScreenView, screenView } from '../../domain/queue/screenView.ts';
import type { HallView } from '../../domain/queue/view.ts';

/** Silence of this length is told (users.md §B.2). */
const SILENT_MS = 5_000;
/** Estimates and closing time move with the clock; what changed in the queue is seen at once. */
const RECKON_EVERY_MS = 1_000;

export interface ScreenDeskOptions {
  store: Store;
  /** The queue of today, as this machine knows it. */
  view: () => HallView;
  now: () => number;
  /** Milliseconds of a clock that nobody sets. */
  monotonic: () => number;
  /** When the hub answered last, by `monotonic`; null: not since the start; undefined: there is none. */
  heardAt: () => number | null | undefined;
  hall: string;
}

interface Reckoned {
  ord: number;
  at: number;
  state: ScreenView;
}

/** What calling screens ask. Reckoned once for each floor and change, however many screens of a hall ask for it. */
export class ScreenDesk {
  readonly #options: ScreenDeskOptions;
  readonly #startedAt: number;
  readonly #newestOp: () => number;
  readonly #reckoned = new Map<number, Reckoned>();

  constructor(options: ScreenDeskOptions) {
    this.#options = options;
    this.#startedAt = options.monotonic();
    const newest = options.store.db.prepare('SELECT coalesce(max(ord), 0) FROM op').pluck();
    this.#newestOp = () => newest.get() as number;
  }

  /** What was answered may be older than what is known: before the pages hear of a change. */
  forget(): void {
    this.#reckoned.clear();
  }

  state(floor: number): ScreenState {
    return { ...this.#reckonedFor(floor), ...this.#hub(), serverTime: new Date(this.#options.now()).toISOString() };
  }

  #reckonedFor(floor: number): ScreenView {
    const { view, monotonic } = this.#options;
    const ord = this.#newestOp();
    const known = this.#reckoned.get(floor);
    const at = monotonic();
    if (known && known.ord === ord && at - known.at < RECKON_EVERY_MS) return known.state;
    const state = screenView(view(), floor);
    this.#reckoned.set(floor, { ord, at, state });
    return state;
  }

  #hub(): Pick<ScreenState, 'hub' | 'staleSince'> {
    const heardAt = this.#options.heardAt();
    if (heardAt === undefined) return { hub: 'none', staleSince: null };
    // Nothing was ever pulled: a terminal that was just set up.
    if (heardAt === null && this.#isNew()) return { hub: 'new', staleSince: null };
    const silentMs = this.#options.monotonic() - (heardAt ?? this.#startedAt);
    if (silentMs < SILENT_MS) return { hub: 'heard', staleSince: null };
    return { hub: 'silent', staleSince: new Date(this.#options.now() - silentMs).toISOString() };
  }

  #isNew(): boolean {
    const { store, hall } = this.#options;
    return store.delivery.cursor(`hall:${hall}`) === 0;
  }
}
