import path from 'node:path';
import { type Line, LineLostError, PostgresError } from '../../../centre/store/postgres/line.ts';
import type { SimulatedDatabase } from '../engine/database/database.ts';
import type { LineHost, LineMoment } from '../engine/database/watchLines.ts';
import type { Looked } from '../engine/looked.ts';
import { type Life, outside } from '../engine/scope.ts';
import { Server } from './server.ts';
import type { Surroundings } from './surroundings.ts';

/** Something that happens to the connection at one of its next moments. */
export interface PlannedBreak {
  moment: LineMoment;
  countdown: number;
  /** For so long nobody gets through afterwards; 0: the next connection is there at once. */
  awayMs: number;
}

/** What a server says whose disk is full, or fails. */
const DISK_CODES = { SQLITE_FULL: '53100', SQLITE_IOERR: '58030' } as const;

/**
 * The centre with its ops on a real PostgreSQL. When its machine dies, its connection ends and the server rolls back what was
 * open: what was committed is there. The server itself neither dies nor forgets; it can be out of reach.
 */
export class ServerOnPostgres extends Server implements LineHost {
  readonly #database: SimulatedDatabase;
  plannedBreak: PlannedBreak | null = null;
  #line: Line | null = null;
  #session = 0;
  /** In this life. */
  #wasBroken = false;
  #awayUntil = 0;
  /** Of the life that last opened the database. */
  #openedIn = '';
  /** Folder of a copy of its files → what the tables held then. */
  readonly #kept = new Map<string, string>();

  constructor(world: Surroundings, name: string, template: string, database: SimulatedDatabase) {
    super(world, name, template);
    this.#database = database;
    database.reset();
  }

  override get database(): SimulatedDatabase['address'] {
    return this.#database.address;
  }

  override get looked(): Looked | null {
    if (this.#openedIn === '') return null;
    return {
      open: true,
      name: path.join(this.#openedIn, this.file),
      prepare: (sql) => outside(() => this.#database.prepare(sql)),
    };
  }

  get isAway(): boolean {
    return this.world.time.now < this.#awayUntil;
  }

  /** From now on, for so long, nobody gets through to the database. */
  loseDatabase(ms: number): void {
    this.world.trace.count('database out of reach');
    this.world.trace.note(`${this.name} does not reach its database for ${ms} ms`);
    this.#break(ms);
  }

  opened(line: Line): void {
    this.#line = line;
    this.#openedIn = this.dir;
  }

  closed(line: Line): void {
    if (this.#line === line) this.#line = null;
  }

  answered(session: number): void {
    this.#session = session;
  }

  atLine(moment: LineMoment): void {
    if (this.isAway) throw new LineLostError('out of reach');
    if (moment !== 'question') {
      if (moment === 'before-commit' && this.diskFault !== null) {
        this.world.countDiskFault(this.diskFault);
        throw new PostgresError(DISK_CODES[this.diskFault], 'could not write');
      }
      this.at(moment);
    }
    const { plannedBreak: planned } = this;
    if (planned?.moment !== moment) return;
    planned.countdown -= 1;
    if (planned.countdown > 0) return;
    this.plannedBreak = null;
    this.world.trace.count(`database line broken ${moment}`);
    this.world.trace.note(`${this.name}: its connection to the database breaks, ${moment}`);
    this.#break(planned.awayMs);
    throw new LineLostError('broken');
  }

  override heal(): void {
    super.heal();
    this.plannedBreak = null;
    this.#awayUntil = 0;
  }

  override keepCopy(label: string): string {
    const copy = super.keepCopy(label);
    this.#kept.set(copy, this.#database.keep());
    return copy;
  }

  override putBackData(copy: string, isWholeDisk: boolean): void {
    this.#database.putBack(this.#kept.get(copy) ?? '', !isWholeDisk);
  }

  override release(): void {
    const line = this.#line;
    if (!line) return;
    this.#line = null;
    outside(() => {
      line.close();
      this.#database.waitUntilUnlocked();
    });
  }

  protected override get isHindered(): boolean {
    return super.isHindered || this.isAway || this.#wasBroken;
  }

  protected override async begin(life: Life): Promise<void> {
    this.#wasBroken = false;
    await super.begin(life);
  }

  #break(awayMs: number): void {
    this.#wasBroken = true;
    this.#awayUntil = Math.max(this.#awayUntil, this.world.time.now + awayMs);
    const line = this.#line;
    if (line) outside(() => this.#database.breakLine(line, this.#session));
  }
}
