import type { Writable } from 'node:stream';
import type { LiveHint } from '../contract/sync.ts';
import { SpokenVersions } from './spokenVersions.ts';

/** Lines written to in one turn of the event loop: some 2 ms, which whoever pushes meanwhile waits longer. */
const SLICE = 200;
/** How many heartbeats a listener may let pass without reading. */
const PATIENCE = 4;

/**
 * One listener's stream of server-sent events. While it does not read, hints are not queued but remembered as the last
 * head of each scope: a slow or dead listener costs a few bytes, whatever happens meanwhile.
 */
export class HintStream {
  readonly #out: Writable;
  readonly #pending = new Map<string, number>();
  #isBlocked = false;
  #missedBeats = 0;

  constructor(out: Writable) {
    this.#out = out;
    out.on('drain', () => {
      this.#isBlocked = false;
      this.#missedBeats = 0;
      for (const [scope, head] of [...this.#pending]) {
        if (this.#isBlocked) return;
        this.#pending.delete(scope);
        this.#send(scope, head);
      }
    });
    // The request's own close handler clears up; a reset line is no error of ours.
    out.on('error', () => {});
  }

  hint(scope: string, head: number): void {
    if (this.#isBlocked) this.#pending.set(scope, head);
    else this.#send(scope, head);
  }

  /** A comment, so that both ends and everything between see a living line. */
  beat(): void {
    if (!this.#isBlocked) this.#write(':\n\n');
    else if (++this.#missedBeats >= PATIENCE) this.#out.destroy();
  }

  end(): void {
    this.#out.end();
  }

  #send(scope: string, head: number): void {
    this.#write(`event: hint\ndata: ${JSON.stringify({ scope, head } satisfies LiveHint)}\n\n`);
  }

  #write(text: string): void {
    if (this.#out.writableEnded || this.#out.destroyed) return;
    this.#isBlocked = !this.#out.write(text);
  }
}

/** Who is told of hints. */
export type Listening = Pick<HintStream, 'hint' | 'beat' | 'end'>;

interface Listener {
  device: string;
  scopes: readonly string[];
  stream: Listening;
}

/** Who listens to which scope, and in which version of the protocol. */
export class LiveHub {
  readonly versions = new SpokenVersions();
  readonly #byScope = new Map<string, Set<Listener>>();
  readonly #listeners = new Set<Listener>();
  /** Of single devices that did not listen: these scopes have no head by which they would notice. */
  readonly #missed = new Set<string>();
  /** Who is still to be kept alive in this round; who comes meanwhile has been told just now that the line lives. */
  #round: Listener[] = [];

  get size(): number {
    return this.#listeners.size;
  }

  /** Scopes somebody listens to. */
  get scopes(): string[] {
    return [...this.#byScope.keys()];
  }

  /** Terminals of a hall with a live line. */
  terminalsOf(hall: string): string[] {
    const ofHall = this.#byScope.get(`hall:${hall}`) ?? new Set();
    return [...ofHall]
      .flatMap(({ scopes }) => scopes.flatMap((scope) => /^window:(.+)$/.exec(scope)?.[1] ?? []))
      .sort();
  }

  /** @returns ends the subscription; the stream itself is left alone */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    for (const scope of listener.scopes) {
      const group = this.#byScope.get(scope) ?? new Set();
      this.#byScope.set(scope, group.add(listener));
      if (this.#missed.delete(scope)) listener.stream.hint(scope, 0);
    }
    return () => {
      this.#listeners.delete(listener);
      for (const scope of listener.scopes) {
        const group = this.#byScope.get(scope);
        group?.delete(listener);
        if (group?.size === 0) this.#byScope.delete(scope);
      }
    };
  }

  publish(heads: readonly LiveHint[]): void {
    for (const { scope, head } of heads) {
      const group = this.#byScope.get(scope);
      if (!group && scope.startsWith('device:')) this.#missed.add(scope);
      if (group && group.size > SLICE) void inSlices([...group], ({ stream }) => stream.hint(scope, head));
      else for (const { stream } of group ?? []) stream.hint(scope, head);
    }
  }

  /** Ends the lines of devices that were revoked. */
  async endRevoked(isActive: (device: string) => Promise<boolean>): Promise<void> {
    await inSlices([...this.#listeners], async ({ device, stream }) => {
      if (!(await isActive(device))) stream.end();
    });
  }

  /**
   * Keeps the next lines alive, at most as many as may be written to in one go, and ends those of devices that were revoked.
   * @returns which part of all lines go in one go
   */
  async beat(isActive: (device: string) => Promise<boolean>): Promise<number> {
    if (this.#round.length === 0) this.#round = [...this.#listeners];
    for (const listener of this.#round.splice(0, SLICE)) {
      if (!this.#listeners.has(listener)) continue;
      if (await isActive(listener.device)) listener.stream.beat();
      else listener.stream.end();
    }
    return 1 / Math.max(1, Math.ceil(this.#listeners.size / SLICE));
  }

  close(): void {
    for (const { stream } of this.#listeners) stream.end();
  }
}

/** The first at once, the others turn by turn: what arrives meanwhile is read in between. */
async function inSlices<T>(items: readonly T[], each: (item: T) => void | Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += SLICE) {
    if (at > 0) await new Promise((resolve) => setImmediate(resolve));
    for (const item of items.slice(at, at + SLICE)) {
      const done = each(item);
      if (done) await done;
    }
  }
}
