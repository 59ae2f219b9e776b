import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CitizenState } from '../../contract/rpc/rating.ts';
import type { Grade } from '../../domain/rating/types.ts';
import { toFailure } from '../app/failure.ts';
import type { RpcClient } from '../rpc/client.ts';

export interface CitizenFollowing {
  /** The last answer; null before the first. */
  view: CitizenState | null;
  /** What is left to rate, ms. */
  remainingMs: number;
  /** `failed`: nothing was kept of the last press, and it can be pressed again. */
  answering: 'idle' | 'sending' | 'failed';
  /** A grade was kept a moment ago. Which one is not known here any more. */
  isThanking: boolean;
  /** Nothing answers: what the page knows is too old to stand in front of somebody. */
  isLost: boolean;
}

/** A lost event costs at most this. */
const POLL_MS = 3_000;
const SILENT_MS = 5_000;
const TICK_MS = 250;
const THANKS_MS = 6_000;

/**
 * Keeps the citizen's page true for ever, and takes one grade.
 * @param options.monotonic ms that never jump
 * @returns the store, what a press does, and what ends it
 */
export function followCitizen({ client, monotonic }: { client: RpcClient; monotonic: () => number }): {
  store: StoreApi<CitizenFollowing>;
  rate: (grade: Grade) => Promise<void>;
  stop: () => void;
} {
  const store = createStore<CitizenFollowing>()(() => ({
    view: null,
    remainingMs: 0,
    answering: 'idle',
    isThanking: false,
    isLost: false,
  }));
  let heardAt = monotonic();
  let ratingEndsAt = 0;
  let thanksEndAt = 0;
  /** Answered here: an older answer on its way must not ask again. */
  let answered: string | null = null;
  let isAsking = false;
  let isAskedAgain = false;

  const take = (view: CitizenState, askedAt: number): void => {
    const rating = view.rating?.id === answered ? null : view.rating;
    const isNew = rating !== null && rating.id !== store.getState().view?.rating?.id;
    heardAt = askedAt;
    ratingEndsAt = askedAt + (rating?.remainingMs ?? 0);
    if (isNew || view.current?.isHere) thanksEndAt = 0;
    store.setState({ view: { ...view, rating }, isLost: false, ...(isNew && { answering: 'idle' }) });
    tick();
  };

  const ask = async (): Promise<void> => {
    if (isAsking) {
      isAskedAgain = true;
      return;
    }
    isAsking = true;
    try {
      do {
        isAskedAgain = false;
        const askedAt = monotonic();
        take(await client.call('citizen.state', {}), askedAt);
      } while (isAskedAgain);
    } catch {
      // Told by the silence; the next poll, or the next connection, asks again.
    } finally {
      isAsking = false;
    }
  };

  const dropRating = (): void => {
    const { view } = store.getState();
    if (view) store.setState({ view: { ...view, rating: null }, remainingMs: 0 });
  };

  const tick = (): void => {
    const now = monotonic();
    const { view } = store.getState();
    const remainingMs = Math.max(0, ratingEndsAt - now);
    store.setState({ remainingMs, isThanking: now < thanksEndAt, isLost: now - heardAt >= SILENT_MS });
    if (view?.rating && remainingMs === 0) dropRating();
  };

  const rate = async (grade: Grade): Promise<void> => {
    const { view, answering } = store.getState();
    const id = view?.rating?.id;
    if (id === undefined || answering === 'sending') return;
    store.setState({ answering: 'sending' });
    try {
      await client.call('rating.submit', { id, way: 'screen', grade });
      thanksEndAt = monotonic() + THANKS_MS;
    } catch (error) {
      if (toFailure(error).code !== 'rating-over') {
        if (store.getState().view?.rating?.id === id) store.setState({ answering: 'failed' });
        return;
      }
    }
    answered = id;
    store.setState({ answering: 'idle' });
    if (store.getState().view?.rating?.id === id) dropRating();
    tick();
    void ask();
  };

  const again = () => void ask();
  const endings = [
    client.onState((state) => {
      if (state === 'up') again();
    }),
    client.on('queue.changed', again),
    client.on('rating.asked', again),
    client.on('rating.over', again),
  ];
  const timers = [setInterval(again, POLL_MS), setInterval(tick, TICK_MS)];
  if (client.state() === 'up') again();
  return {
    store,
    rate,
    stop() {
      for (const end of endings) end();
      for (const timer of timers) clearInterval(timer);
    },
  };
}
