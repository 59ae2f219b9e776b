import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ScreenState } from '../../contract/rpc/screen.ts';
import type { RpcClient } from '../rpc/client.ts';

export interface ScreenFollowing {
  /** The last answer; null before the first. It stays while nothing answers: an old number is better than a dark wall. */
  view: ScreenState | null;
  /** Time of the server now, ms since the epoch; a TV's own clock may be anything. 0 before the first answer. */
  now: number;
  /** Since when nothing answers here, ISO; null while it does. */
  lostSince: string | null;
  /** It never answered and does not seem to. */
  isUnreachable: boolean;
}

export interface FollowOptions {
  client: RpcClient;
  floor: number;
  /** Events come only after a subscription; inside a terminal's own page somebody else made it. */
  subscribes: boolean;
  /** ms that never jump. */
  monotonic: () => number;
}

/** A lost event costs at most this. */
const POLL_MS = 3_000;
/** Silence of this length is said (users.md §B.2). */
const SILENT_MS = 5_000;
const TICK_MS = 500;

/**
 * Keeps a screen's state true for ever: asks on every event, slowly without one, and again after every gap.
 * @returns the store and what ends it
 */
export function followScreen({ client, floor, subscribes, monotonic }: FollowOptions): {
  store: StoreApi<ScreenFollowing>;
  stop: () => void;
} {
  const store = createStore<ScreenFollowing>()(() => ({ view: null, now: 0, lostSince: null, isUnreachable: false }));
  const startedAt = monotonic();
  /** When the last answer was asked for: what it tells cannot be newer than what it was when it came. */
  let answered: { at: number; serverTime: number } | null = null;
  let isAsking = false;
  let isAskedAgain = false;

  const serverNow = (): number => (answered === null ? 0 : answered.serverTime + (monotonic() - answered.at));

  const ask = async (): Promise<void> => {
    if (isAsking) {
      isAskedAgain = true;
      return;
    }
    isAsking = true;
    try {
      do {
        isAskedAgain = false;
        const view = await client.call('screen.state', { floor });
        answered = { at: monotonic(), serverTime: Date.parse(view.serverTime) };
        store.setState({ view, now: answered.serverTime, lostSince: null, isUnreachable: false });
      } while (isAskedAgain);
    } catch {
      // Told by the silence; the next poll, or the next connection, asks again.
    } finally {
      isAsking = false;
    }
  };

  const greet = async (): Promise<void> => {
    if (subscribes) await client.call('events.subscribe', { topics: ['queue', 'sync'] }).catch(() => undefined);
    await ask();
  };

  const tick = (): void => {
    if (answered === null) {
      if (monotonic() - startedAt >= SILENT_MS) store.setState({ isUnreachable: true });
      return;
    }
    const isLost = monotonic() - answered.at >= SILENT_MS;
    store.setState({
      now: serverNow(),
      lostSince: isLost ? new Date(answered.serverTime).toISOString() : null,
    });
  };

  const endings = [
    client.onState((state) => {
      if (state === 'up') void greet();
    }),
    client.on('queue.changed', () => void ask()),
    client.on('sync.changed', () => void ask()),
  ];
  const timers = [setInterval(() => void ask(), POLL_MS), setInterval(tick, TICK_MS)];
  if (client.state() === 'up') void greet();
  return {
    store,
    stop() {
      for (const end of endings) end();
      for (const timer of timers) clearInterval(timer);
    },
  };
}
