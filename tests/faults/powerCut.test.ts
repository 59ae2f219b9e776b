import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BlobStore } from '../../blob/store.ts';
import { loadKeyFile } from '../../centre/store/keyFile.ts';
import { openToRead } from '../../centre/store/sqlite/open.ts';
import { openSqliteStore } from '../../centre/store/sqlite/store.ts';
import { verifyCentre } from '../../centre/verify/verify.ts';
import { Store } from '../../db/store.ts';
import { verifyDatabase } from '../../db/verify.ts';
import { verifyBlobs } from '../../db/verifyBlobs.ts';
import { openKey } from '../../electron/main/keyVault.ts';
import { fastFolder } from './folders.ts';
import { cutPower, type Image, writeWhole } from './powerCut/cuts.ts';
import { type Recording, recordCentre, recordTerminal } from './powerCut/recorded.ts';

/**
 * The power fails at 300 moments of real processes at work. What the disk then holds is rebuilt from a recording of their
 * writes and syncs, opened by the production code, and compared with what they had told somebody: tests/faults/README.md.
 */

const CUTS = 150;
const CUTS_WITH_NORMAL = 30;
const SEED = 20261127;

let folder: ReturnType<typeof fastFolder>;
beforeAll(() => {
  folder = fastFolder();
});
afterAll(() => folder.remove());

/** What somebody was told: the id of an accepted case, or the hash of a page that is attached. */
const TERMINAL_PROMISE =
  /"result":\{"id":"([0-9a-f-]{36})","version":1,"state":"ACCEPTED"|"sha256":"([0-9a-f]{64})","bytes":\d+\},"source"/;
/** The id of an op that was taken, or the length of an image that is there. */
const CENTRE_PROMISE = /"op_id":"([0-9a-f-]{36})","outcome":"applied"|HTTP\/1\.1 204[^\0]*?upload-offset: (\d+)\r/i;

/** @returns what of the promises is not there */
type Look = (image: Image) => Promise<string[]>;

/** As the service opens it at its start, with all that repairs. */
const lookAtTerminal: Look = async ({ dir: dataDir, promised }) => {
  const key = await openKey({
    ...{ dataDir, provisionedFile: path.join(dataDir, 'none'), findOsVault: async () => null },
    ...{ allowDevelopmentFile: true, warn: () => {} },
  });
  const store = Store.open({ dir: dataDir, keyHex: key.hex, now: Date.now, newId: v7 });
  try {
    const { db, blobs, scans } = store;
    expect([...verifyDatabase(db), ...(await verifyBlobs(scans.ownImages(), blobs))]).toEqual([]);
    const cases = db.prepare(
      `SELECT stream FROM (SELECT lower(hex(stream_id)) AS stream FROM op WHERE kind = 'case.accepted')`,
    );
    const here = new Set([...(cases.pluck().all() as string[]), ...(await blobs.list()).map(({ sha256 }) => sha256)]);
    return [...promised].filter((name) => !here.has(name.replaceAll('-', '')));
  } finally {
    store.close();
  }
};

const lookAtCentre: Look = async ({ dir: dataDir, promised }) => {
  openSqliteStore(dataDir).close();
  expect(verifyCentre(dataDir)).toEqual([]);
  const images = new BlobStore({ dir: dataDir, keyHex: loadKeyFile(dataDir, false) });
  const db = openToRead(dataDir);
  try {
    const ops = db.prepare(`SELECT envelope ->> '$.op_id' FROM op`).pluck().all() as string[];
    const blobs = existing(path.join(dataDir, 'blobs')) ? await images.list() : [];
    const lengths = await Promise.all(blobs.map(({ sha256 }) => images.size(sha256)));
    const here = new Set([...ops, ...lengths.map(String)]);
    return [...promised].filter((name) => !here.has(name));
  } finally {
    db.close();
  }
};

const existing = (name: string) => statSync(name, { throwIfNoEntry: false }) !== undefined;

const PROGRAMS = [
  { name: 'a terminal', record: recordTerminal, cases: 150, promise: TERMINAL_PROMISE, look: lookAtTerminal },
  { name: 'a centre', record: recordCentre, cases: 100, promise: CENTRE_PROMISE, look: lookAtCentre },
];

describe.each(PROGRAMS)('$name whose power fails', ({ name, record, cases, promise, look }) => {
  const recordIn = (own: string, synchronous: 'full' | 'normal'): Promise<Recording> => {
    const place = path.join(folder.dir, `${name.slice(2)}-${own}`);
    mkdirSync(place);
    return record({ dir: place, synchronous, cases });
  };

  test(`at ${CUTS} moments opens by itself, is sound, and has everything it told anybody`, async () => {
    const recording = await recordIn('full', 'full');
    const whole = mkdtempSync(path.join(folder.dir, 'whole-'));
    writeWhole(recording.deeds, recording.top, whole);
    // Nothing escaped the recorder: what it heard of is what lies there.
    expect(contentsOf(whole)).toEqual(contentsOf(recording.top));
    rmSync(whole, { recursive: true });
    const all = await cutPower(
      { ...recording, room: folder.dir, promise },
      { count: CUTS, seed: SEED },
      async (image) => {
        const lost = await look(image).catch((error: unknown) => {
          throw new Error(image.name, { cause: error });
        });
        expect(lost, image.name).toEqual([]);
      },
    );
    // Every answer the driver got was heard by the recorder too: the promises above are all there were.
    expect(all.size).toBe(recording.told);
  }, 900_000);

  test('has lost what it told with synchronous=NORMAL, and that is seen', async () => {
    const recording = await recordIn('normal', 'normal');
    let losses = 0;
    await cutPower(
      { ...recording, room: folder.dir, promise },
      { count: CUTS_WITH_NORMAL, seed: SEED },
      async (image) => {
        if ((await look(image).catch(() => ['it does not even open'])).length > 0) losses += 1;
      },
    );
    expect(losses).toBeGreaterThan(CUTS_WITH_NORMAL / 3);
  }, 900_000);
});

/** But for the shared memory of SQLite, which is written by mapping and lives no longer than its processes. */
function contentsOf(top: string): Record<string, string> {
  const files = readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('-shm'))
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((file) => [path.relative(top, file), readFileSync(file).toString('base64')]));
}
