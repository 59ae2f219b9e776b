import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { copyFiles, cutPower, Killed, type Moment } from '../engine/disk.ts';
import type { FileHost, FileMoment } from '../engine/files/access.ts';
import { Volume } from '../engine/files/volume.ts';
import { Life, runIn } from '../engine/scope.ts';
import type { Surroundings } from './surroundings.ts';

export type Death = 'kill' | 'power-cut';

/** Something that happens to a machine at one of its next commits, or when it flushes or renames a file. */
export interface Planned {
  moment: Moment | FileMoment;
  /** Such moments until then. */
  countdown: number;
  death: Death;
}

/** A machine of the hall: a disk, a clock of its own, and a program that may die and start anew. */
export abstract class Machine implements FileHost {
  readonly name: string;
  readonly world: Surroundings;
  /** What its wall clock is wrong by, ms. */
  skewMs = 0;
  /** Writes fail meanwhile. */
  diskFault: 'SQLITE_FULL' | 'SQLITE_IOERR' | null = null;
  /** For good: no start that was still due takes place. */
  isPutAway = false;
  planned: Planned | null = null;
  life: Life | null = null;
  /** What lies beside the database. */
  readonly volume: Volume;
  #dir: string;
  #lives = 0;
  #bootedAt = 0;

  constructor(world: Surroundings, name: string, template: string) {
    this.world = world;
    this.name = name;
    this.#dir = path.join(world.dir, `${name}-0`);
    copyFiles(template, this.#dir);
    this.volume = new Volume(this.#dir);
  }

  get writeError(): FileHost['writeError'] {
    if (this.diskFault === null) return null;
    return this.diskFault === 'SQLITE_FULL' ? 'ENOSPC' : 'EIO';
  }

  get dir(): string {
    return this.#dir;
  }

  get isUp(): boolean {
    return this.life !== null && !this.life.isOver;
  }

  readonly now = (): number => this.world.time.now + this.skewMs;
  readonly monotonic = (): number => this.world.time.now - this.#bootedAt;

  /** Database file of the machine. */
  protected abstract readonly file: string;
  /** The live connection, to ask it how durable it is. */
  protected abstract readonly db: Database | null;
  protected abstract begin(life: Life): Promise<void>;

  /** Something is wrong that keeps a program from starting. */
  protected get isHindered(): boolean {
    return this.diskFault !== null;
  }

  async start(): Promise<void> {
    if (this.isUp) return;
    const life = new Life(this.name);
    this.life = life;
    this.#bootedAt = this.world.time.now;
    try {
      await runIn(life, () => this.begin(life));
    } catch (error) {
      if (life.isOver) return;
      life.isOver = true;
      if (error instanceof Killed) return;
      if (!this.isHindered) throw error;
      this.world.trace.note(`${this.name} does not start: ${(error as Error).message}`);
      this.restartIn(3000);
    }
  }

  /** @param takes how its disk is changed while nobody runs on it */
  die(death: Death, restartMs = 500, takes?: (dir: string) => void): void {
    if (!this.life || this.life.isOver) return;
    const { db } = this;
    const isFull = db?.open ? db.pragma('synchronous', { simple: true }) === 2 : true;
    this.life.isOver = true;
    this.release();
    this.planned = null;
    this.#lives += 1;
    const next = path.join(this.world.dir, `${this.name}-${this.#lives}`);
    copyFiles(this.#dir, next);
    this.volume.moveTo(next);
    if (death === 'power-cut') {
      cutPower(path.join(next, this.file), isFull, this.world.chance);
      this.volume.cutPower(this.world.filesChance);
    }
    this.#dir = next;
    if (takes) {
      takes(next);
      this.volume.forget();
    }
    this.world.wire.ended(this.life, death === 'kill');
    this.world.trace.count(death);
    this.world.trace.note(`${this.name}: ${death}`);
    this.world.bury(db);
    this.restartIn(restartMs);
  }

  restartIn(ms: number): void {
    this.world.later(ms, () => {
      if (this.isUp || this.isPutAway) return;
      this.world.trace.note(`${this.name} starts`);
      void this.start().catch((error: unknown) => this.world.fail(`${this.name} did not start: ${String(error)}`));
    });
  }

  /** Nothing goes wrong with it from here on. */
  heal(): void {
    this.planned = null;
    this.diskFault = null;
  }

  /** What its program held elsewhere ends with it. */
  release(): void {}

  /** A copy of the disk as it is, for later. @returns its folder */
  keepCopy(label: string): string {
    const copy = path.join(this.world.dir, `${this.name}-${label}`);
    rmSync(copy, { recursive: true, force: true });
    mkdirSync(copy, { recursive: true });
    copyFiles(this.#dir, copy);
    return copy;
  }

  /** In front of or after something that its program makes durable. @throws Killed */
  at(moment: Moment | FileMoment): void {
    const { planned } = this;
    if (planned?.moment !== moment) return;
    planned.countdown -= 1;
    if (planned.countdown > 0) return;
    this.world.trace.count(`${planned.death} ${moment}`);
    this.die(planned.death, this.world.chance.int(200, 3000));
    throw new Killed();
  }
}
