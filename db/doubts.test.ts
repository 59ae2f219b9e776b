import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OpEnvelope } from '../contract/ops.ts';
import { rowsOf } from '../tests/fixtures/knownOps.ts';
import { OpMaker } from '../tests/fixtures/opMaker.ts';
import { openTestStore } from '../tests/fixtures/store.ts';
import type { ToldOp } from './reread.ts';
import { verifyDatabase } from './verify.ts';

/** A window behind a hub: the centre alone was put back, and the scopes of the hub go on. */

let window: ReturnType<typeof openTestStore>;
let author: OpMaker;
let other: OpMaker;
let pos: number;
beforeEach(() => {
  window = openTestStore();
  author = new OpMaker({ name: 'author', terminal: '08' });
  other = new OpMaker({ name: 'other', terminal: '09' });
  pos = 0;
});
afterEach(() => window.dispose());

function pull(...ops: OpEnvelope[]): void {
  window.store.delivery.takePage('hall:main', rowsOf(ops, pos));
  pos += ops.length;
}

const reread = () => window.store.delivery.reread;
const doubted = () =>
  reread()
    .doubts.next(10)
    .map(({ opId }) => opId);
/** The centre's answer about all that is doubted. */
function hear(became: ToldOp['became']): string[] {
  const told = reread()
    .doubts.next(10)
    .map(({ ord }) => ({ ord, became }));
  return window.store.ledger.transact(() => reread().noteTold(told));
}
const move = (by: OpMaker, stream: string, to: string, baseVersion: number) =>
  by.make('case.taken', stream, { window: to, reason: '经办人离岗' }, { baseVersion });
const recordOf = (stream: string) => window.store.cases.find(stream.slice('case:'.length))?.record;

test('what stands in the way of what the centre has published is asked about, and gives way when the centre has it not', () => {
  const taken = author.acceptCase();
  const lost = [move(author, taken.stream, 'W11', 1), move(author, taken.stream, 'W12', 2)];
  pull(taken, ...lost);
  expect(reread().doubts.isAny()).toBe(false);
  const since = [move(other, taken.stream, 'W21', 1), move(other, taken.stream, 'W22', 2)];
  pull(...since);
  expect(recordOf(taken.stream)?.owner?.window).toBe('W12');
  expect(doubted()).toEqual(lost.map(({ op_id: id }) => id));

  // Over a start it is still to be asked.
  window.reopen();
  expect(hear('lost')).toEqual([taken.stream]);
  expect(recordOf(taken.stream)).toMatchObject({ version: 3, owner: { window: 'W22' } });
  expect([doubted(), reread().count()]).toEqual([[], 2]);
  expect(verifyDatabase(window.store.db)).toEqual([]);
});

test('what the centre has after all counts as before, and nothing is asked twice', () => {
  const taken = author.acceptCase();
  const moved = move(author, taken.stream, 'W11', 1);
  pull(taken, moved, move(other, taken.stream, 'W21', 1));
  expect(hear('there')).toEqual([]);
  expect([doubted(), reread().count(), recordOf(taken.stream)?.owner?.window]).toEqual([[], 0, 'W11']);
});

test('a step that came back to the machine which took it is asked about, and counts here no more once the centre says that it refused it', () => {
  const taken = author.acceptCase();
  const moved = move(author, taken.stream, 'W11', 1);
  pull(taken, moved);
  const { device, epoch, seq, op_id: id, kind, stream: subject, actor, at } = moved;
  const noted = { device, epoch, seq, kind, subject, baseVersion: 1, terminal: 'W08', actor, at, code: 'forbidden' };
  pull(author.make('return.noted', `return:${id}`, { ...noted, content: moved.body }));
  expect(doubted()).toEqual([id]);
  expect(hear('refused')).toEqual([taken.stream]);
  expect([recordOf(taken.stream)?.version, doubted(), reread().count()]).toEqual([1, [], 0]);
  expect(verifyDatabase(window.store.db)).toEqual([]);
});

test('a refused act makes the whole case doubted: an acceptance that was lost stays to be seen and is counted, and comes back', () => {
  const taken = author.acceptCase();
  pull(taken);
  window.store.ledger.transact(() => reread().doubts.noteStream(taken.stream));
  expect(reread().versionAtCentre(taken.stream)).toBeNull();
  hear('lost');
  expect([reread().versionAtCentre(taken.stream), reread().count()]).toEqual([0, 1]);
  expect(recordOf(taken.stream)?.version).toBe(1);
  const [row] = reread().untold(0, 10);
  window.store.ledger.transact(() => reread().noteTold([{ ord: row?.ord ?? 0, became: 'there' }]));
  expect([reread().versionAtCentre(taken.stream), reread().count()]).toEqual([null, 0]);
});

test('an own step that the hub has acknowledged is asked about when the centre has gone on without it, and one that is refused is not', () => {
  const { ledger, delivery } = window.store;
  const taken = author.acceptCase();
  pull(taken);
  const body = { transition: 'T40' as const, data: { reason: '申请人撤回', signed: ['张三'] } };
  const { op } = ledger.append({ kind: 'case.advanced', stream: taken.stream, actor: '1001', body });
  pull(move(other, taken.stream, 'W21', 1));
  expect(doubted()).toEqual([op.op_id]);

  const [row] = reread().doubts.next(1);
  ledger.transact(() => {
    reread().doubts.settle(row?.ord ?? 0);
    delivery.results.record(op.epoch, op.seq + 1, [{ seq: op.seq, outcome: 'rejected', code: 'stale-version' }], op.at);
  });
  expect(recordOf(taken.stream)).toMatchObject({ state: 'ACCEPTED', owner: { window: 'W21' } });
  pull(move(other, taken.stream, 'W31', 1));
  expect(doubted()).not.toContain(op.op_id);
});
