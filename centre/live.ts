import type { Writable } from 'node:stream';
import type { LiveHint } from '../contract/sync.ts';
import { SpokenVersions } from './spokenVersions.ts';

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
      for (const { stream } of this.#byScope.get(scope) ?? []) stream.hint(scope, head);
    }
  }

  /** Keeps the lines alive, and ends those of devices that were revoked. */
  async beat(isActive: (device: string) => Promise<boolean>): Promise<void> {
    await this.endRevoked(isActive);
    for (const { stream } of [...this.#listeners]) stream.beat();
  }

  /** Ends the lines of devices that were revoked. */
  async endRevoked(isActive: (device: string) => Promise<boolean>): Promise<void> {
    for (const { device, stream } of [...this.#listeners]) if (!(await isActive(device))) stream.end();
  }

  close(): void {
    for (const { stream } of this.#listeners) stream.end();
  }
}
