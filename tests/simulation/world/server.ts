import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import pino from 'pino';
import type { Centre, CentreOptions } from '../../../centre/options.ts';
import { startCentre } from '../../../centre/start.ts';
import { KEY_FILE_WARNING } from '../../../centre/store/keyFile.ts';
import { parseOpeningHours } from '../../../domain/clock/openingHours.ts';
import { AT_ONCE } from '../../../signing/signatures.ts';
import type { Looked } from '../engine/looked.ts';
import type { Life } from '../engine/scope.ts';
import { Machine } from './machine.ts';
import type { Surroundings } from './surroundings.ts';
import { RULES } from './template.ts';

/** Room held on the disk of a server, in runs in which it has more to hold than its database. */
export const RESERVE_BYTES = 4096;

/** Status of an answer to a push that is judged later. */
const HELD = 202;
const WAITS = 'SELECT 1 FROM waiting_push WHERE device = unhex(?) AND epoch = ? AND last = ?';
const IS_JUDGED = 'SELECT 1 FROM op WHERE device = unhex(?) AND epoch = ? AND seq = ?';

/** Whose ops a push is of. */
interface Named {
  device: string;
  epoch: number;
}

export interface ServerRole {
  /** Address of the centre: makes it the hub of the hall. */
  upstream?: string;
  code?: string;
  peer?: { url: string; startsAs: 'active' | 'standby' };
}

/** A centre, or a hub of the hall: the production program on a network that is simulated. */
export class Server extends Machine {
  readonly file = 'centre.db';
  readonly #role: ServerRole;
  centre: Centre | null = null;

  constructor(world: Surroundings, name: string, template: string, role: ServerRole = {}) {
    super(world, name, template);
    this.#role = role;
  }

  get url(): string {
    return `http://${this.name.toLowerCase()}:1`;
  }

  /** On its disk, whole. */
  hasImage(sha256: string): boolean {
    return existsSync(path.join(this.dir, 'blobs', sha256.slice(0, 2), sha256.slice(2)));
  }

  /** A PostgreSQL server that has its ops; undefined: its SQLite file. */
  get database(): CentreOptions['database'] {
    return undefined;
  }

  /** What the world sees of its data; null before it first wrote anything. */
  get looked(): Looked | null {
    return this.db;
  }

  /** Data of it that lie elsewhere are put back with a copy of its folder. */
  putBackData(_copy: string, _isWholeDisk: boolean): void {}

  protected get db(): Database | null {
    return this.world.connectionOf(this);
  }

  #log(line: string): void {
    const { level: _level, msg, ...fields } = JSON.parse(line) as { level: number; msg: string };
    if (msg !== KEY_FILE_WARNING) this.world.trace.note(`${this.name}: ${msg} ${JSON.stringify(fields)}`);
  }

  /** What it says to hold is durable when it says so: waiting, or judged already. */
  #checkHeld({ device, epoch }: Named, { acked }: { acked: number }): void {
    const { looked } = this;
    const has = (sql: string) => looked?.prepare(sql).get(device.replaceAll('-', ''), epoch, acked) !== undefined;
    if (!looked || !(has(WAITS) || has(IS_JUDGED)))
      this.world.fail(`${this.name} says that it holds ${device} ${epoch}/${acked} before it is durable`);
  }

  protected async begin(life: Life): Promise<void> {
    this.centre = null;
    const { upstream, code, peer } = this.#role;
    const { world, name, dir, database, now, monotonic, url } = this;
    this.centre = await startCentre({
      ...{ dataDir: dir, database, hall: 'main', now, monotonic },
      logger: pino({ level: 'warn', base: null, timestamp: false }, { write: (line: string) => this.#log(line) }),
      signatures: AT_ONCE,
      reserveBytes: world.hasImages ? RESERVE_BYTES : undefined,
      hours: parseOpeningHours({ usual: [...RULES] }),
      relay: upstream === undefined ? undefined : { upstream, code, name },
      peer: peer && { ...peer, name },
      connect: world.network.connectFrom(name, life),
      serve: async (app) => {
        app.addHook('onSend', async ({ body }, { statusCode }, payload) => {
          if (statusCode === HELD && !life.isOver)
            this.#checkHeld(body as Named, JSON.parse(String(payload)) as { acked: number });
          return payload;
        });
        await app.ready();
        world.network.serve(name, app, life);
        return url;
      },
    });
  }
}
