import { existsSync, rmSync } from 'node:fs';
import { open, rename, rm, statfs } from 'node:fs/promises';
import path from 'node:path';

export const RESERVE_FILE = 'reserve';

const MEBIBYTE = 1024 * 1024;
/** Less than a quarter of the reserve is left beside it: it is given up before a save has to fail. */
const FULL_BELOW = 1 / 4;
/** Room for the reserve and as much again: it may be taken anew, and the alarm is over. */
const FREE_FROM = 2;
/** As many reserves of free space are few. */
const LOW_BELOW = 8;
const LOOK_EVERY_MS = 15_000;
/** Not at the start itself, when a clerk waits for the window. */
const FIRST_AFTER_MS = 60_000;

export interface SpaceState {
  /** The disk is or was full, and there is no reserve yet for the next time. */
  isFull: boolean;
  isLow: boolean;
  /** Free space, MiB, without the reserve. */
  freeMb: number;
}

export interface SpaceWatchOptions {
  /** The data folder. */
  dir: string;
  reserveBytes: number;
  onState: (state: SpaceState) => void;
}

/**
 * A file that holds room on the disk of the data, given up when the disk is full: what is begun can be finished and sent,
 * while people make room (ADR 0041). It is taken again when there is enough.
 */
export class SpaceWatch {
  readonly #options: SpaceWatchOptions;
  readonly #file: string;
  readonly #timers: NodeJS.Timeout[];
  #isFull = false;
  #looking: Promise<void> = Promise.resolve();

  constructor(options: SpaceWatchOptions) {
    this.#options = options;
    this.#file = path.join(options.dir, RESERVE_FILE);
    const look = () => void this.look();
    this.#timers = [setTimeout(look, FIRST_AFTER_MS), setInterval(look, LOOK_EVERY_MS)];
    for (const timer of this.#timers) timer.unref();
  }

  /** The disk is or was full, and there is no reserve yet for the next time. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** A write found no room. The reserve is gone when this returns: the next one finds some. */
  noteFull(): void {
    this.#isFull = true;
    rmSync(this.#file, { force: true });
    void this.look();
  }

  /** Looks at the disk now. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#look()).catch(() => {});
    return this.#looking;
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { dir, reserveBytes, onState } = this.#options;
    let free = await freeBytes(dir);
    if (existsSync(this.#file)) {
      if (free < reserveBytes * FULL_BELOW) {
        this.#isFull = true;
        await rm(this.#file, { force: true });
      }
    } else if (free >= reserveBytes * FREE_FROM) {
      // A quota may be full while the disk is not.
      this.#isFull = !(await takeRoom(this.#file, reserveBytes).then(
        () => true,
        () => false,
      ));
    } else this.#isFull = true;
    free = await freeBytes(dir);
    onState({ isFull: this.#isFull, isLow: free < reserveBytes * LOW_BELOW, freeMb: Math.floor(free / MEBIBYTE) });
  }
}

async function freeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize;
}

/** Written, not only announced: a file with holes holds no room. */
async function takeRoom(file: string, bytes: number): Promise<void> {
  const unfinished = `${file}.unfinished`;
  try {
    const handle = await open(unfinished, 'w', 0o600);
    try {
      const piece = Buffer.alloc(Math.min(bytes, MEBIBYTE), 1);
      for (let at = 0; at < bytes; at += piece.length)
        await handle.write(piece, 0, Math.min(piece.length, bytes - at), at);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
