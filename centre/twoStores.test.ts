import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from '../tests/fixtures/centre.ts';
import { openStoreIn } from '../tests/fixtures/centreDatabase.ts';
import { outcomes } from '../tests/fixtures/ingest.ts';
import { OpMaker } from '../tests/fixtures/opMaker.ts';
import { secretHash } from './digest.ts';
import { createIngest, type Ingest } from './ingest.ts';
import type { CentreStore } from './store/types.ts';

let folder: ReturnType<typeof temporaryFolder>;
let stores: { store: CentreStore; ingest: Ingest }[];
beforeEach(() => {
  folder = temporaryFolder();
  stores = [1, 2].map(() => {
    const store = openStoreIn(folder.dir);
    return { store, ingest: createIngest({ store, now: () => 0, onPublished() {} }) };
  });
});
afterEach(() => {
  for (const { store } of stores) store.close();
  folder.remove();
});

const at = (index: number) => stores[index] as (typeof stores)[number];

it('a chain goes on wherever its next op arrives, and every scope without a gap', async () => {
  const maker = new OpMaker({ name: 'a' });
  const { stream } = maker.acceptCase();
  for (let print = 1; print <= 8; print++) maker.printSlip(stream, { print });
  const author = { device: maker.device, hall: 'main', centre: false };
  // One twice, then the other twice: each has to see that it has been overtaken.
  for (const [index, op] of maker.ops.entries()) {
    const verdict = await at(Math.floor(index / 2) % 2).ingest.push({ author, epoch: 1, ops: [op] });
    expect(outcomes(verdict)).toEqual(['applied']);
  }
  for (const { store } of stores) {
    for (const scope of ['hall:main', stream]) {
      const { rows, head } = await store.readScope(scope, 0, { rows: 100, bytes: 1_000_000 });
      expect(
        rows.map(({ pos }) => pos),
        scope,
      ).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(head).toBe(9);
    }
  }
});

it('an epoch that was begun at the one is over at the other', async () => {
  const [first, second] = [1, 2].map((epoch) => new OpMaker({ name: 'a', epoch })) as [OpMaker, OpMaker];
  const author = { device: first.device, hall: 'main', centre: false };
  const push = (index: number, maker: OpMaker) => {
    maker.acceptCase({ number: `20261123070${maker.epoch}${maker.ops.length}0` });
    return at(index).ingest.push({ author, epoch: maker.epoch, ops: maker.ops.slice(-1) });
  };
  expect(await push(0, first)).toMatchObject({ kind: 'taken', acked: 1 });
  expect(await push(0, first)).toMatchObject({ kind: 'taken', acked: 2 });
  expect(await push(1, second)).toMatchObject({ kind: 'taken', acked: 1 });
  expect(await push(0, first)).toMatchObject({ kind: 'refused', reason: 'epoch-over' });
});

it('who was revoked at the one is let in at the other no longer, nor with the key he had', async () => {
  const [tokenHash, codeHash] = [secretHash('token'), secretHash('code')];
  const { device } = new OpMaker({ name: 'a' });
  const order = { codeHash, terminal: 'W07', hall: 'main', kind: 'terminal', expiresAt: 10 } as const;
  await at(0).store.addEnrolmentCode(order);
  await at(0).store.enrol({ codeHash, device, terminal: 'W07', tokenHash, publicKey: 'first', now: 1 });
  for (const { store } of stores) {
    expect(await store.findDeviceByToken(tokenHash)).toMatchObject({ id: device, terminal: 'W07' });
    expect(store.keyOf(device)?.publicKey).toBe('first');
  }
  const [again, other] = [secretHash('again'), secretHash('other')];
  await at(0).store.addEnrolmentCode({ ...order, codeHash: again });
  await at(0).store.enrol({ codeHash: again, device, terminal: 'W07', tokenHash: other, publicKey: 'second', now: 2 });
  await nextTurn();
  for (const { store } of stores) {
    expect(await store.findDeviceByToken(tokenHash)).toBeNull();
    expect(store.keyOf(device)?.publicKey).toBe('second');
  }
  expect(await at(1).store.revokeDevice(device, 3)).toBe(true);
  expect(await at(1).store.findDeviceByToken(other)).toBeNull();
  await nextTurn();
  expect(await at(0).store.findDeviceByToken(other)).toBeNull();
});
