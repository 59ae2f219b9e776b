import { afterEach, expect, test } from 'vitest';
import { parseOp } from '../../contract/ops.ts';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { openTestIngest } from '../../tests/fixtures/ingest.ts';
import { OpMaker, uuidOf } from '../../tests/fixtures/opMaker.ts';
import { HUB_RULES } from './asGiven.ts';

let hub: ReturnType<typeof openTestIngest>;
afterEach(() => hub.dispose());

test('a hub that was updated decides about what it could not read before, and about what waited behind it', async () => {
  const older: typeof parseOp = (envelope) =>
    envelope.kind === 'help.called' ? { ok: false, reason: 'unknown-kind' } : parseOp(envelope);
  hub = openTestIngest(older, HUB_RULES);
  const maker = new OpMaker({ name: 'a' });
  const stream = `help:${uuidOf(0, 'help')}`;
  maker.make('help.called', stream, HALL_BODIES['help.called']);
  maker.make('help.answered', stream, HALL_BODIES['help.answered']);
  // The centre's to decide: the hub only keeps it.
  maker.acceptCase();
  const outcomes = async () => {
    const verdict = await hub.push(maker, maker.ops);
    return verdict.kind === 'taken' ? verdict.results.map(({ outcome, code }) => [outcome, code]) : verdict;
  };
  expect(await outcomes()).toEqual([
    ['parked', 'unknown-kind'],
    ['parked', 'behind-parked'],
    ['held', null],
  ]);
  hub.reopen();
  expect(await hub.ingest.review()).toBe(2);
  expect(await hub.ingest.review()).toBe(0);
  expect(await outcomes()).toEqual([
    ['applied', null],
    ['applied', null],
    ['held', null],
  ]);
});
