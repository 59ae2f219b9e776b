import type { LiveHub } from './live.ts';

/** Between two comments on a live line, ms (contract: every 15 s). */
const EVERY_MS = 15_000;

export interface HeartbeatOptions {
  hub: Pick<LiveHub, 'beat'>;
  isActive: (device: string) => Promise<boolean>;
  onFailed: () => void;
}

/**
 * Keeps the live lines alive, spread over the time between two comments: thousands of lines written to at once would keep
 * everybody else waiting for a fifth of a second.
 * @returns ends it
 */
export function startHeartbeat({ hub, isActive, onFailed }: HeartbeatOptions): () => void {
  let timer = setTimeout(beat, EVERY_MS);
  let isOver = false;

  async function beat(): Promise<void> {
    const share = await hub.beat(isActive).catch(() => {
      onFailed();
      return 1;
    });
    if (!isOver) timer = setTimeout(beat, EVERY_MS * share);
  }

  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
