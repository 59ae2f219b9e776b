import type { FastifyReply, FastifyRequest } from 'fastify';

/** Nobody waits longer for those before: their lines may be dead, and then they never come, ms. */
const PATIENCE_MS = 1_000;

interface Turn {
  /** Of the same sender, not over yet when this one was taken. */
  before: readonly Turn[];
  over: Promise<void>;
  end: () => void;
}

/**
 * The order in which requests of one sender began. Of a backlog several pushes are on their way at once, each over a
 * connection of its own: the last byte of a later one may come first, and its signature may be examined sooner.
 */
export class Turns {
  /** Of each sender those that are not over. */
  readonly #open = new Map<string, Set<Turn>>();
  readonly #turns = new WeakMap<FastifyRequest, Turn>();

  /** A request has its place from here on, before its body has come, until it says so or is over. */
  take(sender: string, request: FastifyRequest, reply: FastifyReply): void {
    const open = this.#open.get(sender) ?? new Set();
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const turn: Turn = {
      before: [...open],
      over,
      end: () => {
        if (open.delete(turn) && open.size === 0) this.#open.delete(sender);
        resolve();
      },
    };
    this.#open.set(sender, open.add(turn));
    this.#turns.set(request, turn);
    reply.raw.once('close', turn.end);
  }

  /** Resolves when those before it are where they belong, or after a second: then it is as if they had never come. */
  async come(request: FastifyRequest): Promise<void> {
    const before = this.#turns.get(request)?.before.map(({ over }) => over) ?? [];
    if (before.length === 0) return;
    const patience = Promise.withResolvers<void>();
    const timer = setTimeout(patience.resolve, PATIENCE_MS);
    await Promise.race([Promise.all(before), patience.promise]);
    clearTimeout(timer);
    for (const turn of this.#turns.get(request)?.before ?? []) turn.end();
  }

  /** What comes after this request comes after it from here on. */
  end(request: FastifyRequest): void {
    this.#turns.get(request)?.end();
  }
}
