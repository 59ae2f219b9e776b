import { statSync } from 'node:fs';
import path from 'node:path';
import { BlobStore } from '../../../blob/store.ts';
import { loadKeyFile } from '../../../centre/store/keyFile.ts';
import { RESERVE_FILE } from '../../../disk/spaceWatch.ts';
import type { Looked } from '../engine/looked.ts';
import { RESERVE_BYTES } from './server.ts';
import { KEY } from './template.ts';
import type { Terminal } from './terminal.ts';
import type { World } from './world.ts';

/** What must hold of scanned pages once everything is at rest. @returns each thing that does not, in words */
export async function findBrokenImages(world: World): Promise<string[]> {
  const db = world.databaseOf(world.centre);
  if (!world.hasImages || !db) return [];
  const { dir } = world.centre;
  const centre = new BlobStore({ dir, keyHex: loadKeyFile(dir, false) });
  const broken = await checkStored(centre);
  for (const terminal of world.terminals)
    broken.push(
      ...(await checkAtTerminal(world, terminal, centre)),
      ...(await checkAcknowledged(world, terminal, centre)),
    );
  return [...broken, ...(await checkPages(world, db, centre)), ...checkReserves(world)];
}

/** Room that is held is held whole. */
function checkReserves({ servers, trace }: World): string[] {
  return servers.flatMap(({ name, dir }) => {
    const bytes = statSync(path.join(dir, RESERVE_FILE), { throwIfNoEntry: false })?.size;
    if (bytes !== undefined) trace.count('reserve taken');
    return bytes === undefined || bytes === RESERVE_BYTES ? [] : [`the reserve of ${name} has ${bytes} bytes`];
  });
}

/** Under a name lies what has that hash, and nothing else. */
async function checkStored(centre: BlobStore): Promise<string[]> {
  const broken: string[] = [];
  for (const { sha256 } of await centre.list()) {
    const state = await centre.check(sha256);
    if (state !== 'good') broken.push(`image ${sha256} at the centre: ${state}`);
  }
  return broken;
}

/** What a terminal was told to be at the centre is there. */
async function checkAcknowledged({ promises }: World, { name, running }: Terminal, centre: BlobStore) {
  const broken: string[] = [];
  if (promises.centrePutBack !== null) return broken;
  const told = (running?.store.db.prepare('SELECT lower(hex(sha256)) FROM image_at_centre').pluck().all() ??
    []) as string[];
  for (const sha256 of told) {
    const state = await centre.check(sha256);
    if (state !== 'good')
      broken.push(`${name} was told that image ${sha256} is at the centre, and there it is ${state}`);
  }
  return broken;
}

/** A page that was shown as kept is kept, and its image with it; of a page that a copy scanned, where the centre has it. */
async function checkAtTerminal(
  { promises }: World,
  { name, id, dir, running }: Terminal,
  centre: BlobStore,
): Promise<string[]> {
  const broken: string[] = [];
  if (!running || promises.putBack.has(name)) return broken;
  const here = new BlobStore({ dir, keyHex: KEY });
  for (const sha256 of running.store.scans.ownImages()) {
    const state = await here.check(sha256);
    const isGone = promises.oldDisks.has(id) && (await centre.check(sha256)) === 'blob-missing';
    if (state !== 'good' && !isGone) broken.push(`image ${sha256} was scanned at ${name}, and there it is ${state}`);
  }
  for (const [scanId, { sha256, by }] of promises.scans.kept) {
    if (by === name && !running.store.scans.find(scanId))
      broken.push(`${name} showed page ${sha256} as kept, and knows nothing of it`);
  }
  return broken;
}

/** Every page of a case has its image at the centre, or it went with the old disk that was put back. */
async function checkPages({ promises, terminals }: World, db: Looked, centre: BlobStore): Promise<string[]> {
  const broken: string[] = [];
  const pages = db
    .prepare(
      "SELECT DISTINCT json_extract(record, '$.blob.sha256') FROM projection WHERE type = 'scan' AND json_extract(record, '$.removed') IS NULL",
    )
    .pluck()
    .all() as string[];
  for (const sha256 of pages) {
    if ((await centre.check(sha256)) === 'good') continue;
    const isGone = terminals.some(
      ({ id, running }) => promises.oldDisks.has(id) && running?.store.scans.imagesToSend().includes(sha256),
    );
    if (!isGone) broken.push(`page ${sha256} of a case is not at the centre`);
  }
  return broken;
}
