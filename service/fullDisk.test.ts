import { existsSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BlobStore } from '../blob/store.ts';
import { Store } from '../db/store.ts';
import { verifyDatabase } from '../db/verify.ts';
import { RESERVE_FILE, type SpaceState, SpaceWatch } from '../disk/spaceWatch.ts';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { mountSmallDisk } from '../tests/fixtures/smallDisk.ts';
import { caseStream, TEST_KEY } from '../tests/fixtures/store.ts';

/** A disk that is really full, of 24 MiB, with a reserve of 4. */

const MIB = 1024 * 1024;
let disk: ReturnType<typeof mountSmallDisk>;
let dir: string;
let store: Store;
let space: SpaceWatch;
let states: SpaceState[];
beforeEach(async () => {
  disk = mountSmallDisk(24);
  dir = path.join(disk.dir, 'data');
  states = [];
  open();
  space = new SpaceWatch({ dir, reserveBytes: 4 * MIB, onState: (state) => states.push(state) });
  await space.look();
});
afterEach(async () => {
  await space.stop();
  if (store.db.open) store.close();
  disk.unmount();
});

function open(): void {
  store = Store.open({ ...{ dir, keyHex: TEST_KEY, now: Date.now, newId: v7 }, onFullDisk: () => space.noteFull() });
}

function accept(): number {
  const seq = store.ledger.head().seq + 1;
  const body = acceptance(seq, { number: `W0720261127${String(seq).padStart(4, '0')}`, window: 'W07' });
  store.ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body });
  return seq;
}

/** Somebody else's file takes whatever is left. */
function fillUp(): void {
  for (let part = 0; ; part++) {
    const { bavail, bsize } = statfsSync(disk.dir);
    if (bavail === 0) return;
    writeFileSync(path.join(disk.dir, `ballast-${part}`), Buffer.alloc(Math.min(bavail * bsize, MIB), 1));
  }
}

function makeRoom(): void {
  for (const name of readdirSync(disk.dir).filter((each) => each.startsWith('ballast')))
    rmSync(path.join(disk.dir, name));
}

/** Saves until one fails. @returns the last that was saved */
function saveUntilFull(): number {
  let saved = store.ledger.head().seq;
  for (let i = 0; i < 5000; i++) {
    try {
      saved = accept();
    } catch (error) {
      expect(error).toMatchObject({ code: 'SQLITE_FULL' });
      return saved;
    }
  }
  throw new Error('the disk was never full');
}

test('a save that finds no room leaves nothing; the reserve lets the next ones through, and comes back with the room', async () => {
  expect(states.at(-1)).toMatchObject({ isFull: false });
  expect(existsSync(path.join(dir, RESERVE_FILE))).toBe(true);
  accept();
  fillUp();
  const saved = saveUntilFull();
  expect(store.ledger.head().seq).toBe(saved);
  // Given up at once: whoever is at the window finishes.
  expect(existsSync(path.join(dir, RESERVE_FILE))).toBe(false);
  expect(accept()).toBe(saved + 1);
  await space.look();
  expect(states.at(-1)).toMatchObject({ isFull: true });
  expect(verifyDatabase(store.db)).toEqual([]);

  // Used up as well: still nothing that was saved is lost, and it opens again on the full disk.
  const last = saveUntilFull();
  store.close();
  // A full disk is no damage: nothing is moved aside, whether or not it can be opened now.
  try {
    open();
    store.close();
  } catch (error) {
    expect(error).not.toMatchObject({ code: 'damaged' });
  }
  expect(readdirSync(dir)).not.toContain('quarantine');
  makeRoom();
  open();
  expect(store.ledger.head().seq).toBe(last);
  expect(verifyDatabase(store.db)).toEqual([]);
  await space.look();
  expect(existsSync(path.join(dir, RESERVE_FILE))).toBe(true);
  expect(states.at(-1)).toMatchObject({ isFull: false });
});

test('little room is known before a save fails, and the reserve is given up in time', async () => {
  expect(states.at(-1)).toMatchObject({ isLow: true });
  fillUp();
  await space.look();
  expect(states.at(-1)).toMatchObject({ isFull: true });
  expect(existsSync(path.join(dir, RESERVE_FILE))).toBe(false);
  expect(accept()).toBe(1);
});

test('an image that finds no room leaves nothing under any name', async () => {
  fillUp();
  const blobs = new BlobStore({ dir, keyHex: TEST_KEY });
  const write = async () => {
    const blob = await blobs.begin();
    await blob.append(Buffer.alloc(8 * MIB, 7));
  };
  await expect(write()).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(await blobs.list()).toEqual([]);
  expect(readdirSync(path.join(dir, 'blobs', 'incoming'))).toEqual([]);
});
