import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Centre } from '../../centre/options.ts';
import { startCentre } from '../../centre/start.ts';
import { verifyCentre } from '../../centre/verify/verify.ts';
import { backUp, listBackups } from '../../db/backup/backup.ts';
import { restoreBackup } from '../../db/backup/restore.ts';
import { removeMeta } from '../../db/meta.ts';
import { openDatabase } from '../../db/open.ts';
import { DATABASE_FILE, Store } from '../../db/store.ts';
import { verifyDatabase } from '../../db/verify.ts';
import type { Advance } from '../../domain/case/advance.ts';
import { numberPrefix } from '../../domain/numbers/caseNumber.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import { SyncClient } from '../../sync/syncClient.ts';
import { acceptance } from '../fixtures/acceptance.ts';
import { caseStream, TEST_KEY } from '../fixtures/store.ts';

/** Backups of real files put back, copied and mixed up, against a real centre over TCP. */

let root: string;
let centre: Centre;
const machines: Machine[] = [];
const silent = pino({ level: 'silent' });

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'yichuang-restore-'));
  centre = await startCentre({ dataDir: path.join(root, 'centre'), logger: silent });
});
afterEach(async () => {
  await Promise.all(machines.splice(0).map((each) => each.close()));
  await centre.close();
  rmSync(root, { recursive: true, force: true });
});

const day = hallDay(Date.now());
const prefix = numberPrefix(day, '07');

/** A terminal's data folder with its program at work. */
class Machine {
  readonly dir: string;
  store: Store;
  client: SyncClient | null = null;
  readonly log: string[] = [];

  constructor(name: string) {
    this.dir = path.join(root, name);
    this.store = this.#open();
    machines.push(this);
  }

  #open(): Store {
    return Store.open({ dir: this.dir, keyHex: TEST_KEY, now: Date.now, newId: v7 });
  }

  open(): this {
    this.store = this.#open();
    return this;
  }

  /** The next number of this machine, taken as the service takes it. */
  accept(): string {
    const number = this.store.ledger.transact(() => {
      const sequence = this.store.cases.lastNumber(prefix) + 1;
      const number = `${prefix}${String(sequence).padStart(4, '0')}`;
      const body = acceptance(sequence, { number, window: 'W07' });
      this.store.ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body });
      return number;
    });
    this.client?.notify();
    return number;
  }

  connect(enrolmentCode?: string): void {
    this.client = new SyncClient({
      store: this.store,
      url: centre.url,
      terminal: 'W07',
      hall: 'main',
      enrolmentCode,
      now: Date.now,
      onChange: () => {},
      onStreams: () => {},
      onPublished: () => {},
      log: (event, fields) => this.log.push(`${event} ${JSON.stringify(fields)}`),
    });
  }

  /** Until nothing waits here and every case of the centre is here. */
  async settle(): Promise<void> {
    await expect
      .poll(
        () => [
          this.client?.state.link,
          this.store.delivery.counts().waitingOps,
          this.store.cases.search('', 200).total >= centreNumbers().length,
        ],
        { timeout: 10_000 },
      )
      .toEqual(['connected', 0, true]);
  }

  async close(): Promise<void> {
    await this.client?.stop();
    this.client = null;
    if (this.store.db.open) this.store.close();
  }

  numbers(): string[] {
    return this.store.cases
      .search('', 200)
      .rows.map(({ record }) => record.acceptance.number)
      .sort();
  }

  findings() {
    return verifyDatabase(this.store.db);
  }
}

const centreNumbers = () => centre.listCases().map(({ number }) => number);
const code = () => centre.createEnrolmentCode({ terminal: 'W07', hall: 'main' });

/** A disk that was copied as a whole has the same file, with the same number and birth. */
function pretendSameFile(dir: string): void {
  const db = openDatabase({ file: path.join(dir, DATABASE_FILE), keyHex: TEST_KEY });
  removeMeta(db, 'home');
  db.close();
}

async function restoreInto(machine: Machine, from: string) {
  return restoreBackup({ dir: machine.dir, keyHex: TEST_KEY, from, now: Date.now, newId: v7 });
}

async function backUpOf(machine: Machine, now = Date.now()) {
  const to = path.join(root, 'backups');
  const manifest = await backUp({ dir: machine.dir, keyHex: TEST_KEY, to, now });
  return { manifest, file: path.join(to, manifest.file) };
}

describe('a backup', () => {
  test('is made beside the running program, is encrypted, and holds what was committed', async () => {
    const machine = new Machine('w07');
    const numbers = [machine.accept(), machine.accept()];
    const { manifest, file } = await backUpOf(machine);
    expect(manifest).toMatchObject({ epoch: 1, ops: 2, head: machine.store.ledger.head().hash });
    expect(readFileSync(file).includes('张三')).toBe(false);
    const copy = openDatabase({ file, keyHex: TEST_KEY, readonly: true, archived: true });
    expect(copy.prepare('SELECT number FROM case_file ORDER BY number').pluck().all()).toEqual(numbers);
    copy.close();
    machine.accept();
    expect(await listBackups(path.join(root, 'backups'))).toEqual([manifest]);
  });

  test('that was changed or cut off is refused, and the folder stays as it is', async () => {
    const machine = new Machine('w07');
    machine.accept();
    const { file } = await backUpOf(machine);
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    await machine.close();
    const before = readFileSync(path.join(machine.dir, DATABASE_FILE));
    await expect(restoreInto(machine, file)).rejects.toThrow('not what its manifest says');
    expect(readFileSync(path.join(machine.dir, DATABASE_FILE)).equals(before)).toBe(true);
  });

  test('is not put under a running program', async () => {
    const machine = new Machine('w07');
    machine.accept();
    const { file } = await backUpOf(machine);
    await expect(restoreInto(machine, file)).rejects.toMatchObject({ code: 'in-use' });
  });
});

test('two programs never work with one folder', () => {
  const machine = new Machine('w07');
  expect(() => new Machine('w07')).toThrow(expect.objectContaining({ code: 'in-use' }) as Error);
  machine.accept();
});

describe('after a restore', () => {
  test('no number of the lost time is given again, and what the centre had of it comes back', async () => {
    const machine = new Machine('w07');
    machine.connect(await code());
    machine.accept();
    await machine.settle();
    const { file } = await backUpOf(machine);
    const lostButSent = machine.accept();
    await machine.settle();
    await machine.client?.stop();
    machine.client = null;
    const lostForGood = machine.accept();
    await machine.close();

    const restored = await restoreInto(machine, file);
    expect(restored).toMatchObject({ epoch: 2 });
    expect(readdirSync(restored.quarantine ?? '')).toContain(DATABASE_FILE);
    machine.open().connect();
    const fresh = machine.accept();
    expect(fresh).toBe(`${prefix}1001`);
    await machine.settle();
    expect(machine.numbers()).toContain(lostButSent);
    expect([lostButSent, lostForGood]).not.toContain(fresh);
    expect(centreNumbers().sort()).toEqual([`${prefix}0001`, lostButSent, fresh].sort());
    expect(machine.findings()).toEqual([]);
    expect(verifyCentre(path.join(root, 'centre'))).toEqual([]);
  });

  test('what waited in the backup is delivered under its old numbers, before anything new', async () => {
    const machine = new Machine('w07');
    machine.connect(await code());
    machine.accept();
    await machine.settle();
    await machine.client?.stop();
    machine.client = null;
    const waiting = machine.accept();
    const { file } = await backUpOf(machine);
    await machine.close();
    await restoreInto(machine, file);
    machine.open();
    const fresh = machine.accept();
    machine.connect();
    await machine.settle();
    expect(centreNumbers()).toEqual(expect.arrayContaining([waiting, fresh]));
    expect(machine.store.delivery.counts()).toMatchObject({ waitingOps: 0, rejected: 0 });
    expect(machine.findings()).toEqual([]);
  });

  test('a second restore of the same backup does not repeat the first one’s epoch', async () => {
    const machine = new Machine('w07');
    machine.connect(await code());
    machine.accept();
    await machine.settle();
    const { file } = await backUpOf(machine);
    await machine.close();
    await restoreInto(machine, file);
    machine.open().connect();
    const first = machine.accept();
    await machine.settle();
    await machine.close();
    // The disk is lost as well: nothing here knows of epoch 2.
    rmSync(machine.dir, { recursive: true });
    await restoreInto(machine, file);
    machine.open().connect();
    const second = machine.accept();
    await expect.poll(() => machine.log.join('\n')).toContain('epoch-began');
    await machine.settle();
    expect(machine.store.ledger.epoch).toBeGreaterThan(2);
    expect(machine.store.delivery.counts()).toMatchObject({ waitingOps: 0 });
    expect(machine.findings()).toEqual([]);
    expect(verifyCentre(path.join(root, 'centre'))).toEqual([]);
    // Without the centre nobody could know of it: the same number stands twice, and the later one is set aside.
    expect(second).toBe(first);
    expect(machine.store.delivery.counts().rejected).toBe(1);
  });
});

describe('data put back by hand', () => {
  test('an old copy of the folder repeats no number, though nobody answers', async () => {
    const machine = new Machine('w07');
    machine.accept();
    await machine.close();
    const kept = path.join(root, 'kept');
    cpSync(machine.dir, kept, { recursive: true });
    const onPaper = machine.open().accept();
    await machine.close();
    rmSync(machine.dir, { recursive: true });
    cpSync(kept, machine.dir, { recursive: true });

    machine.open();
    expect(onPaper).toBe(`${prefix}0002`);
    expect(machine.accept()).toBe(`${prefix}1001`);
    expect(machine.store.ledger.epoch).toBe(2);
    expect(machine.findings()).toEqual([]);
    await machine.close();
    // The same file opened again is the same file.
    expect(machine.open().store.ledger.epoch).toBe(2);
  });

  test('an old copy of a whole disk is noticed at the first exchange and goes on under a new epoch', async () => {
    const machine = new Machine('w07');
    machine.connect(await code());
    machine.accept();
    await machine.settle();
    await machine.close();
    const kept = path.join(root, 'kept');
    cpSync(machine.dir, kept, { recursive: true });
    machine.open().connect();
    const after = machine.accept();
    await machine.settle();
    await machine.close();
    rmSync(machine.dir, { recursive: true });
    cpSync(kept, machine.dir, { recursive: true });
    pretendSameFile(machine.dir);

    machine.open().connect();
    await machine.settle();
    expect(machine.log.join('\n')).toContain('"reason":"older-copy"');
    expect(machine.numbers()).toContain(after);
    expect(machine.accept()).toBe(`${prefix}1001`);
    await machine.settle();
    expect(machine.findings()).toEqual([]);
    expect(verifyCentre(path.join(root, 'centre'))).toEqual([]);
  });

  test('what the centre refused in the lost time does not count on the old copy either', async () => {
    const machine = new Machine('w07');
    machine.connect(await code());
    machine.accept();
    await machine.settle();
    await machine.close();
    machine.open();
    const [first] = machine.store.cases.search('', 1).rows;
    const caseId = first?.record.id ?? '';
    // Nobody of that number is known at the centre.
    const body: Advance = { transition: 'T40', data: { reason: '双方协商撤回', signed: ['张三'] } };
    machine.store.ledger.append({ kind: 'case.advanced', stream: `case:${caseId}`, actor: '9999', body });
    await machine.close();
    const kept = path.join(root, 'kept');
    cpSync(machine.dir, kept, { recursive: true });
    machine.open().connect();
    machine.accept();
    await machine.settle();
    expect(machine.store.delivery.counts().rejected).toBe(1);
    await machine.close();
    rmSync(machine.dir, { recursive: true });
    cpSync(kept, machine.dir, { recursive: true });
    pretendSameFile(machine.dir);

    machine.open();
    expect(machine.store.cases.find(caseId)?.record.state).toBe('WITHDRAWN');
    machine.connect();
    await machine.settle();
    expect(machine.store.delivery.counts().rejected).toBe(1);
    expect(machine.store.cases.find(caseId)?.record.state).not.toBe('WITHDRAWN');
    expect(machine.findings()).toEqual([]);
  });

  test('of two copies at work each keeps what it took in, and nothing blocks the other', async () => {
    const machine = new Machine('w07');
    machine.connect(await code());
    machine.accept();
    await machine.settle();
    await machine.close();
    cpSync(machine.dir, path.join(root, 'clone'), { recursive: true });
    pretendSameFile(path.join(root, 'clone'));

    machine.open();
    const own = [`${prefix}0001`, machine.accept(), machine.accept()];
    const clone = new Machine('clone');
    const cloned = { stream: caseStream(), number: `${numberPrefix(day, '08')}0001` };
    clone.store.ledger.append({
      kind: 'case.accepted',
      stream: cloned.stream,
      actor: '1001',
      body: acceptance(1, { number: cloned.number, window: 'W08' }),
    });
    const { op_id } = clone.store.ledger.readAfter(1, 1)[0] ?? { op_id: '' };

    machine.connect();
    await machine.settle();
    clone.connect();
    await clone.settle();
    expect(clone.log.join('\n')).toContain('"reason":"cloned"');
    expect(centreNumbers().sort()).toEqual([...own, cloned.number].sort());
    // Under another number, as the same op.
    const moved = clone.store.ledger.readAfter(0, 10).find((op) => op.op_id === op_id);
    expect(moved).toMatchObject({ epoch: 2, kind: 'case.accepted' });
    expect(clone.findings()).toEqual([]);

    machine.accept();
    machine.client?.notify();
    await machine.settle();
    expect(machine.store.ledger.epoch).toBe(3);
    expect(machine.findings()).toEqual([]);
    expect(verifyCentre(path.join(root, 'centre'))).toEqual([]);
  });

  test('of two copies that both go on one steps aside with all it has, and goes on when it is given a code anew', async () => {
    const machine = new Machine('w07');
    machine.connect(await code());
    machine.accept();
    await machine.settle();
    await machine.close();
    cpSync(machine.dir, path.join(root, 'clone'), { recursive: true });
    pretendSameFile(path.join(root, 'clone'));
    machine.open().connect();
    const clone = new Machine('clone');
    clone.connect();
    await Promise.all([machine.settle(), clone.settle()]);

    const pair = [machine, clone];
    const link = (each: Machine) => each.client?.state.link;
    const isAside = () => pair.some((each) => link(each) === 'refused' && each.log.at(-1)?.includes('a copy of'));
    const isThrough = (each: Machine) => each.store.delivery.counts().waitingOps === 0 && link(each) === 'connected';
    for (let turn = 0; turn < 12 && !isAside(); turn++) {
      // Before either has heard of the other's: one after the other, each would have read what it goes on from.
      for (const each of pair) each.accept();
      const isOver = () => {
        for (const each of pair) if (!isThrough(each)) each.client?.notify();
        return isAside() || pair.every(isThrough);
      };
      await expect.poll(isOver, { timeout: 10_000 }).toBe(true);
    }
    expect(isAside()).toBe(true);
    const aside = pair.find((each) => link(each) === 'refused') as Machine;
    const other = pair.find((each) => each !== aside) as Machine;
    const waiting = aside.accept();
    expect(aside.store.delivery.counts().waitingOps).toBeGreaterThan(0);
    expect(other.store.ledger.epoch).toBeLessThanOrEqual(6);

    // What it read of the other's it asks about in its next exchange.
    other.client?.notify();
    await other.settle();
    await other.close();
    await aside.close();
    aside.open().connect(await code());
    await expect.poll(() => link(aside), { timeout: 10_000 }).toBe('connected');
    // What it read of the other's goes to the centre once more, with the next push.
    aside.client?.notify();
    await aside.settle();
    expect(centreNumbers()).toContain(waiting);
    expect(aside.findings()).toEqual([]);
    expect(verifyCentre(path.join(root, 'centre'))).toEqual([]);
    // The other one is nobody now.
    other.open().connect();
    await expect.poll(() => link(other), { timeout: 10_000 }).toBe('refused');
  });

  test('a centre that was put back is sent again what it lost of earlier epochs too', async () => {
    const machine = new Machine('w07');
    machine.connect(await code());
    const kept = machine.accept();
    await machine.settle();
    await centre.close();
    const copy = path.join(root, 'centre-kept');
    cpSync(path.join(root, 'centre'), copy, { recursive: true });
    centre = await startCentre({ dataDir: path.join(root, 'centre'), logger: silent, port: centre.port });
    const before = machine.accept();
    await machine.settle();
    const { file } = await backUpOf(machine);
    await machine.close();
    await restoreInto(machine, file);
    machine.open().connect();
    const after = machine.accept();
    await machine.settle();
    await machine.close();
    await centre.close();
    rmSync(path.join(root, 'centre'), { recursive: true });
    cpSync(copy, path.join(root, 'centre'), { recursive: true });
    centre = await startCentre({ dataDir: path.join(root, 'centre'), logger: silent, port: centre.port });

    machine.open().connect();
    await machine.settle();
    await expect.poll(centreNumbers, { timeout: 10_000 }).toHaveLength(3);
    expect(centreNumbers().sort()).toEqual([kept, before, after].sort());
    expect(machine.findings()).toEqual([]);
  });
});
