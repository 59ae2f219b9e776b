import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { verifyCentre } from '../../centre/verify/verify.ts';
import type { Advance } from '../../domain/case/advance.ts';
import { numberPrefix } from '../../domain/numbers/caseNumber.ts';
import { acceptance } from '../fixtures/acceptance.ts';
import { day, type Machine, prefix, pretendSameFile, RestoreHall, restoreInto } from '../fixtures/restoreHall.ts';
import { caseStream } from '../fixtures/store.ts';

/** Data folders copied and put in place by hand, without telling anybody, against a real centre over TCP. */

const hall = RestoreHall.forEachTest();

describe('data put back by hand', () => {
  test('an old copy of the folder repeats no number, though nobody answers', async () => {
    const machine = hall.machine('w07');
    machine.accept();
    await machine.close();
    const kept = path.join(hall.root, 'kept');
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
    const machine = hall.machine('w07');
    machine.connect(await hall.code());
    machine.accept();
    await machine.settle();
    await machine.close();
    const kept = path.join(hall.root, 'kept');
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
    expect(verifyCentre(hall.centreDir)).toEqual([]);
  });

  test('what the centre refused in the lost time does not count on the old copy either', async () => {
    const machine = hall.machine('w07');
    machine.connect(await hall.code());
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
    const kept = path.join(hall.root, 'kept');
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
    const machine = hall.machine('w07');
    machine.connect(await hall.code());
    machine.accept();
    await machine.settle();
    await machine.close();
    cpSync(machine.dir, path.join(hall.root, 'clone'), { recursive: true });
    pretendSameFile(path.join(hall.root, 'clone'));

    machine.open();
    const own = [`${prefix}0001`, machine.accept(), machine.accept()];
    const clone = hall.machine('clone');
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
    expect(hall.centreNumbers().sort()).toEqual([...own, cloned.number].sort());
    // Under another number, as the same op.
    const moved = clone.store.ledger.readAfter(0, 10).find((op) => op.op_id === op_id);
    expect(moved).toMatchObject({ epoch: 2, kind: 'case.accepted' });
    expect(clone.findings()).toEqual([]);

    machine.accept();
    machine.client?.notify();
    await machine.settle();
    expect(machine.store.ledger.epoch).toBe(3);
    expect(machine.findings()).toEqual([]);
    expect(verifyCentre(hall.centreDir)).toEqual([]);
  });

  test('of two copies that both go on one steps aside with all it has, and goes on when it is given a code anew', async () => {
    const machine = hall.machine('w07');
    machine.connect(await hall.code());
    machine.accept();
    await machine.settle();
    await machine.close();
    cpSync(machine.dir, path.join(hall.root, 'clone'), { recursive: true });
    pretendSameFile(path.join(hall.root, 'clone'));
    machine.open().connect();
    const clone = hall.machine('clone');
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
      await expect.poll(isOver, { timeout: 45_000 }).toBe(true);
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
    aside.open().connect(await hall.code());
    await expect.poll(() => link(aside), { timeout: 45_000 }).toBe('connected');
    // What it read of the other's goes to the centre once more, with the next push.
    aside.client?.notify();
    await aside.settle();
    expect(hall.centreNumbers()).toContain(waiting);
    expect(aside.findings()).toEqual([]);
    expect(verifyCentre(hall.centreDir)).toEqual([]);
    // The other one is nobody now.
    other.open().connect();
    await expect.poll(() => link(other), { timeout: 45_000 }).toBe('refused');
  });

  test('a centre that was put back is sent again what it lost of earlier epochs too', async () => {
    const machine = hall.machine('w07');
    machine.connect(await hall.code());
    const kept = machine.accept();
    await machine.settle();
    await hall.centre.close();
    const copy = path.join(hall.root, 'centre-kept');
    cpSync(hall.centreDir, copy, { recursive: true });
    await hall.startCentre();
    const before = machine.accept();
    await machine.settle();
    const { file } = await hall.backUpOf(machine);
    await machine.close();
    await restoreInto(machine, file);
    machine.open().connect();
    const after = machine.accept();
    await machine.settle();
    await machine.close();
    await hall.centre.close();
    rmSync(hall.centreDir, { recursive: true });
    cpSync(copy, hall.centreDir, { recursive: true });
    await hall.startCentre();

    machine.open().connect();
    await machine.settle();
    await expect.poll(() => hall.centreNumbers(), { timeout: 45_000 }).toHaveLength(3);
    expect(hall.centreNumbers().sort()).toEqual([kept, before, after].sort());
    expect(machine.findings()).toEqual([]);
  });
});
