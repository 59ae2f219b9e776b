import { afterEach, beforeEach, expect, test } from 'vitest';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { caseStream, openTestStore } from '../tests/fixtures/store.ts';
import { beginEpochAfterLoss } from './newEpoch.ts';

let fixture: ReturnType<typeof openTestStore>;
beforeEach(() => {
  fixture = openTestStore();
});
afterEach(() => fixture.dispose());

const EVERYTHING = { rows: 1000, bytes: Number.MAX_SAFE_INTEGER };

function accept(sequence: number, actor = '1001') {
  const body = { ...acceptance(sequence, { window: 'W07' }), note: `"引号"、\\反斜杠\n换行 ${sequence}` };
  return fixture.store.ledger.append({ kind: 'case.accepted', stream: caseStream(), actor, body }).op;
}

test('an op put together where it lies is the op as it is read, and its place in the chain beside it', () => {
  const made = [accept(1), accept(2, '王"敏\\'), accept(3)];
  const { ops, bytes, isFull } = fixture.store.outgoing.read(1, 0, EVERYTHING);
  expect(ops.map(({ json }) => JSON.parse(json.toString()))).toEqual(fixture.store.ledger.readAfter(0, 10));
  expect(ops.map(({ json: _json, ...place }) => place)).toEqual(
    made.map(({ seq, hash, stream, op_id }) => ({ seq, hash, stream, opId: op_id })),
  );
  expect(bytes).toBe(ops.reduce((sum, { json }) => sum + json.length + 1, 0));
  expect(isFull).toBe(false);
});

test('a batch ends at the row or the byte that is too much, and holds one op whatever its size', () => {
  for (let sequence = 1; sequence <= 4; sequence += 1) accept(sequence);
  const { outgoing } = fixture.store;
  const seqs = (after: number, rows: number, bytes: number) => {
    const batch = outgoing.read(1, after, { rows, bytes });
    return [batch.ops.map(({ seq }) => seq), batch.isFull];
  };
  const { bytes } = outgoing.read(1, 0, { rows: 2, bytes: Number.MAX_SAFE_INTEGER });
  expect(seqs(0, 3, Number.MAX_SAFE_INTEGER)).toEqual([[1, 2, 3], true]);
  expect(seqs(0, 1000, bytes)).toEqual([[1, 2], true]);
  expect(seqs(0, 1000, bytes - 1)).toEqual([[1], true]);
  expect(seqs(2, 1000, 1)).toEqual([[3], true]);
  expect(seqs(2, 1000, bytes * 2)).toEqual([[3, 4], false]);
  expect(seqs(4, 1000, bytes)).toEqual([[], false]);
});

test('each epoch is read for itself', () => {
  accept(1);
  const { store } = fixture;
  store.ledger.transact(() => beginEpochAfterLoss(store, { reason: 'restored', above: 1, now: Date.now() }));
  accept(2);
  const read = (epoch: number) =>
    store.outgoing.read(epoch, 0, EVERYTHING).ops.map(({ json }) => JSON.parse(`${json}`));
  expect(read(1)).toEqual(store.ledger.readAfter(0, 10, 1));
  expect(read(2)).toEqual(store.ledger.readAfter(0, 10, 2));
  expect(read(2).length).toBeGreaterThan(0);
});
