import type { Database } from 'better-sqlite3';
import type { Network, Tap } from '../engine/network.ts';
import type { Random } from '../engine/random.ts';
import type { Trace } from '../engine/trace.ts';
import type { VirtualTime } from '../engine/virtualTime.ts';
import type { OlderVersion } from './olderProgram.ts';

/** What a machine knows of the world around it. */
export interface Surroundings {
  /** Where the disks are. */
  readonly dir: string;
  readonly time: VirtualTime;
  readonly trace: Trace;
  readonly network: Network;
  readonly chance: Random;
  /** The world's own timer: no machine's death ends it. */
  later(ms: number, run: () => void): void;
  /** Something that must not happen has happened. */
  fail(reason: string): void;
  /** The connection of a program that is dead: closed once nothing of it runs any more. */
  bury(db: Database | null): void;
  /** What listens on the lines of a terminal. */
  tapFor(terminal: { name: string; speaks: OlderVersion | null }): Tap;
  /** The connection by which a machine committed last. */
  databaseOf(machine: { name: string }): Database | null;
}
