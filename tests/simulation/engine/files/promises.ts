import fs from 'node:fs';
import * as real from 'node:fs/promises';
import { Killed } from '../disk.ts';
import { runIn } from '../scope.ts';
import { filesNow } from './access.ts';
import * as now from './fs.ts';

/**
 * In place of `node:fs/promises` for the program in a simulating process. A thread of the pool would finish in an order of its
 * own: here each call is done in one piece, after a time that the seed draws.
 */
export * from 'node:fs/promises';

/** What waits for the disk itself, ms at most; everything else is in the cache. */
const FLUSH_MS = 12;
const WRITE_MS = 3;

/** Done at once for the code that asked; `maxMs`: within that. */
function later<T>(maxMs: number, work: () => T, otherwise: () => Promise<T>): Promise<T> {
  const access = filesNow();
  if (!access) return otherwise();
  const { life, world } = access;
  return new Promise((resolve, reject) => {
    const run = () => {
      try {
        resolve(runIn(life, work));
      } catch (error) {
        // Nobody waits for it any more.
        if (!(error instanceof Killed)) reject(error);
      }
    };
    if (maxMs === 0) run();
    else world.time.after(world.random.int(0, maxMs), run, life);
  });
}

class Handle {
  readonly fd: number;

  constructor(fd: number) {
    this.fd = fd;
  }

  async read(buffer: Buffer, offset: number, length: number, position: number) {
    filesNow();
    return { bytesRead: fs.readSync(this.fd, buffer, offset, length, position), buffer };
  }

  write(buffer: Uint8Array, offset?: number, length?: number, position?: number | null) {
    const write = () => ({ bytesWritten: now.writeSync(this.fd, buffer, offset, length, position), buffer });
    return later(WRITE_MS, write, async () => write());
  }

  sync(): Promise<void> {
    const sync = () => now.fsyncSync(this.fd);
    return later(FLUSH_MS, sync, async () => sync());
  }

  datasync(): Promise<void> {
    return this.sync();
  }

  async stat() {
    filesNow();
    return fs.fstatSync(this.fd);
  }

  async truncate(length: number): Promise<void> {
    filesNow();
    fs.ftruncateSync(this.fd, length);
  }

  async close(): Promise<void> {
    now.closeSync(this.fd);
  }
}

export async function open(file: string, flags = 'r', mode?: fs.Mode): Promise<Handle | real.FileHandle> {
  return filesNow() ? new Handle(now.openSync(file, flags, mode)) : real.open(file, flags, mode);
}

export async function mkdir(folder: string, options?: fs.MakeDirectoryOptions): Promise<unknown> {
  return filesNow() ? now.mkdirSync(folder, options) : real.mkdir(folder, options);
}

export function rename(from: string, to: string): Promise<void> {
  return later(
    WRITE_MS,
    () => now.renameSync(from, to),
    () => real.rename(from, to),
  );
}

export function unlink(file: string): Promise<void> {
  return later(
    WRITE_MS,
    () => now.unlinkSync(file),
    () => real.unlink(file),
  );
}

export function rm(file: string, options?: fs.RmOptions): Promise<void> {
  return later(
    WRITE_MS,
    () => now.rmSync(file, options),
    () => real.rm(file, options),
  );
}

export async function readdir(folder: string): Promise<string[]> {
  return filesNow() ? fs.readdirSync(folder).sort() : real.readdir(folder);
}

export async function stat(file: string): Promise<fs.Stats> {
  return filesNow() ? fs.statSync(file) : real.stat(file);
}

export async function readFile(file: string): Promise<Buffer> {
  return filesNow() ? fs.readFileSync(file) : real.readFile(file);
}

export async function statfs(folder: string): Promise<Pick<fs.StatsFs, 'bavail' | 'bsize' | 'blocks'>> {
  return filesNow() ? now.statfsSync(folder) : real.statfs(folder);
}
