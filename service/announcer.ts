import type { EventName, EventPayload, SyncLine } from '../contract/rpc.ts';
import type { ServicePush } from '../contract/serviceProtocol.ts';

/** Tells pages what changed, always after the transaction that changed it was committed. */
export class Announcer {
  readonly #audience: (event: EventName) => string[];
  readonly #push: (push: ServicePush) => void;
  readonly #readLine: () => SyncLine | null;
  readonly #queueChanged: () => void;
  #isLineDue = false;

  /** @param readLine the sync line now, or null once the store is closed */
  constructor(options: {
    audience: (event: EventName) => string[];
    push: (push: ServicePush) => void;
    readLine: () => SyncLine | null;
    /** Before the pages hear that the queue changed. */
    queueChanged: () => void;
  }) {
    this.#audience = options.audience;
    this.#push = options.push;
    this.#readLine = options.readLine;
    this.#queueChanged = options.queueChanged;
  }

  /** To every connection that subscribed to the event's topic. */
  publish<E extends EventName>(event: E, payload: EventPayload<E>): void {
    if (event === 'queue.changed') this.#queueChanged();
    for (const connection of this.#audience(event)) this.#push({ connection, event, payload });
  }

  /** What changed while nobody was signed in on this connection was of no use to it: its lists load anew. */
  casesTo(connection: string): void {
    if (this.#audience('cases.changed').includes(connection))
      this.#push({ connection, event: 'cases.changed', payload: { ids: [] } });
  }

  /** The sync line changed; several changes of one moment are told once. */
  line(): void {
    if (this.#isLineDue) return;
    this.#isLineDue = true;
    setImmediate(() => {
      this.#isLineDue = false;
      const line = this.#readLine();
      if (line) this.publish('sync.changed', line);
    });
  }

  /** Of these streams the cases changed, here or in where they are, or the blanks did. */
  cases(streams: readonly string[]): void {
    const ids = streams.filter((stream) => stream.startsWith('case:')).map((stream) => stream.slice('case:'.length));
    if (ids.length > 0) this.publish('cases.changed', { ids });
    if (streams.some((stream) => /^(print|printer):/.test(stream))) this.publish('certificate.changed', {});
    if (streams.some((stream) => /^(ticket|window|plan|issue|release|appointment|prereview|help):/.test(stream)))
      this.publish('queue.changed', {});
    if (streams.some((stream) => stream.startsWith('return:'))) this.publish('returned.changed', {});
    if (streams.some((stream) => /^(blanks|count):/.test(stream))) this.publish('blanks.changed', {});
  }
}
