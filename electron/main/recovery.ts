import type { BrowserWindow } from 'electron';
import type { Log } from './log.ts';

const MAX_RELOADS = 3;
const WITHIN_MS = 60_000;

/** Counts events in a sliding window. */
export class Budget {
  readonly #max: number;
  readonly #withinMs: number;
  #times: number[] = [];

  constructor(max: number, withinMs: number) {
    this.#max = max;
    this.#withinMs = withinMs;
  }

  /** @returns false when there were already `max` in the last `withinMs` */
  spend(nowMs: number): boolean {
    this.#times = this.#times.filter((time) => nowMs - time < this.#withinMs);
    if (this.#times.length >= this.#max) return false;
    this.#times.push(nowMs);
    return true;
  }
}

/** A crashed page is loaded again; one that keeps crashing gives way to the failure page. */
export function recoverPage(window: BrowserWindow, urls: { start: string; failure: () => string }, log: Log): void {
  const budget = new Budget(MAX_RELOADS, WITHIN_MS);
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    const again = budget.spend(Date.now());
    log.warn('page process gone', { reason: details.reason, exitCode: details.exitCode, again });
    // Not within the event: the contents are still being taken down.
    setImmediate(() => {
      if (!window.isDestroyed()) void window.loadURL(again ? urls.start : urls.failure());
    });
  });
}
