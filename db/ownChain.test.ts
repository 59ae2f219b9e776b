import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Op } from '../domain/ledger/op.ts';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { caseStream, openTestStore } from '../tests/fixtures/store.ts';
import { verifyDatabase } from './verify.ts';

let fixture: ReturnType<typeof openTestStore>;
beforeEach(() => {
  fixture = openTestStore();
});
afterEach(() => fixture.dispose());

function accept(sequence: number): Op {
  const body = acceptance(sequence, { number: `2026112307${String(sequence).padStart(4, '0')}`, window: 'W07' });
  return fixture.store.ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body }).op;
}

/** All that there is of one op. */
const rowsOf = ({ op_id }: Op): unknown[] =>
  fixture.store.db
    .prepare('SELECT epoch, seq, applied FROM op WHERE op_id = ?')
    .raw()
    .all(Buffer.from(op_id.replaceAll('-', ''), 'hex'));

test('an own op that comes back under the number a copy gave it is known where it went over into a later epoch', () => {
  const { ledger } = fixture.store;
  const kept = accept(1);
  const waiting = accept(2);
  // Its second number, in an epoch of the copy; here it goes over into one that is newer still.
  const note = { kind: 'note.added' as const, stream: `note:${kept.op_id}`, actor: '1001' };
  const op = ledger.append({ ...note, body: { caseId: kept.stream.slice(5), kind: 'remark', text: '已告知' } }).op;
  ledger.beginEpoch({ reason: 'older-copy' }, { above: 2, keep: 1 });
  expect(rowsOf(waiting)).toEqual([[3, 1, 1]]);

  expect([waiting, op].map((each) => ledger.applyRemote({ ...each, epoch: 2 }))).toEqual(['known', 'known']);
  expect(rowsOf(waiting)).toEqual([[3, 1, 1]]);
  expect(fixture.store.cases.search('', 10).total).toBe(2);
  expect(verifyDatabase(fixture.store.db)).toEqual([]);
});

test('ops of an epoch before go over in front of those of the present one, and each keeps its id', () => {
  const { ledger } = fixture.store;
  const [, left] = [accept(1), accept(2)];
  ledger.beginEpoch({ reason: 'restored' }, { above: 1 });
  const later = accept(3);
  ledger.beginEpoch({ reason: 'older-copy' }, { above: 5, keep: 0, leftBehind: ledger.readAfter(1, 10, 1) });
  const ids = ledger.readAfter(0, 10).map(({ op_id }) => op_id);
  expect([ids.indexOf(left?.op_id ?? ''), ids.indexOf(later.op_id)]).toEqual([0, 2]);
  expect(ledger.seqsOf(1)).toEqual([1]);
  expect(ledger.seqsOf(2)).toEqual([]);
  expect(verifyDatabase(fixture.store.db)).toEqual([]);
});
