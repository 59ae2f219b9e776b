import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Centre } from '../../centre/options.ts';
import { startCentre } from '../../centre/start.ts';
import { verifyCentre } from '../../centre/verify/verify.ts';
import { backUp } from '../../db/backup/backup.ts';
import { OpJournal } from '../../db/journal/journal.ts';
import { salvage } from '../../db/salvage/salvage.ts';
import { BACKUP_FOLDER, DATABASE_FILE, Store } from '../../db/store.ts';
import { verifyDatabase } from '../../db/verify.ts';
import { numberPrefix } from '../../domain/numbers/caseNumber.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import { SyncClient } from '../../sync/syncClient.ts';
import { randomFrom } from '../../tools/day/random.ts';
import { acceptance } from '../fixtures/acceptance.ts';
import { damageFile, damageFolder } from '../fixtures/damage.ts';
import { caseStream, TEST_KEY } from '../fixtures/store.ts';

/** Broken terminals made sound again, against a real centre over TCP. Oracle: what the test itself wrote. */

const silent = pino({ level: 'silent' });
const prefix = numberPrefix(hallDay(Date.now()), '07');
let root: string;
let dir: string;
let store: Store;
let journal: OpJournal | null;
let client: SyncClient | null;
let centre: Centre;
let log: string[];
/** Number of each case that was committed, by its op's place in the chain. */
let committed: Map<number, { number: string; opId: string }>;

beforeEach(async () => {
  root = damageFolder();
  dir = path.join(root, 'w07');
  mkdirSync(path.join(root, 'stick'));
  centre = await startCentre({ dataDir: path.join(root, 'centre'), logger: silent });
  committed = new Map();
  journal = null;
  client = null;
  log = [];
  open();
});
afterEach(async () => {
  await close();
  await centre.close();
  rmSync(root, { recursive: true, force: true });
});

function open(): void {
  store = Store.open({ dir, keyHex: TEST_KEY, now: Date.now, newId: v7, onCommitted: () => journal?.note() });
}

async function close(): Promise<void> {
  await client?.stop();
  client = null;
  await journal?.stop();
  journal = null;
  if (store.db.open) store.close();
}

function keepJournal(): void {
  const stick = path.join(root, 'stick');
  journal = new OpJournal({ ...{ store, dir: stick, keyHex: TEST_KEY, now: Date.now, newId: v7 }, onState: () => {} });
}

function accept(count: number): void {
  for (let i = 0; i < count; i++) {
    store.ledger.transact(() => {
      const sequence = store.cases.lastNumber(prefix) + 1;
      const number = `${prefix}${String(sequence).padStart(4, '0')}`;
      const body = acceptance(sequence, { number, window: 'W07' });
      const { op } = store.ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body });
      if (op.epoch === 1) committed.set(op.seq, { number, opId: op.op_id });
    });
  }
  client?.notify();
}

async function connect(): Promise<void> {
  const enrolmentCode = await centre.createEnrolmentCode({ terminal: 'W07', hall: 'main' });
  client = new SyncClient({
    ...{ store, url: centre.url, terminal: 'W07', hall: 'main', enrolmentCode, now: Date.now },
    onChange: () => {},
    onStreams: () => {},
    onPublished: () => {},
    log: (event, fields) => log.push(`${event} ${JSON.stringify(fields)}`),
  });
}

async function settle(): Promise<void> {
  await expect
    .poll(() => [client?.state.link, store.delivery.counts().waitingOps, log.filter((line) => line.includes('fail'))], {
      timeout: 45_000,
    })
    .toEqual(['connected', 0, []]);
}

async function disconnect(): Promise<void> {
  await client?.stop();
  client = null;
}

const salvageNow = (withJournal = false) =>
  salvage({
    ...{ dir, keyHex: TEST_KEY, backups: path.join(dir, BACKUP_FOLDER), now: Date.now, newId: v7 },
    journalDir: withJournal ? path.join(root, 'stick') : undefined,
  });
const backUpNow = () => backUp({ dir, keyHex: TEST_KEY, to: path.join(dir, BACKUP_FOLDER), now: Date.now() });
const numbersHere = () => store.cases.search('', 200).rows.map(({ record }) => record.acceptance.number);
const numbersAtCentre = () => centre.listCases().map(({ number }) => number);
const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
const inRanges = (lost: { epoch: number; from: number; to: number }[]) =>
  lost.filter(({ epoch }) => epoch === 1).flatMap(({ from, to }) => range(from, to));
const numbersOf = (seqs: number[]) => seqs.map((seq) => committed.get(seq)?.number);

/** Pages of the op log in the order of its rows, before the file is closed. */
function pagesOfLog(): number[] {
  const leaves = "SELECT pageno FROM dbstat WHERE name = 'op' AND pagetype = 'leaf' ORDER BY path";
  return store.db.prepare(leaves).pluck().all() as number[];
}

function zeroPages(pages: readonly number[]): void {
  const file = path.join(dir, DATABASE_FILE);
  const bytes = readFileSync(file);
  for (const page of pages) bytes.fill(0, (page - 1) * 4096, page * 4096);
  writeFileSync(file, bytes);
}

describe('a broken database', () => {
  test.each([
    { atCentre: 0, backup: true },
    { atCentre: 15, backup: true },
    { atCentre: 15, backup: false },
    { atCentre: 33, backup: true },
    { atCentre: 40, backup: true },
  ])(
    'with $atCentre of 40 at the centre, backup: $backup: what survives gets there once, what does not is named',
    async ({ atCentre, backup }) => {
      accept(8);
      if (backup) await backUpNow();
      accept(Math.max(0, atCentre - 8));
      if (atCentre > 0) {
        await connect();
        await settle();
        await disconnect();
      }
      accept(40 - committed.size);
      const pages = pagesOfLog();
      await close();
      zeroPages(pages.slice(Math.floor(pages.length * 0.5), Math.floor(pages.length * 0.7)));
      expect(() => open()).toThrow(expect.objectContaining({ code: 'damaged' }) as Error);
      const result = await salvageNow();
      const lost = inRanges(result.lost);
      // What is lost and what is there are all there ever was, and nothing twice.
      open();
      const here = store.ledger.seqsOf(1);
      expect([...here, ...lost].sort((a, b) => a - b)).toEqual(range(1, 40));
      expect(lost.length).toBeGreaterThan(0);
      expect(here.filter((seq) => seq > (lost.at(-1) ?? 0)).length).toBeGreaterThan(0);
      expect(verifyDatabase(store.db)).toEqual([]);
      // Work goes on before the centre was asked, with numbers nobody had.
      accept(1);
      expect(numbersHere()).toContain(`${prefix}1001`);

      await connect();
      await settle();
      const survivors = numbersOf(here);
      const known = numbersOf(range(1, atCentre));
      expect([...numbersAtCentre()].sort()).toEqual([...new Set([...survivors, ...known, `${prefix}1001`])].sort());
      expect(store.delivery.counts()).toMatchObject({ waitingOps: 0, rejected: 0 });
      await expect.poll(() => [...numbersHere()].sort()).toEqual([...numbersAtCentre()].sort());
      expect(verifyDatabase(store.db)).toEqual([]);
      expect(verifyCentre(path.join(root, 'centre'))).toEqual([]);
      // And goes on: nothing of it is asked again.
      accept(1);
      await settle();
      await disconnect();
      store.close();
      open();
      await connect();
      await settle();
      expect(verifyCentre(path.join(root, 'centre'))).toEqual([]);
    },
  );

  test('with a journal nothing is lost, though the database is gone and there was no backup', async () => {
    keepJournal();
    accept(12);
    await journal?.flush();
    await close();
    rmSync(path.join(dir, DATABASE_FILE));
    expect(() => open()).toThrow(expect.objectContaining({ code: 'damaged' }) as Error);
    const result = await salvageNow(true);
    expect(result).toMatchObject({ backup: null, fromDatabase: 0, fromJournal: 12, lost: [], epoch: 2 });
    open();
    expect(numbersHere().sort()).toEqual(numbersOf(range(1, 12)));
    await connect();
    await settle();
    expect(numbersAtCentre().sort()).toEqual(numbersOf(range(1, 12)));
    expect(verifyDatabase(store.db)).toEqual([]);
    expect(verifyCentre(path.join(root, 'centre'))).toEqual([]);
  });

  test('the end of a log that was damaged comes back from the journal, and the rest from the file', async () => {
    keepJournal();
    accept(10);
    await journal?.flush();
    // As a crash leaves it, with the last frames spoiled.
    const wal = readFileSync(path.join(dir, `${DATABASE_FILE}-wal`));
    const main = readFileSync(path.join(dir, DATABASE_FILE));
    const witness = readFileSync(path.join(dir, 'commits-seen'));
    await close();
    writeFileSync(path.join(dir, DATABASE_FILE), main);
    writeFileSync(path.join(dir, `${DATABASE_FILE}-wal`), wal.fill(0, Math.floor(wal.length * 0.9)));
    writeFileSync(path.join(dir, 'commits-seen'), witness);
    expect(() => open()).toThrow(expect.objectContaining({ code: 'damaged' }) as Error);
    const result = await salvageNow(true);
    expect(result.lost).toEqual([]);
    expect(result.fromDatabase + result.fromJournal).toBe(10);
    expect(result.fromJournal).toBeGreaterThan(0);
    expect(result.fromDatabase).toBeGreaterThan(0);
    open();
    expect(verifyDatabase(store.db)).toEqual([]);
  });

  test('sound data are not salvaged', async () => {
    accept(2);
    await close();
    await expect(salvageNow()).rejects.toThrow('sound');
    open();
    expect(numbersHere()).toHaveLength(2);
  });
});

test('thirty broken files: what is said to be lost, and what is there, are exactly what was written', async () => {
  accept(6);
  await backUpNow();
  accept(34);
  store.db.prepare("INSERT INTO draft (name, value, saved_at) VALUES ('form', '{}', '2026-11-27')").run();
  await close();
  const sound = readFileSync(path.join(dir, DATABASE_FILE));
  const witness = readFileSync(path.join(dir, 'commits-seen'));
  let opened = 0;
  for (let seed = 1; seed <= 30; seed++) {
    for (const name of ['damaged.json', `${DATABASE_FILE}-wal`, `${DATABASE_FILE}-shm`])
      rmSync(path.join(dir, name), { force: true });
    writeFileSync(path.join(dir, DATABASE_FILE), sound);
    writeFileSync(path.join(dir, 'commits-seen'), witness);
    const random = randomFrom(seed);
    const done = range(1, 1 + Math.floor(random() * 4)).map((each) =>
      damageFile(path.join(dir, DATABASE_FILE), each % 2 ? 'zero-page' : 'zero-range', seed * 100 + each),
    );
    try {
      open();
      opened += 1;
      store.close();
      continue;
    } catch {
      // Salvaged now.
    }
    const { lost } = await salvageNow();
    open();
    const here = store.ledger.seqsOf(1);
    expect(
      [...here, ...inRanges(lost)].sort((a, b) => a - b),
      done.join(),
    ).toEqual(range(1, 40));
    for (const op of store.ledger.readAfter(0, 100, 1)) expect(op.op_id, done.join()).toBe(committed.get(op.seq)?.opId);
    expect(verifyDatabase(store.db), done.join()).toEqual([]);
    store.close();
  }
  expect(opened).toBeLessThan(15);
});
