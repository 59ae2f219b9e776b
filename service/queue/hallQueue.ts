import type { TerminalConfig } from '../../contract/config.ts';
import { YichuangError } from '../../contract/errors.ts';
import type { EventName, EventPayload } from '../../contract/rpc.ts';
import type { Store } from '../../db/store.ts';
import type { ClockRules } from '../../domain/clock/openTime.ts';
import type { SyncClient } from '../../sync/syncClient.ts';
import type { DeviceHost } from '../deviceHost.ts';
import type { Sessions } from '../sessions.ts';
import { QueueClient } from './client.ts';
import { Dispenser } from './dispenser.ts';
import type { HallNow } from './hallNow.ts';
import { HubWatch } from './hubWatch.ts';
import { LocalDesk } from './localDesk.ts';
import { Outputs } from './outputs.ts';
import { RatingDesk } from './ratingDesk.ts';
import { Signer } from './signer.ts';
import { WindowDesk } from './windowDesk.ts';

/** The program ends soon: so long it tries to tell the hub that the window is closed. */
const FAREWELL_MS = 1_000;

export interface HallQueueOptions {
  config: TerminalConfig;
  store: Store;
  hall: HallNow;
  sync: SyncClient;
  devices: DeviceHost;
  sessions: Sessions;
  rules: () => ClockRules;
  now: () => number;
  monotonic: () => number;
  newId: () => string;
  /** A transaction of ours is committed. */
  committed: (streams: string[]) => void;
  /** Something of the queue changed that is in no stream. */
  changed: () => void;
  publish: <E extends EventName>(event: E, payload: EventPayload<E>) => void;
  log: (event: string, fields: Record<string, unknown>) => void;
}

/** The queue at one machine: what it knows, what it asks, what it shows and says. Only where a hub is configured. */
export class HallQueue {
  readonly hall: HallNow;
  readonly watch: HubWatch;
  readonly client: QueueClient;
  readonly window: WindowDesk;
  readonly ratings: RatingDesk;
  /** Null where no numbers are given. */
  readonly dispenser: Dispenser | null;
  /** Null but at a pre-review terminal. */
  readonly signer: Signer | null;
  readonly #outputs: Outputs;
  readonly #options: HallQueueOptions;
  readonly #work = new Set<Promise<unknown>>();
  #isConnected = false;

  constructor(options: HallQueueOptions) {
    this.#options = options;
    const { config, store, sync, devices, now, monotonic, newId, committed, publish, log } = options;
    const { terminal } = config;
    this.hall = options.hall;
    this.watch = new HubWatch({
      sync,
      countUnsent: () => store.delivery.countUnsent(),
      monotonic,
      now,
      log,
      onChange: () => {
        options.changed();
        void this.dispenser?.look();
      },
    });
    const desk = new LocalDesk({ store, hall: this.hall, terminal, newId, onCommitted: committed });
    this.client = new QueueClient({
      sync,
      watch: this.watch,
      desk,
      hall: this.hall,
      onAnswer: (streams) => {
        this.#outputs.follow(streams);
        options.changed();
      },
    });
    this.window = new WindowDesk({ store, terminal: terminal.id, now, onCommitted: committed });
    this.ratings = new RatingDesk({
      store,
      terminal: terminal.id,
      now,
      monotonic,
      newId,
      onAsked: (asked) => {
        publish('rating.asked', asked);
        options.changed();
      },
      onOver: (over) => {
        publish('rating.over', over);
        options.changed();
      },
      onCommitted: committed,
      askLink: async ({ id, ticketId, number, caseId, about, clerk }) => {
        if (config.screen.shows !== 'citizen' || sync.state.link !== 'connected') return null;
        return sync.hall.ratingLink({ id, ticketId, number, caseId, about, clerk });
      },
    });
    const { client, watch, hall } = this;
    const dispenses = config.hall.dispenses ?? terminal.role === 'prereview';
    const { rules } = options;
    this.dispenser = dispenses
      ? new Dispenser({ config, store, hall, client, watch, desk, rules, now, newId, log })
      : null;
    this.#outputs = new Outputs({
      config,
      store,
      hall,
      devices,
      hubNow: () => now() + (sync.state.clockOffsetMs ?? 0),
      log,
    });
    this.signer = terminal.role === 'prereview' ? this.#openSigner() : null;
    if (this.keepsWindow) this.window.resume((connection) => options.sessions.get(connection)?.staff ?? null);
  }

  /** This machine stands at a window. */
  get keepsWindow(): boolean {
    return this.#options.config.terminal.role === 'window';
  }

  /** The line to the hub changed: it hears of this machine at once, not at the next beat. */
  noteLink(): void {
    const isConnected = this.#options.sync.state.link === 'connected';
    if (isConnected && !this.#isConnected) {
      void this.watch.look();
      this.ratings.noteHub();
    }
    this.#isConnected = isConnected;
  }

  /** These streams changed, here or elsewhere, and that is committed. */
  noteChanged(streams: readonly string[]): void {
    this.hall.refresh(streams);
    this.#outputs.follow(streams);
    this.ratings.noteChanged(streams);
    if (streams.some((stream) => /^(lease|plan):/.test(stream))) void this.dispenser?.look();
  }

  /** Goes on behind an answer; its failure is told to the log and to nobody else. */
  follow(work: Promise<void>, about: Record<string, unknown>): void {
    const followed = work.catch((error: unknown) => {
      const code = error instanceof YichuangError ? error.code : 'internal';
      this.#options.log('queue-follow-failed', { ...about, code });
    });
    this.#work.add(followed);
    void followed.finally(() => this.#work.delete(followed));
  }

  /** The page is gone, or its clerk does not come back: without a clerk a window is closed. */
  noteGone(): void {
    const clerk = this.window.record?.clerk?.id;
    const { sessions } = this.#options;
    const isHere = sessions.connections().some((each) => sessions.get(each)?.staff.number === clerk);
    if (this.keepsWindow && clerk !== undefined && !isHere) this.window.close();
  }

  /** Before the sync client stops: the hub should hear that nobody is here any more. */
  async stop(): Promise<void> {
    await this.watch.stop();
    this.ratings.stop();
    await Promise.all([this.dispenser?.stop(), ...this.#work]);
    if (!this.keepsWindow || this.window.record === null || this.window.record.state === 'closed') return;
    this.window.close();
    await Promise.race([this.#options.sync.sendWaiting(), delay(FAREWELL_MS)]);
  }

  #openSigner(): Signer {
    const { signer, changed } = Signer.open(this.#options.store, this.#options.config.terminal.id);
    if (changed.length > 0) queueMicrotask(() => this.#options.committed(changed));
    return signer;
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
