import { type Line, LineError, NoStreamError } from './line.ts';

/** Where no stream comes through it is tried again after this, ms: the proxy may be gone. */
const TRY_STREAM_AGAIN_MS = 300_000;
/** For one question; the contract allows no more. */
const WAIT_MS = 25_000;
const WAIT_DEADLINE_MS = WAIT_MS + 10_000;

export interface Hint {
  scope: string;
  head: number;
}

export interface LiveLineOptions {
  line: Line;
  /** Makes a hint of what came; null: it is none. */
  readHint: (data: unknown) => Hint | null;
  /** Positions that are no news. */
  known: () => ReadonlyMap<string, number>;
  /** The other side answers `wait`. */
  canWait: () => boolean;
  /** Milliseconds of a clock that only goes forward. */
  monotonic?: (() => number) | undefined;
}

/**
 * Hints from the other side: by a stream, and where a proxy swallows it, by questions that are answered when there is
 * news. A lost hint costs a pause, never a row.
 */
export class LiveLine {
  readonly #options: LiveLineOptions;
  readonly #monotonic: () => number;
  #noStreamUntil = Number.NEGATIVE_INFINITY;

  constructor(options: LiveLineOptions) {
    this.#options = options;
    this.#monotonic = options.monotonic ?? (() => performance.now());
  }

  /** By questions at the moment, not by a stream. */
  get isWaiting(): boolean {
    return this.#monotonic() < this.#noStreamUntil;
  }

  /** Until the line ends or the signal fires. @throws LineError, and what the line throws */
  async *hints(signal: AbortSignal): AsyncGenerator<Hint> {
    const { line, readHint, canWait } = this.#options;
    if (!this.isWaiting) {
      try {
        for await (const data of line.hints('/sync/v1/live', signal)) {
          const hint = readHint(data);
          if (hint) yield hint;
        }
        return;
      } catch (error) {
        if (!(error instanceof NoStreamError) || !canWait()) throw error;
        this.#noStreamUntil = this.#monotonic() + TRY_STREAM_AGAIN_MS;
      }
    }
    yield* this.#ask(signal);
  }

  async *#ask(signal: AbortSignal): AsyncGenerator<Hint> {
    const { line, readHint, known } = this.#options;
    const told = new Map<string, number>();
    while (!signal.aborted && this.isWaiting) {
      // What was told once is no news, also while it is not yet pulled.
      for (const [scope, pos] of known()) told.set(scope, Math.max(pos, told.get(scope) ?? 0));
      const positions = [...told].map(([scope, pos]) => `${scope}@${pos}`).join(',');
      const query = new URLSearchParams({ known: positions, waitMs: String(WAIT_MS) });
      const path = `/sync/v1/wait?${query.toString()}`;
      const { ok, status, body } = await line.exchange({ method: 'GET', path, deadlineMs: WAIT_DEADLINE_MS, signal });
      if (!ok) throw new LineError(new Error(`wait ${status}`), true);
      for (const data of hintsIn(body)) {
        const hint = readHint(data);
        if (!hint) continue;
        if (hint.head > 0) told.set(hint.scope, Math.max(hint.head, told.get(hint.scope) ?? 0));
        yield hint;
      }
    }
  }
}

function hintsIn(body: unknown): unknown[] {
  const hints = (body as { hints?: unknown } | null)?.hints;
  return Array.isArray(hints) ? hints : [];
}
