import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { DATABASE_FILE } from '../store.ts';
import type { CopyFacts, CopyRequest } from './copyDatabase.ts';
import { choosePruned } from './rotation.ts';

/** In a checkout the source, in a package the bundle beside the service's. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './backupWorker.ts' : './backupWorker.mjs', import.meta.url);

const UNFINISHED = '.unfinished';

/** Beside each copy, as JSON: what it is, so that it can be told apart and checked without the key. */
export interface BackupManifest extends CopyFacts {
  file: string;
  /** ISO instant. */
  at: string;
  bytes: number;
  sha256: string;
}

export interface BackupOptions {
  /** The data folder; its program may be at work. */
  dir: string;
  keyHex: string;
  /** Folder of the backups, best on another disk. */
  to: string;
  now: number;
}

/**
 * Makes a copy of a terminal's data: the database in one piece, encrypted like it and looked over, then scans that are not
 * there yet. Nothing is called a backup before it has reached the disk whole. Older ones are thinned out.
 */
export async function backUp({ dir, keyHex, to, now }: BackupOptions): Promise<BackupManifest> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  await removeUnfinished(to);
  const at = new Date(now).toISOString();
  const file = `yichuang-${at.replaceAll(/[-:]|\.\d+/g, '')}.db`;
  const unfinished = path.join(to, file + UNFINISHED);
  const facts = await copyInThread({ from: path.join(dir, DATABASE_FILE), to: unfinished, keyHex });
  await syncFile(unfinished);
  await copyBlobs(path.join(dir, 'blobs'), path.join(to, 'blobs'));
  const { size } = await stat(unfinished);
  const manifest: BackupManifest = { file, at, bytes: size, sha256: await hashFile(unfinished), ...facts };
  await writeFile(path.join(to, `${file}.json`), `${JSON.stringify(manifest, null, 2)}\n`, {
    mode: 0o600,
    flush: true,
  });
  await rename(unfinished, path.join(to, file));
  await syncFile(to);
  await thinOut(to);
  return manifest;
}

/** @returns the backups of a folder, the newest first; what is not whole is not one */
export async function listBackups(folder: string): Promise<BackupManifest[]> {
  const names: string[] = await readdir(folder).catch(() => []);
  const manifests: BackupManifest[] = [];
  for (const name of names
    .filter((each) => each.endsWith('.db.json'))
    .sort()
    .reverse()) {
    const manifest = JSON.parse(await readFile(path.join(folder, name), 'utf8')) as BackupManifest;
    if (names.includes(manifest.file)) manifests.push(manifest);
  }
  return manifests;
}

/** SHA-256 of a file, hex. */
export async function hashFile(file: string): Promise<string> {
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
export async function copyBlobs(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const source = path.join(entry.parentPath, entry.name);
    const target = path.join(to, path.relative(from, source));
    if (!entry.isFile() || /(^|[\\/])incoming[\\/]/.test(path.relative(from, source))) continue;
    if (await stat(target).catch(() => null)) continue;
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    await copyFile(source, target + UNFINISHED);
    await syncFile(target + UNFINISHED);
    await rename(target + UNFINISHED, target);
  }
}

async function copyInThread(request: CopyRequest): Promise<CopyFacts> {
  const worker = new Worker(WORKER, { workerData: request });
  const answered = Promise.withResolvers<CopyFacts>();
  worker.once('message', answered.resolve);
  worker.once('error', answered.reject);
  worker.once('exit', () => answered.reject(new Error('the copying thread ended')));
  try {
    return await answered.promise;
  } finally {
    await worker.terminate();
  }
}

async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.includes(UNFINISHED)) await rm(path.join(folder, name), { force: true });
  }
}

async function thinOut(folder: string): Promise<void> {
  for (const { file } of choosePruned(await listBackups(folder))) {
    await rm(path.join(folder, `${file}.json`), { force: true });
    await rm(path.join(folder, file), { force: true });
  }
}
