import type { Database } from 'better-sqlite3';
import type { OpJournal } from '../../../db/journal/journal.ts';
import { Store } from '../../../db/store.ts';
import { clockRules } from '../../../domain/clock/caseClock.ts';
import { QueueClient } from '../../../service/queue/client.ts';
import { Dispenser } from '../../../service/queue/dispenser.ts';
import { HallNow } from '../../../service/queue/hallNow.ts';
import { HubWatch } from '../../../service/queue/hubWatch.ts';
import { LocalDesk } from '../../../service/queue/localDesk.ts';
import { noteReturned } from '../../../service/returned/note.ts';
import { SyncClient } from '../../../sync/syncClient.ts';
import type { Life } from '../engine/scope.ts';
import { v7 } from '../engine/uuid.ts';
import { ImageDesk } from './imageDesk.ts';
import { Machine } from './machine.ts';
import type { OlderVersion } from './olderProgram.ts';
import { countLost, openStick } from './stick.ts';
import type { Surroundings } from './surroundings.ts';
import { KEY, RULES } from './template.ts';

export interface Running {
  store: Store;
  sync: SyncClient;
  watch: HubWatch;
  queue: QueueClient;
  dispenser: Dispenser;
  hall: HallNow;
  /** Null: nobody scans in this run. */
  images: ImageDesk | null;
}

/** A terminal: its store, its sync client and its part of the queue, put together as the service does. */
export class Terminal extends Machine {
  readonly file = 'yichuang.db';
  /** Its name in the hall; two machines of one name are a machine and its copy. */
  readonly id: string;
  readonly #urls: readonly string[];
  /** Of its enrolment. */
  code: string;
  /** An older version of the protocol; null: the present one. */
  speaks: OlderVersion | null = null;
  running: Running | null = null;

  constructor(
    world: Surroundings,
    { name, id = name }: { name: string; id?: string },
    template: string,
    urls: readonly string[],
    code: string,
  ) {
    super(world, name, template);
    this.id = id;
    this.#urls = urls;
    this.code = code;
  }

  /** A second machine of the same name, which begins with these files. */
  copyOf(name: string, files: string): Terminal {
    const copy = new Terminal(this.world, { name, id: this.id }, files, this.#urls, this.code);
    copy.speaks = this.speaks;
    return copy;
  }

  protected get db(): Database | null {
    return this.running?.store.db ?? null;
  }

  protected async begin(life: Life): Promise<void> {
    this.running = null;
    const { world, name, id, now, monotonic, dir } = this;
    const { promises } = world;
    const told = promises.journaled.get(name);
    const lost = told && !promises.putBack.has(name) ? await countLost(dir, told) : 0;
    if (lost > 0) world.fail(`the journal of ${name} lacks ${lost} ops that it said to have`);
    let journal: OpJournal | null = null;
    const store = Store.open({ dir, keyHex: KEY, now, newId: v7, onCommitted: () => journal?.note() });
    if (world.hasJournal)
      journal = openStick(dir, store, now, (has) => {
        if (has.hashes.length > 0) world.trace.count('op in the journal');
        promises.journaled.set(name, has);
      });
    const rules = () => clockRules({ usual: [...RULES] });
    const hall = new HallNow(store, now, rules);
    const [url = '', ...standby] = this.#urls;
    const config = { terminal: { id } };
    const context = { store, config };
    noteReturned(context);
    const sync = new SyncClient({
      ...{ store, url, standby, terminal: id, hall: 'main', enrolmentCode: this.code, now, monotonic },
      connect: world.network.connectFrom(name, life, world.tapFor(this)),
      onChange: () => {},
      onStreams: (streams) => {
        const noted = noteReturned(context);
        hall.refresh([...streams, ...noted]);
        if (noted.length > 0) sync.notify();
      },
      onPublished: () => {},
      log: (event, fields) => {
        world.trace.note(`${name}: ${event} ${JSON.stringify(fields)}`);
      },
    });
    const log = () => {};
    const watch = new HubWatch({
      ...{ sync, monotonic, now, log, onChange: () => {} },
      countUnsent: () => store.delivery.countUnsent(),
    });
    const desk = new LocalDesk({
      ...{ store, hall, newId: v7, terminal: { id, floor: 3 } },
      onCommitted: () => sync.notify(),
    });
    const queue = new QueueClient({ sync, watch, desk, hall, onAnswer: () => {} });
    const dispenser = new Dispenser({ config, store, hall, client: queue, watch, desk, rules, now, newId: v7, log });
    const note = (line: string) => world.trace.note(line);
    const images = world.hasImages ? new ImageDesk({ name, store, sync, now, note }) : null;
    this.running = { store, sync, watch, queue, dispenser, hall, images };
  }
}
