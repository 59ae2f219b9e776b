import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readDamage } from '../disk/quarantine.ts';
import { WITNESS_FILE } from '../disk/witness.ts';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { DAMAGES, damageFile, damageFolder } from '../tests/fixtures/damage.ts';
import { caseStream, TEST_KEY } from '../tests/fixtures/store.ts';
import { forgetHome } from './home.ts';
import { beginEpochAfterLoss } from './newEpoch.ts';
import { StoreError } from './open.ts';
import { DATABASE_FILE, Store } from './store.ts';
import { verifyDatabase } from './verify.ts';

/** Damage by the hundred: a damaged file is never silently a shorter one, an older one or a new one. */

const NUMBER = 'W07';
let root: string;
/** As a crash leaves the folder, and as the end of the program does. */
const states = { crashed: '', closed: '', 'crashed after a checkpoint': '' };
const contents = new Map<string, string>();

/** What was committed is said when the turn is over. */
const turnOver = () => new Promise((resolve) => setImmediate(resolve));

const open = (dir: string) => Store.open({ dir, keyHex: TEST_KEY, now: Date.now, newId: v7 });

beforeAll(async () => {
  root = damageFolder();
  const live = path.join(root, 'live');
  const store = open(live);
  // Copies of it are opened here, and none is to count as somebody else's.
  forgetHome(store.db);
  const accept = (count: number) => {
    for (let i = 0; i < count; i++) {
      const number = `${NUMBER}20261127${String(store.ledger.head().seq + 1).padStart(4, '0')}`;
      const body = acceptance(i, { number, window: NUMBER });
      store.ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body });
    }
  };
  accept(25);
  // The last commit is no op; a pulled page or an acknowledgement says it.
  store.local.saveDraft('form', { item: 'A05' }, '2026-11-27T00:00:00.000Z');
  store.ledger.transact(() => {});
  await turnOver();
  keep('crashed', live, store.db);
  // Everything is in the main file, and the log starts over.
  store.db.pragma('wal_checkpoint(FULL)');
  accept(5);
  await turnOver();
  keep('crashed after a checkpoint', live, store.db);
  const { db } = store;
  contents.set('closed', contentOf(db));
  store.close();
  copy('closed', live);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function keep(state: keyof typeof states, live: string, db: Database.Database): void {
  contents.set(state, contentOf(db));
  copy(state, live);
}

function copy(state: keyof typeof states, live: string): void {
  states[state] = path.join(root, state);
  cpSync(live, states[state], { recursive: true, filter: (file) => !path.basename(file).startsWith('in-use') });
}

/** Every row of every table, read by the connection that wrote them. */
function contentOf(db: Database.Database): string {
  const tables = db.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%fts%' ORDER BY name",
  );
  const rows = (tables.pluck().all() as string[]).map((name) => [
    name,
    db.prepare(`SELECT * FROM "${name}"${name === 'meta' ? " WHERE name <> 'home'" : ''}`).all(),
  ]);
  return JSON.stringify(rows, (_key, value) =>
    value?.type === 'Buffer' ? Buffer.from(value.data as number[]).toString('hex') : value,
  );
}

interface Case {
  state: keyof typeof states;
  file: string;
  within?: number;
}

const CASES: Case[] = [
  { state: 'closed', file: DATABASE_FILE },
  { state: 'closed', file: DATABASE_FILE, within: 100 },
  { state: 'crashed', file: `${DATABASE_FILE}-wal` },
  { state: 'crashed', file: `${DATABASE_FILE}-wal`, within: 56 },
  { state: 'crashed after a checkpoint', file: `${DATABASE_FILE}-wal` },
  { state: 'crashed after a checkpoint', file: DATABASE_FILE },
  { state: 'crashed', file: `${DATABASE_FILE}-shm` },
  { state: 'closed', file: WITNESS_FILE },
];

test.each(CASES)('a hundred damages to $file, $state (first $within bytes)', ({ state, file, within }) => {
  const outcomes = { unharmed: 0, quarantined: 0 };
  for (let seed = 1; seed <= 100; seed++) {
    const dir = path.join(root, 'damaged');
    rmSync(dir, { recursive: true, force: true });
    cpSync(states[state], dir, { recursive: true });
    const damage = DAMAGES[seed % DAMAGES.length] ?? 'flip';
    const done = `seed ${seed}: ${damageFile(path.join(dir, file), damage, seed, within)}`;
    const broken = bytesOf(dir);
    let store: Store | null = null;
    try {
      store = open(dir);
    } catch (error) {
      expect(error, done).toBeInstanceOf(StoreError);
      const { code, quarantine } = error as StoreError;
      expect({ code, done }).toEqual({ code: 'damaged', done });
      // Whole, as it was found; and nothing opens here as if it were new.
      const kept = bytesOf(quarantine ?? '');
      for (const [name, bytes] of broken)
        if (!name.endsWith('-shm')) expect(kept.get(name)?.equals(bytes), `${done}, ${name}`).toBe(true);
      expect(existsSync(path.join(dir, DATABASE_FILE))).toBe(false);
      expect(() => open(dir), done).toThrow(expect.objectContaining({ code: 'damaged', quarantine }) as Error);
      outcomes.quarantined += 1;
      continue;
    }
    expect(contentOf(store.db) === contents.get(state), `${done}: opened with other content`).toBe(true);
    if (seed % 10 === 0) expect(verifyDatabase(store.db), done).toEqual([]);
    store.close();
    outcomes.unharmed += 1;
  }
  expect(outcomes.unharmed + outcomes.quarantined).toBe(100);
  // A test that cannot see damage is none.
  if (!file.endsWith('-shm') && file !== WITNESS_FILE) expect(outcomes.quarantined).toBeGreaterThan(20);
  else expect(outcomes.unharmed).toBe(100);
});

function bytesOf(dir: string): Map<string, Buffer> {
  const names = readdirSync(dir).filter((name) => name.startsWith(DATABASE_FILE) || name === WITNESS_FILE);
  return new Map(names.map((name) => [name, readFileSync(path.join(dir, name))]));
}

test('a draft in the last frame of a damaged log is missed too, though no record is', () => {
  const dir = path.join(root, 'last-frame');
  cpSync(states.crashed, dir, { recursive: true });
  const wal = path.join(dir, `${DATABASE_FILE}-wal`);
  const bytes = readFileSync(wal);
  bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
  writeFileSync(wal, bytes);
  expect(() => open(dir)).toThrow(expect.objectContaining({ code: 'damaged' }) as Error);
});

test('a page that goes bad under the running program is noticed, and the next start reads every page', () => {
  const dir = path.join(root, 'running');
  let damaged = 0;
  const store = Store.open({ dir, keyHex: TEST_KEY, now: Date.now, newId: v7, onDamaged: () => damaged++ });
  const accept = (i: number) =>
    store.ledger.append({
      ...{ kind: 'case.accepted', stream: caseStream(), actor: '1001' },
      body: acceptance(i, { number: `${NUMBER}20261127${String(i).padStart(4, '0')}`, window: NUMBER }),
    });
  accept(1);
  store.db.pragma('wal_checkpoint(FULL)');
  const file = path.join(dir, DATABASE_FILE);
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0, 4096));
  store.db.pragma('shrink_memory');
  expect(() => accept(2)).toThrow(expect.objectContaining({ code: 'SQLITE_CORRUPT' }) as Error);
  expect(damaged).toBe(1);
  expect(existsSync(path.join(dir, 'check-every-page'))).toBe(true);
  store.db.close();
  rmSync(path.join(dir, 'in-use'));
  expect(() => open(dir)).toThrow(expect.objectContaining({ code: 'damaged' }) as Error);
  expect(readDamage(dir)).toMatchObject({ quarantine: expect.stringContaining('quarantine') });
});

test('a power cut right after an epoch began takes the last word of the witness, and no sound data are put aside', async () => {
  const dir = path.join(root, 'epoch');
  const store = open(dir);
  const body = acceptance(1, { number: `${NUMBER}202611270001`, window: NUMBER });
  store.ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body });
  await turnOver();
  const said = readFileSync(path.join(dir, WITNESS_FILE));
  // What the centre does not take under its old number goes over into the new epoch.
  beginEpochAfterLoss(store, { reason: 'older-copy', above: 3, keep: 0, now: Date.now() });
  await turnOver();
  store.close();
  writeFileSync(path.join(dir, WITNESS_FILE), said);
  const again = open(dir);
  expect(again.ledger.head().seq).toBeGreaterThan(0);
  expect(verifyDatabase(again.db)).toEqual([]);
  again.close();
});

test('another key than that of the data is no damage: nothing is moved', () => {
  const dir = path.join(root, 'other-key');
  cpSync(states.closed, dir, { recursive: true });
  const before = bytesOf(dir);
  const wrong = { dir, keyHex: '00'.repeat(32), now: Date.now, newId: v7 };
  expect(() => Store.open(wrong)).toThrow(expect.objectContaining({ code: 'wrong-key' }) as Error);
  expect([...bytesOf(dir)].map(([name, bytes]) => before.get(name)?.equals(bytes) ?? bytes.length === 0)).not.toContain(
    false,
  );
  open(dir).close();
});
