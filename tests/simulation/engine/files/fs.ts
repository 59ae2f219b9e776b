import fs from 'node:fs';
import path from 'node:path';
import { Killed } from '../disk.ts';
import { assertWritable, type FileAccess, filesNow } from './access.ts';

/**
 * In place of `node:fs` for the program in a simulating process: what it writes lies on the disk of its machine, where a
 * power cut takes what was not flushed, and where it may die before and after each fsync and rename.
 */
export * from 'node:fs';

/** A file on the simulated disk; null: what is asked for lies elsewhere. */
function onDisk(file: unknown): (FileAccess & { name: string }) | null {
  const access = filesNow();
  const name = access?.host.volume.nameOf(file) ?? null;
  return access && name !== null ? { ...access, name } : null;
}

export function openSync(file: string, flags: string | number = 'r', mode?: fs.Mode): number {
  const at = onDisk(file);
  if (!at) return fs.openSync(file, flags, mode);
  if (flags !== 'r' && flags !== 'r+') assertWritable(at);
  return at.host.volume.open(at.name, flags, mode);
}

export function closeSync(fd: number): void {
  const access = filesNow();
  if (access) access.host.volume.close(fd);
  else fs.closeSync(fd);
}

export function writeSync(fd: number, ...rest: unknown[]): number {
  const access = filesNow();
  if (access) assertWritable(access);
  return (fs.writeSync as (fd: number, ...rest: unknown[]) => number)(fd, ...rest);
}

export function fsyncSync(fd: number): void {
  const access = filesNow();
  if (!access) {
    fs.fsyncSync(fd);
    return;
  }
  const { host } = access;
  host.at('before-fsync');
  if (host.writeError === 'EIO') assertWritable(access);
  host.volume.flush(fd);
  host.at('after-fsync');
}

export function fdatasyncSync(fd: number): void {
  fsyncSync(fd);
}

export function fdatasync(fd: number, done: (error: Error | null) => void): void {
  const access = filesNow();
  if (!access) {
    fs.fdatasync(fd, done);
    return;
  }
  const { time, random } = access.world;
  time.after(
    random.int(1, 12),
    () => {
      try {
        fsyncSync(fd);
        done(null);
      } catch (error) {
        if (!(error instanceof Killed)) done(error as Error);
      }
    },
    access.life,
  );
}

export function writeFileSync(file: string, data: string | Uint8Array, options?: fs.WriteFileOptions): void {
  const at = onDisk(file);
  if (!at) {
    fs.writeFileSync(file, data, options);
    return;
  }
  const { mode, flag = 'w', flush = false } = typeof options === 'object' && options ? options : {};
  const fd = openSync(file, flag, mode);
  try {
    assertWritable(at);
    fs.writeSync(fd, Buffer.from(data as string));
    if (flush) fsyncSync(fd);
  } finally {
    at.host.volume.close(fd);
  }
}

export function mkdirSync(folder: string, options: fs.MakeDirectoryOptions = {}): void {
  const at = onDisk(folder);
  if (!at) {
    fs.mkdirSync(folder, options);
    return;
  }
  if (options.recursive && fs.existsSync(folder)) return;
  assertWritable(at);
  at.host.volume.makeFolder(at.name, options);
}

export function renameSync(from: string, to: string): void {
  const [source, target] = [onDisk(from), onDisk(to)];
  if (!source || !target) {
    fs.renameSync(from, to);
    return;
  }
  target.host.at('before-rename');
  target.world.time.activity += 1;
  target.host.volume.rename(source.name, target.name);
  target.host.at('after-rename');
}

export function linkSync(from: string, to: string): void {
  const [source, target] = [onDisk(from), onDisk(to)];
  if (!source || !target) {
    fs.linkSync(from, to);
    return;
  }
  assertWritable(target);
  target.host.at('before-rename');
  target.host.volume.link(source.name, target.name);
  target.host.at('after-rename');
}

export function unlinkSync(file: string): void {
  const at = onDisk(file);
  if (!at) {
    fs.unlinkSync(file);
    return;
  }
  at.world.time.activity += 1;
  at.host.volume.unlink(at.name);
}

export function rmSync(file: string, { force = false, recursive = false }: fs.RmOptions = {}): void {
  const at = onDisk(file);
  if (!at) {
    fs.rmSync(file, { force, recursive });
    return;
  }
  const found = fs.lstatSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory() && recursive) {
    for (const each of fs.readdirSync(file)) rmSync(path.join(file, each), { force, recursive });
    at.host.volume.removeFolder(at.name);
  } else if (found || !force) unlinkSync(file);
}

export function copyFileSync(from: string, to: string, mode?: number): void {
  if (onDisk(to)) writeFileSync(to, fs.readFileSync(from));
  else fs.copyFileSync(from, to, mode);
}

/** Of a disk of 1 GiB that is empty, or full. */
export function statfsSync(folder: string): Pick<fs.StatsFs, 'bavail' | 'bsize' | 'blocks'> {
  const at = onDisk(folder);
  if (!at) return fs.statfsSync(folder);
  return { bavail: at.host.writeError === 'ENOSPC' ? 0 : 262_144, bsize: 4096, blocks: 262_144 };
}
