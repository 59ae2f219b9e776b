import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/fixtures/centre.ts';
import { dataIn, openStoreIn } from '../../tests/fixtures/centreDatabase.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { takeOwnOp } from '../office/ownOp.ts';
import { openBeside } from './openBeside.ts';
import type { CentreStore } from './types.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: CentreStore;
beforeEach(() => {
  folder = temporaryFolder();
  store = openStoreIn(folder.dir);
});
afterEach(() => {
  store.close();
  folder.remove();
});

function reopen(): void {
  store.close();
  store = openStoreIn(folder.dir);
}

/** @returns the number that an op of the centre's own gets */
async function writeOwn(): Promise<[epoch: number, seq: number]> {
  return store.write([], (known) => {
    const ledger = new WorkingLedger(known);
    const stream = `session:${crypto.randomUUID()}`;
    const body = { staff: '1001', terminal: 'W07' };
    takeOwnOp(ledger, store.self, { hall: 'main', kind: 'session.opened', stream, actor: '1001', body }, 0);
    const decision = ledger.decision();
    const { epoch = 0, seq = 0 } = decision.newOps[0]?.op ?? {};
    return { decision, value: [epoch, seq] as [number, number] };
  });
}

test('from each start a centre writes under numbers that no earlier start of it has used, known here or not', async () => {
  expect(await writeOwn()).toEqual([1, 1]);
  store.beginChain(100);
  expect(await writeOwn()).toEqual([101, 1]);
  expect(await writeOwn()).toEqual([101, 2]);
  // What it has given away is still its own.
  expect(store.dataEpoch).toBe(1);

  reopen();
  store.beginChain(50);
  expect(await writeOwn()).toEqual([102, 1]);
});

test('whoever writes beside the serving centre and begins no chain goes on with its chain', async () => {
  store.beginChain(100);
  await writeOwn();
  const beside = openStoreIn(folder.dir);
  try {
    expect(beside.self.epoch).toBe(1);
    const serving = store;
    store = beside;
    expect(await writeOwn()).toEqual([101, 2]);
    store = serving;
  } finally {
    beside.close();
  }
  expect(await writeOwn()).toEqual([101, 3]);
});

test('a command takes no number that a disk before this one may have used, and the serving centre goes on behind it', async () => {
  expect(await writeOwn()).toEqual([1, 1]);
  store.beginChain(100);
  const beside = openBeside(dataIn(folder.dir), () => 200_000);
  try {
    const serving = store;
    store = beside;
    expect(await writeOwn()).toEqual([201, 1]);
    store = serving;
  } finally {
    beside.close();
  }
  expect(await writeOwn()).toEqual([201, 2]);
  expect(store.dataEpoch).toBe(1);
});

test('data that turn out to be an older copy begin a chain again, and forget what they gave away', async () => {
  store.beginChain(100);
  await writeOwn();
  store.beginEpoch(7);
  expect(store.dataEpoch).toBe(8);
  expect(await writeOwn()).toEqual([102, 1]);
  reopen();
  expect(store.dataEpoch).toBe(8);
});
