import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { choosePruned } from './rotation.ts';

/** A folder of backups: each a copy of a database, with a manifest beside it, and one copy of the images for all. */

const UNFINISHED = '.unfinished';

/** Beside each copy, as JSON: what it is, so that it can be told apart and checked without the key. */
export type Manifest<Facts> = Facts & {
  file: string;
  /** ISO instant. */
  at: string;
  bytes: number;
  sha256: string;
};

export interface BackupPlace {
  /** Folder of the backups, best on another disk. */
  to: string;
  /** Of the names of these backups: those of others in the same folder are let alone. */
  prefix: string;
  /** The data folder, whose images are copied too. */
  dir: string;
  now: number;
  /** Of the days before the last one, so many are kept; absent: a week. */
  days?: number | undefined;
  /** Gives it up: what is made so far is no backup. */
  signal?: AbortSignal | undefined;
}

/**
 * Makes one backup: nothing is called that before it has reached the disk whole. Older ones are thinned out.
 * @param copy writes the database to this path, which is not there yet, looks it over, and says what it holds
 */
export async function makeBackup<Facts>(
  { to, prefix, dir, now, days, signal }: BackupPlace,
  copy: (unfinished: string) => Promise<Facts>,
): Promise<Manifest<Facts>> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  await removeUnfinished(to, prefix);
  const at = new Date(now).toISOString();
  const file = `${prefix}-${at.replaceAll(/[-:]|\.\d+/g, '')}.db`;
  const unfinished = path.join(to, file + UNFINISHED);
  const facts = await copy(unfinished);
  await syncFile(unfinished);
  await copyBlobs(path.join(dir, 'blobs'), path.join(to, 'blobs'), signal);
  const { size } = await stat(unfinished);
  const manifest = { file, at, bytes: size, sha256: await hashFile(unfinished), ...facts };
  await writeFile(path.join(to, `${file}.json`), `${JSON.stringify(manifest, null, 2)}\n`, {
    mode: 0o600,
    flush: true,
  });
  await rename(unfinished, path.join(to, file));
  await syncFile(to);
  await thinOut(to, prefix, days);
  return manifest;
}

/** @returns the backups of a folder, the newest first; what is not whole is not one */
export async function listBackups<Facts>(folder: string, prefix: string): Promise<Manifest<Facts>[]> {
  const names: string[] = await readdir(folder).catch(() => []);
  const manifests: Manifest<Facts>[] = [];
  const own = names.filter((each) => each.startsWith(`${prefix}-`) && each.endsWith('.db.json'));
  for (const name of own.sort().reverse()) {
    const manifest = JSON.parse(await readFile(path.join(folder, name), 'utf8')) as Manifest<Facts>;
    if (names.includes(manifest.file)) manifests.push(manifest);
  }
  return manifests;
}

/**
 * Whether a backup is what was written. @param inspect opens it and says what it holds
 * @throws Error naming what is wrong with it, or that of `inspect`
 */
export async function checkBackup<Facts extends { head: string | null }>(
  file: string,
  inspect: (file: string) => Facts,
): Promise<Manifest<Facts>> {
  const manifest = JSON.parse(await readFile(`${file}.json`, 'utf8')) as Manifest<Facts>;
  if ((await hashFile(file)) !== manifest.sha256) throw new Error('the backup is not what its manifest says');
  if (inspect(file).head !== manifest.head) throw new Error('the backup ends elsewhere than its manifest says');
  return manifest;
}

/** @returns the newest backup of a folder that is what was written; null when there is none */
export async function newestSound<Facts extends { head: string | null }>(
  folder: string,
  prefix: string,
  inspect: (file: string) => Facts,
): Promise<{ manifest: Manifest<Facts>; file: string } | null> {
  for (const { file: name } of await listBackups<Facts>(folder, prefix)) {
    const file = path.join(folder, name);
    try {
      return { manifest: await checkBackup(file, inspect), file };
    } catch {
      // Not this one: the one before it is older, and whole perhaps.
    }
  }
  return null;
}

/** SHA-256 of a file, hex. */
async function hashFile(file: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(file)) digest.update(chunk as Buffer);
  return digest.digest('hex');
}

/** A file, or a folder after a rename in it: without this a power cut may take back what was renamed. */
export async function syncFile(target: string): Promise<void> {
  const handle = await open(target, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Sealed, named by their content and never changed: what is there is there. */
export async function copyBlobs(from: string, to: string, signal?: AbortSignal): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const source = path.join(entry.parentPath, entry.name);
    const target = path.join(to, path.relative(from, source));
    if (!entry.isFile() || /(^|[\\/])incoming[\\/]/.test(path.relative(from, source))) continue;
    if (await stat(target).catch(() => null)) continue;
    signal?.throwIfAborted();
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    await copyFile(source, target + UNFINISHED);
    await syncFile(target + UNFINISHED);
    await rename(target + UNFINISHED, target);
  }
}

async function removeUnfinished(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(`${prefix}-`) && name.includes(UNFINISHED)) await rm(path.join(folder, name), { force: true });
  }
}

async function thinOut(folder: string, prefix: string, days?: number): Promise<void> {
  for (const { file } of choosePruned(await listBackups(folder, prefix), days)) {
    await rm(path.join(folder, `${file}.json`), { force: true });
    await rm(path.join(folder, file), { force: true });
  }
}
