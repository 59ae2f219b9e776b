import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { verifyCentre } from '../../centre/verify/verify.ts';
import { beginEpochAfterLoss } from '../../db/newEpoch.ts';
import type { Advance } from '../../domain/case/advance.ts';
import { numberPrefix } from '../../domain/numbers/caseNumber.ts';
import { connectHttp } from '../../link/httpLine.ts';
import { Exchange } from '../../sync/exchange.ts';
import { Hubs } from '../../sync/hubs.ts';
import { acceptance } from '../fixtures/acceptance.ts';
import { day, type Machine, prefix, pretendSameFile, RestoreHall, restoreInto } from '../fixtures/restoreHall.ts';
import { caseStream } from '../fixtures/store.ts';

/** Data folders copied and put in place by hand, without telling anybody, against a real centre over TCP. */

const hall = RestoreHall.forEachTest();

describe('data put back by hand', () => {
  test('an old copy of the folder repeats no number, though nobody answers', async () => {
    const machine = hall.machine('w07');
    machine.accept();
    const kept = await machine.keepCopy();
    const onPaper = machine.open().accept();
    await machine.putFolderBack(kept);

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
    const kept = await machine.keepCopy();
    machine.open().connect();
    const after = machine.accept();
    await machine.settle();
    await machine.putDiskBack(kept);

    machine.open().connect();
    await machine.settle();
    expect(machine.log.join('\n')).toContain('"reason":"older-copy"');
    expect(machine.numbers()).toContain(after);
    expect(machine.accept()).toBe(`${prefix}1001`);
    await machine.settle();
    expect(machine.findings()).toEqual([]);
    expect(verifyCentre(hall.centreDir)).toEqual([]);
  });

  test('what waited in an old copy and was sent since under a newer epoch is the same record, here and at the centre', async () => {
    const machine = hall.machine('w07');
    machine.connect(await hall.code());
    machine.accept();
    await machine.settle();
    await machine.close();
    machine.open();
    const numbers = [`${prefix}0001`, machine.accept(), machine.accept()];
    const kept = await machine.keepCopy();
    // As one that was overtaken by a copy of itself.
    machine.open();
    const { seq } = machine.store.ledger.head();
    beginEpochAfterLoss(machine.store, { reason: 'cloned', above: 1, keep: seq - 2, now: Date.now() });
    machine.connect();
    await machine.settle();
    await machine.putDiskBack(kept);

    machine.open().connect();
    await machine.settle();
    expect(machine.log.join('\n')).toContain('"reason":"older-copy"');
    expect(hall.centreNumbers().sort()).toEqual(numbers);
    expect(machine.numbers()).toEqual(numbers);
    expect(machine.store.delivery.counts().rejected).toBe(0);
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
    const kept = await machine.keepCopy();
    machine.open().connect();
    machine.accept();
    await machine.settle();
    expect(machine.store.delivery.counts().rejected).toBe(1);
    await machine.putDiskBack(kept);

    machine.open();
    expect(machine.store.cases.find(caseId)?.record.state).toBe('WITHDRAWN');
    machine.connect();
    await machine.settle();
    expect(machine.store.delivery.counts().rejected).toBe(1);
    expect(machine.store.cases.find(caseId)?.record.state).not.toBe('WITHDRAWN');
    expect(machine.findings()).toEqual([]);
  });

  test('an old copy with cases that waited, which have gone since under a newer epoch, sends them again and goes on', async () => {
    const machine = hall.machine('w07');
    machine.connect(await hall.code());
    machine.accept();
    await machine.settle();
    await machine.close();
    cpSync(machine.dir, path.join(hall.root, 'clone'), { recursive: true });
    const waited = machine.open().accept();
    const kept = await machine.keepCopy();
    // What a machine reads of another's goes to the centre once more, with its next push.
    const settle = () => {
      const isThrough = () => {
        machine.client?.notify();
        return machine.client?.state.link === 'connected' && machine.store.delivery.counts().waitingOps === 0;
      };
      return expect.poll(isThrough, { timeout: 20_000 }).toBe(true);
    };
    // Somebody else has begun an epoch: what waited goes over into the next one.
    const clone = hall.machine('clone');
    clone.connect();
    clone.accept();
    await clone.settle();
    await clone.close();
    machine.open().connect();
    await settle();
    expect(machine.store.ledger.readAfter(0, 10, 3).map(({ kind }) => kind)).toContain('case.accepted');
    await machine.putDiskBack(kept);

    machine.open().connect();
    await settle();
    const after = machine.accept();
    await settle();
    expect(machine.store.ledger.epoch).toBe(4);
    expect(machine.log.filter((line) => line.includes('sync-failed'))).toEqual([]);
    expect(hall.centreNumbers().filter((number) => number === waited)).toEqual([waited]);
    expect(hall.centreNumbers()).toContain(after);
    expect(machine.store.delivery.counts()).toMatchObject({ waitingOps: 0, rejected: 0 });
    expect(verifyCentre(hall.centreDir)).toEqual([]);
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
      await expect.poll(() => isAside() || pair.every(isThrough), { timeout: 45_000 }).toBe(true);
    }
    expect(isAside()).toBe(true);
    const aside = pair.find((each) => link(each) === 'refused') as Machine;
    const other = pair.find((each) => each !== aside) as Machine;
    const waiting = aside.accept();
    expect(aside.store.delivery.counts().waitingOps).toBeGreaterThan(0);
    expect(other.store.ledger.epoch).toBeLessThanOrEqual(6);

    await other.settle();
    await other.close();
    await aside.close();
    aside.open().connect(await hall.code());
    await expect.poll(() => link(aside), { timeout: 45_000 }).toBe('connected');
    await aside.settle();
    expect(hall.centreNumbers()).toContain(waiting);
    expect(aside.findings()).toEqual([]);
    expect(verifyCentre(hall.centreDir)).toEqual([]);
    // The other one is nobody now.
    other.open().connect();
    await expect.poll(() => link(other), { timeout: 45_000 }).toBe('refused');
  });

  test('what a copy wrote waits here no longer than until it was read: it is asked about at once', async () => {
    const machine = hall.machine('w07');
    machine.connect(await hall.code());
    machine.accept();
    await machine.settle();
    await machine.close();
    cpSync(machine.dir, path.join(hall.root, 'clone'), { recursive: true });
    pretendSameFile(path.join(hall.root, 'clone'));

    const { store } = hall.machine('clone');
    const nothing = () => {};
    const url = hall.centre.url;
    const hubs = new Hubs({
      ...{ store, urls: [url], connect: connectHttp, known: () => new Map() },
      ...{ onHeard: nothing, onLeft: nothing },
    });
    const exchange = new Exchange({
      ...{ store, hubs, url, terminal: 'W07', hall: 'main', now: Date.now, monotonic: () => 0, log: nothing },
      ...{ onChange: nothing, onStreams: nothing, onPublished: nothing, onEnrolling: nothing, onSound: nothing },
    });
    store.ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body: acceptance(900) });
    await exchange.run();
    expect([store.delivery.counts().waitingOps, exchange.untilNext]).toEqual([0, 15_000]);

    // It goes on under an epoch of its own, which is newer.
    machine.open().connect();
    machine.accept();
    await machine.settle();
    await machine.close();
    exchange.hint();
    await exchange.run();
    expect(store.cases.search('', 10).total).toBe(3);
    expect([store.delivery.counts().waitingOps, exchange.untilNext]).toEqual([0, 15_000]);
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
