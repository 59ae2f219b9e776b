import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Centre } from '../../centre/options.ts';
import { startCentre } from '../../centre/start.ts';
import { verifyCentre } from '../../centre/verify/verify.ts';
import { backUp } from '../../db/backup/backup.ts';
import { restoreBackup } from '../../db/backup/restore.ts';
import { forgetHome } from '../../db/home.ts';
import { OpJournal } from '../../db/journal/journal.ts';
import { Store } from '../../db/store.ts';
import { verifyDatabase } from '../../db/verify.ts';
import { numberPrefix } from '../../domain/numbers/caseNumber.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import { SyncClient } from '../../sync/syncClient.ts';
import { acceptance } from '../fixtures/acceptance.ts';
import { damageFolder } from '../fixtures/damage.ts';
import { caseStream, TEST_KEY } from '../fixtures/store.ts';

/** The disk is lost; an hourly backup and a journal on another medium are left. Oracle: what the test itself wrote. */

const prefix = numberPrefix(hallDay(Date.now()), '07');
let root: string;
let dir: string;
let stick: string;
let backups: string;
let store: Store;
let journal: OpJournal | null;
let client: SyncClient | null;
let centre: Centre;
/** Ids of own ops that were committed, in their order. */
let committed: string[];

beforeEach(async () => {
  root = damageFolder();
  [dir, stick, backups] = [path.join(root, 'w07'), path.join(root, 'stick'), path.join(root, 'backups')];
  mkdirSync(stick);
  centre = await startCentre({ dataDir: path.join(root, 'centre'), logger: pino({ level: 'silent' }) });
  [journal, client, committed] = [null, null, []];
  open();
});
afterEach(async () => {
  await close();
  await centre.close();
  rmSync(root, { recursive: true, force: true });
});

function open(folder = dir): void {
  store = Store.open({ dir: folder, keyHex: TEST_KEY, now: Date.now, newId: v7, onCommitted: () => journal?.note() });
}

async function close(): Promise<void> {
  await client?.stop();
  await journal?.stop();
  [client, journal] = [null, null];
  if (store.db.open) store.close();
}

function keepJournal(): void {
  journal = new OpJournal({ ...{ store, dir: stick, keyHex: TEST_KEY, now: Date.now, newId: v7 }, onState: () => {} });
}

function accept(count: number): void {
  for (let i = 0; i < count; i++) {
    store.ledger.transact(() => {
      const sequence = store.cases.lastNumber(prefix) + 1;
      const body = acceptance(sequence, { number: `${prefix}${String(sequence).padStart(4, '0')}`, window: 'W07' });
      const { op } = store.ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body });
      committed.push(op.op_id);
    });
  }
  client?.notify();
}

async function connect(): Promise<void> {
  const enrolmentCode = await centre.createEnrolmentCode({ terminal: 'W07', hall: 'main' });
  client = new SyncClient({
    ...{ store, url: centre.url, terminal: 'W07', hall: 'main', enrolmentCode, now: Date.now },
    ...{ onChange: () => {}, onStreams: () => {}, onPublished: () => {}, log: () => {} },
  });
  await expect
    .poll(() => [client?.state.link, store.delivery.counts().waitingOps], { timeout: 45_000 })
    .toEqual(['connected', 0]);
}

async function backUpNow(): Promise<string> {
  const { file } = await backUp({ dir, keyHex: TEST_KEY, to: backups, now: Date.now() });
  return path.join(backups, file);
}

/** On a new disk. */
async function restoreAfterLoss(from: string) {
  await close();
  rmSync(dir, { recursive: true });
  const restored = await restoreBackup({ dir, keyHex: TEST_KEY, from, journalDir: stick, now: Date.now, newId: v7 });
  open();
  return restored;
}

/** Ids of the ops of the epoch before, as they stand here. */
const ownIds = () => store.ledger.readAfter(0, 1000, 1).map((op) => op.op_id);
const numbersHere = () => store.cases.search('', 200).rows.map(({ record }) => record.acceptance.number);
const numbersAtCentre = () => centre.listCases().map(({ number }) => number);

test('what was written after the backup comes back with the ids it had, and gets to the centre once', async () => {
  keepJournal();
  accept(8);
  const backup = await backUpNow();
  accept(12);
  await journal?.flush();
  const restored = await restoreAfterLoss(backup);
  // On a new disk nothing tells where the records ended.
  expect(restored).toMatchObject({ fromJournal: 12, foreign: 0, lost: [], endKnown: false, epoch: 2 });
  expect(ownIds()).toEqual(committed);
  expect(verifyDatabase(store.db)).toEqual([]);
  const before = [...committed];
  accept(1);
  expect(numbersHere()).toContain(`${prefix}1001`);
  await connect();
  expect(numbersAtCentre()).toHaveLength(21);
  expect(numbersAtCentre().sort()).toEqual(numbersHere().sort());
  expect(store.delivery.counts()).toMatchObject({ waitingOps: 0, rejected: 0 });
  expect(ownIds()).toEqual(before);
  expect(verifyCentre(path.join(root, 'centre'))).toEqual([]);
});

test('what the journal lacks because the centre has it is asked for there, and what came after it follows', async () => {
  keepJournal();
  accept(4);
  const backup = await backUpNow();
  accept(5);
  await connect();
  await close();
  open();
  keepJournal();
  accept(3);
  await journal?.flush();
  // The file of before: the centre has every op of it.
  await journal?.prune();
  const restored = await restoreAfterLoss(backup);
  expect(restored).toMatchObject({ fromJournal: 3, foreign: 0, lost: [{ epoch: 1, from: 5, to: 9 }] });
  await connect();
  await expect.poll(() => numbersHere().sort()).toEqual(numbersAtCentre().sort());
  expect(numbersHere()).toHaveLength(12);
  expect(verifyDatabase(store.db)).toEqual([]);
  expect(verifyCentre(path.join(root, 'centre'))).toEqual([]);
});

test('without the journal what was written since the backup is named as lost', async () => {
  accept(4);
  const backup = await backUpNow();
  accept(2);
  await close();
  const restored = await restoreBackup({ dir, keyHex: TEST_KEY, from: backup, now: Date.now, newId: v7 });
  expect(restored).toMatchObject({ fromJournal: 0, lost: [{ epoch: 1, from: 5, to: 6 }], endKnown: true });
  open();
});

test('a journal of another copy of these data is not taken for their end', async () => {
  accept(5);
  // Of the whole disk: a copied folder is seen at the start, and goes on under an epoch of its own.
  forgetHome(store.db);
  await close();
  const clone = path.join(root, 'clone');
  cpSync(dir, clone, { recursive: true });
  open(clone);
  keepJournal();
  accept(4);
  await journal?.flush();
  await close();
  open();
  const copied = committed.splice(5);
  accept(2);
  const restored = await restoreAfterLoss(await backUpNow());
  expect(restored).toMatchObject({ fromJournal: 0, foreign: 4, lost: [] });
  expect(ownIds()).toEqual(committed);
  for (const id of copied) expect(ownIds()).not.toContain(id);
  expect(verifyDatabase(store.db)).toEqual([]);
});
