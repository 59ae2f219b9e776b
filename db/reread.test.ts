import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OpEnvelope } from '../contract/ops.ts';
import { rowsOf } from '../tests/fixtures/knownOps.ts';
import { OpMaker } from '../tests/fixtures/opMaker.ts';
import { openTestStore } from '../tests/fixtures/store.ts';
import { verifyDatabase } from './verify.ts';

/** A window that has read what its centre lost, and reads the scope anew. */

const SCOPE = 'hall:main';
let window: ReturnType<typeof openTestStore>;
let other: OpMaker;
let pos: number;
beforeEach(() => {
  window = openTestStore();
  other = new OpMaker({ name: 'other', terminal: '08' });
  pos = 0;
});
afterEach(() => window.dispose());

function pull(...ops: OpEnvelope[]): void {
  window.store.delivery.takePage(SCOPE, rowsOf(ops, pos));
  pos += ops.length;
}

/** What the centre has of the scope now. */
function readAnew(...ops: OpEnvelope[]): void {
  window.store.delivery.readAnew(SCOPE);
  pos = 0;
  pull(...ops);
  window.store.delivery.endReread(SCOPE);
}

const lone = () => window.store.delivery.reread.untold(0, 10);
const refuse = (...seqs: number[]) => {
  const ords = lone().filter(({ seq }) => seqs.includes(seq));
  const told = ords.map(({ ord }) => ({ ord, became: 'refused' as const }));
  return window.store.ledger.transact(() => window.store.delivery.reread.noteTold(told));
};
const stateOf = ({ stream }: OpEnvelope) => window.store.cases.find(stream.slice('case:'.length))?.record.state;

test('a step that the centre refused when it was sent again counts here no more, nor does what was done on it', () => {
  const taken = other.acceptCase();
  const moved = other.make('case.taken', taken.stream, { window: 'W09', reason: '经办人离岗' });
  const withdrawn = other.withdraw(taken.stream);
  pull(taken, moved, withdrawn);
  readAnew(taken);
  expect(lone().map(({ seq, device, opId }) => [seq, device, opId])).toEqual([
    [2, other.device, moved.op_id],
    [3, other.device, withdrawn.op_id],
  ]);
  // Nobody has gone on with it: as long as nobody knows better it stays to be seen.
  expect(stateOf(taken)).toBe('WITHDRAWN');

  expect(refuse(2)).toEqual([taken.stream]);
  expect([stateOf(taken), window.store.delivery.reread.count()]).toEqual(['ACCEPTED', 1]);
  expect(refuse(3)).toEqual([taken.stream]);
  expect([window.store.delivery.reread.count(), lone()]).toEqual([0, []]);
  expect(verifyDatabase(window.store.db)).toEqual([]);
  // Over a start, and told twice, it is the same.
  window.reopen();
  expect([stateOf(taken), refuse(2)]).toEqual(['ACCEPTED', []]);
});

test('an acceptance that was refused stays to be seen, since its receipt is in the applicant’s hand, and is told no more', () => {
  const taken = other.acceptCase();
  pull(taken);
  readAnew();
  expect(refuse(1)).toEqual([]);
  expect([stateOf(taken), window.store.delivery.reread.count()]).toEqual(['ACCEPTED', 0]);
  expect(verifyDatabase(window.store.db)).toEqual([]);
});

test('what was refused counts again when the centre has it after all, and is asked about again when that was put back once more', () => {
  const taken = other.acceptCase();
  const withdrawn = other.withdraw(taken.stream);
  pull(taken, withdrawn);
  readAnew(taken);
  refuse(2);
  readAnew(taken);
  expect(lone()).toHaveLength(1);
  refuse(2);
  pull(withdrawn);
  expect([stateOf(taken), window.store.delivery.reread.count()]).toEqual(['WITHDRAWN', 0]);
  expect(verifyDatabase(window.store.db)).toEqual([]);
});

test('an op whose number the centre has given to another is told as one that is here alone', () => {
  const taken = other.acceptCase();
  pull(taken);
  // Disk and centre were put back together: neither knew that the number was used.
  const again = new OpMaker({ name: 'other', terminal: '08' });
  again.nameNextOp(v7());
  const instead = again.acceptCase({ number: '20261123080099' });
  readAnew(instead);
  expect(lone().map(({ opId }) => opId)).toEqual([taken.op_id]);
  // It is the other one, again and again.
  readAnew(instead);
  expect(window.store.delivery.reread.count()).toBe(1);
});
