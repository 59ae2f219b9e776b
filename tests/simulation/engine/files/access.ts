import { Killed } from '../disk.ts';
import type { Random } from '../random.ts';
import { type Life, livesNow } from '../scope.ts';
import type { VirtualTime } from '../virtualTime.ts';
import type { Volume } from './volume.ts';

export type FileMoment = 'before-fsync' | 'after-fsync' | 'before-rename' | 'after-rename';

/** A machine as its files see it. */
export interface FileHost {
  readonly volume: Volume;
  /** In front of or behind something that a crash divides from what follows. @throws Killed */
  at(moment: FileMoment): void;
  /** What writes fail with at the moment; null: they do not. */
  readonly writeError: 'ENOSPC' | 'EIO' | null;
}

export interface FileWorld {
  readonly time: VirtualTime;
  /** How long each thing takes. */
  readonly random: Random;
  hostOf(life: Life): FileHost | undefined;
}

let world: FileWorld | null = null;

/** From here on the files of simulated code are this world's. @returns takes it out again */
export function installFiles(given: FileWorld): () => void {
  world = given;
  return () => {
    world = null;
  };
}

export interface FileAccess {
  host: FileHost;
  life: Life;
  world: FileWorld;
}

/** Whose files the code that runs at the moment has; null: none of a simulated machine. @throws Killed by code that is dead */
export function filesNow(): FileAccess | null {
  const life = livesNow();
  if (!life || !world) return null;
  if (life.isOver) throw new Killed();
  const host = world.hostOf(life);
  return host ? { host, life, world } : null;
}

/** @throws NodeJS.ErrnoException when the disk takes nothing */
export function assertWritable({ host, world: { time } }: FileAccess): void {
  const code = host.writeError;
  time.activity += 1;
  if (code === null) return;
  throw Object.assign(new Error(code === 'ENOSPC' ? 'no space left on device' : 'i/o error'), { code });
}
