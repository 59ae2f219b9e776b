/** No answer came, or none that could be read. `sent`: the other side may have acted all the same. */
export class LineError extends Error {
  override name = 'LineError';
  readonly sent: boolean;
  /** What had to be asked before was turned away as too much at once, for so many ms; null: that is not why. */
  readonly busyForMs: number | null;

  constructor(cause: unknown, sent: boolean, busyForMs: number | null = null) {
    super(cause instanceof Error ? cause.name : 'fetch', { cause });
    this.sent = sent;
    this.busyForMs = busyForMs;
  }
}

/** No stream of hints comes through, though the line itself may be sound. */
export class NoStreamError extends LineError {
  override name = 'NoStreamError';
}

/** Given up because who asked after it was answered first: its connection was dead. It is safe to repeat. */
export class OvertakenError extends LineError {
  override name = 'OvertakenError';
}

export interface LineAnswer {
  ok: boolean;
  status: number;
  body: unknown;
  /** When it is worth asking again, ms: of a body that says `after`, or from `Retry-After`. */
  retryAfterMs: number | null;
}

export interface Exchange {
  method: 'GET' | 'POST';
  /** From the root on. */
  path: string;
  /** Sent as JSON; bytes are JSON already. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  deadlineMs?: number;
  /** Gives the exchange up. */
  signal?: AbortSignal;
  /** Asked also of a line that was given up; its answer makes that good, and that none came says nothing new. */
  isTrial?: boolean;
}

/** JSON and hints to one address: terminal to hub, hub to centre. It knows no schema. */
export interface Line {
  /** Sent with every request. */
  readonly headers: Map<string, string>;
  setToken(token: string): void;
  /** So much got no answer that nothing is sent for a while. */
  readonly isGivenUp: boolean;
  /** @throws LineError when no readable answer came within the deadline */
  exchange(exchange: Exchange): Promise<LineAnswer>;
  /**
   * The data of each `event: hint`, until the stream ends, the other side falls silent, or `signal` fires.
   * @throws NoStreamError when the other side sends none, or nothing of it arrives
   */
  hints(path: string, signal: AbortSignal): AsyncGenerator<unknown>;
}

/** How a line to an address is made: over HTTP, or over the simulated network. */
export type Connect = (url: string) => Line;
