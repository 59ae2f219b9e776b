import type { Database } from 'better-sqlite3';
import type { Network } from '../engine/network.ts';
import type { Random } from '../engine/random.ts';
import type { Tap } from '../engine/simLine.ts';
import type { Trace } from '../engine/trace.ts';
import type { VirtualTime } from '../engine/virtualTime.ts';
import type { Wire } from '../engine/wire/wire.ts';
import type { OlderVersion } from './olderProgram.ts';
import type { Promises } from './promises.ts';

/** What a machine knows of the world around it. */
export interface Surroundings {
  /** Where the disks are. */
  readonly dir: string;
  readonly time: VirtualTime;
  readonly trace: Trace;
  readonly network: Network;
  readonly chance: Random;
  /** Whether people scan pages in this run: not in all, for it takes time. */
  readonly hasImages: boolean;
  /** Whether terminals keep a journal on a second medium in this run. */
  readonly hasJournal: boolean;
  readonly promises: Promises;
  /** What scanned pages travel over. */
  readonly wire: Wire;
  /** Draws what becomes of files that nobody flushed, and how long each flush takes. */
  readonly filesChance: Random;
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
