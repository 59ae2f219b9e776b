/** No answer came, or none that could be read. `sent`: the other side may have acted all the same. */
export class LineError extends Error {
  override name = 'LineError';
  readonly sent: boolean;

  constructor(cause: unknown, sent: boolean) {
    super(cause instanceof Error ? cause.name : 'fetch', { cause });
    this.sent = sent;
  }
}

export interface LineAnswer {
  ok: boolean;
  status: number;
  body: unknown;
  /** From `Retry-After`, ms. */
  retryAfterMs: number | null;
}

export interface Exchange {
  method: 'GET' | 'POST';
  /** From the root on. */
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  deadlineMs?: number;
}

/** JSON and hints to one address: terminal to hub, hub to centre. It knows no schema. */
export interface Line {
  /** Sent with every request. */
  readonly headers: Map<string, string>;
  setToken(token: string): void;
  /** @throws LineError when no readable answer came within the deadline */
  exchange(exchange: Exchange): Promise<LineAnswer>;
  /**
   * The data of each `event: hint`, until the stream ends, the other side falls silent, or `signal` fires.
   * @throws LineError when there is no stream
   */
  hints(path: string, signal: AbortSignal): AsyncGenerator<unknown>;
}

/** How a line to an address is made: over HTTP, or over the simulated network. */
export type Connect = (url: string) => Line;
