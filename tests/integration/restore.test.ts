import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { verifyCentre } from '../../centre/verify/verify.ts';
import { listBackups } from '../../db/backup/backup.ts';
import { openDatabase } from '../../db/open.ts';
import { DATABASE_FILE } from '../../db/store.ts';
import { prefix, RestoreHall, restoreInto } from '../fixtures/restoreHall.ts';
import { TEST_KEY } from '../fixtures/store.ts';

/** Backups of real files put back, against a real centre over TCP. */

const hall = RestoreHall.forEachTest();

describe('a backup', () => {
  test('is made beside the running program, is encrypted, and holds what was committed', async () => {
    const machine = hall.machine('w07');
    const numbers = [machine.accept(), machine.accept()];
    const { manifest, file } = await hall.backUpOf(machine);
    expect(manifest).toMatchObject({ epoch: 1, ops: 2, head: machine.store.ledger.head().hash });
    expect(readFileSync(file).includes('张三')).toBe(false);
    const copy = openDatabase({ file, keyHex: TEST_KEY, readonly: true, archived: true });
    expect(copy.prepare('SELECT number FROM case_file ORDER BY number').pluck().all()).toEqual(numbers);
    copy.close();
    machine.accept();
    expect(await listBackups(path.join(hall.root, 'backups'))).toEqual([manifest]);
  });

  test('that was changed or cut off is refused, and the folder stays as it is', async () => {
    const machine = hall.machine('w07');
    machine.accept();
    const { file } = await hall.backUpOf(machine);
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    await machine.close();
    const before = readFileSync(path.join(machine.dir, DATABASE_FILE));
    await expect(restoreInto(machine, file)).rejects.toThrow('not what its manifest says');
    expect(readFileSync(path.join(machine.dir, DATABASE_FILE)).equals(before)).toBe(true);
  });

  test('is not put under a running program', async () => {
    const machine = hall.machine('w07');
    machine.accept();
    const { file } = await hall.backUpOf(machine);
    await expect(restoreInto(machine, file)).rejects.toMatchObject({ code: 'in-use' });
  });
});

test('two programs never work with one folder', () => {
  const machine = hall.machine('w07');
  expect(() => hall.machine('w07')).toThrow(expect.objectContaining({ code: 'in-use' }) as Error);
  machine.accept();
});

describe('after a restore', () => {
  test('no number of the lost time is given again, and what the centre had of it comes back', async () => {
    const machine = hall.machine('w07');
    machine.connect(await hall.code());
    machine.accept();
    await machine.settle();
    const { file } = await hall.backUpOf(machine);
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
    expect(hall.centreNumbers().sort()).toEqual([`${prefix}0001`, lostButSent, fresh].sort());
    expect(machine.findings()).toEqual([]);
    expect(verifyCentre(hall.centreDir)).toEqual([]);
  });

  test('what waited in the backup is delivered under its old numbers, before anything new', async () => {
    const machine = hall.machine('w07');
    machine.connect(await hall.code());
    machine.accept();
    await machine.settle();
    await machine.client?.stop();
    machine.client = null;
    const waiting = machine.accept();
    const { file } = await hall.backUpOf(machine);
    await machine.close();
    await restoreInto(machine, file);
    machine.open();
    const fresh = machine.accept();
    machine.connect();
    await machine.settle();
    expect(hall.centreNumbers()).toEqual(expect.arrayContaining([waiting, fresh]));
    expect(machine.store.delivery.counts()).toMatchObject({ waitingOps: 0, rejected: 0 });
    expect(machine.findings()).toEqual([]);
  });

  test('a second restore of the same backup does not repeat the first one’s epoch', async () => {
    const machine = hall.machine('w07');
    machine.connect(await hall.code());
    machine.accept();
    await machine.settle();
    const { file } = await hall.backUpOf(machine);
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
    expect(verifyCentre(hall.centreDir)).toEqual([]);
    // Without the centre nobody could know of it: the same number stands twice, and the later one is set aside.
    expect(second).toBe(first);
    expect(machine.store.delivery.counts().rejected).toBe(1);
  });
});
