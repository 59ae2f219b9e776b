import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpEnvelope } from '../../contract/ops.ts';
import { findingsIn } from '../../tests/fixtures/centreDatabase.ts';
import { openTestIngest, outcomes } from '../../tests/fixtures/ingest.ts';
import { OpMaker } from '../../tests/fixtures/opMaker.ts';
import { takeFollowed } from '../hub/takeFollowed.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { HUB_RULES } from './asGiven.ts';
import { takeMirrored } from './mirror.ts';

let before: OpMaker;
let after: OpMaker;
let place: ReturnType<typeof openTestIngest>;
beforeEach(() => {
  before = new OpMaker({ name: 'a' });
  after = new OpMaker({ name: 'a', epoch: 2 });
});
afterEach(() => place.dispose());

const mirror = (op: OpEnvelope) =>
  takeMirrored(
    place.store,
    'main',
    { scope: 'hall:main', rows: [{ pos: 1, op }], cursor: null, isLast: true },
    0,
    null,
  );
const ids = (ops: readonly OpEnvelope[]) => ops.map(({ op_id }) => op_id);

describe('at the centre', () => {
  beforeEach(() => {
    place = openTestIngest();
  });

  it('an op that went out under two numbers has both, happens once, and is answered as the first time', async () => {
    const accepted = before.acceptCase();
    const refused = before.acceptCase({ number: '20261123070001' });
    await place.push(before, before.ops);
    after.repeat(accepted);
    after.repeat(refused);
    const fresh = after.printSlip(accepted.stream);
    const verdict = await place.push(after, after.ops);
    expect(outcomes(verdict)).toEqual(['applied', 'rejected:duplicate-case-number', 'applied']);
    expect(verdict).toMatchObject({ acked: 3, head: fresh.hash });
    expect(await place.push(after, after.ops)).toEqual(verdict);
    expect(place.store.outcomesAfter(after.device, 2, 0, 10).map(({ outcome }) => outcome)).toEqual([
      'applied',
      'rejected',
      'applied',
    ]);
    expect(await place.scope()).toEqual([accepted, fresh]);
    expect(place.store.listCases()).toEqual([{ number: '20261123070001', opCount: 2 }]);
    expect(findingsIn(place.dir)).toEqual([]);
  });

  it('in one group the first of the two is the one that happens', async () => {
    after.repeat(before.acceptCase());
    const verdicts = await Promise.all([place.push(before, before.ops), place.push(after, after.ops)]);
    expect(verdicts.map(outcomes)).toEqual([['applied'], ['applied']]);
    expect(await place.scope()).toEqual(before.ops);
    expect(findingsIn(place.dir)).toEqual([]);
  });

  it('of an epoch that is over it still takes what it knows, and nothing else', async () => {
    const known = before.acceptCase();
    after.repeat(known);
    await place.push(after, after.ops);
    expect(outcomes(await place.push(before, [known]))).toEqual(['applied']);
    before.acceptCase();
    expect(await place.push(before, before.ops)).toMatchObject({ code: 'forked', reason: 'epoch-over' });
    expect(await place.scope()).toEqual(after.ops);
    expect(findingsIn(place.dir)).toEqual([]);
  });

  it.each([{ actor: '6666' }, { body: { another: 'body' } }])(
    'another op under an id that is known is refused, whatever the number: %o',
    async (other) => {
      const known = before.acceptCase();
      await place.push(before, before.ops);
      after.repeat({ ...known, ...other });
      expect(await place.push(after, after.ops)).toMatchObject({ code: 'forked', reason: 'op-id-reused' });
    },
  );

  it('a number that stands for an op which is nowhere shows when the data are checked', async () => {
    const known = before.acceptCase();
    await place.store.write([], (stored) => {
      const ledger = new WorkingLedger(stored);
      const author = { device: after.device, hall: 'main', centre: false };
      ledger.repeat(author, after.repeat(known), 0, { forward: false, bodyText: null });
      return { decision: ledger.decision(), value: null };
    });
    expect(findingsIn(place.dir).map(({ code }) => code)).toEqual(['result-missing']);
  });
});

describe('at a hub', () => {
  beforeEach(() => {
    place = openTestIngest(undefined, HUB_RULES);
    place.store.setUpstream('http://centre', 'main');
  });
  const told = (epoch: number) => place.store.outcomesAfter(before.device, epoch, 0, 10).map(({ outcome }) => outcome);

  it('what is held is held under both numbers, and both go to the centre', async () => {
    after.repeat(before.acceptCase());
    await place.push(before, before.ops);
    expect(outcomes(await place.push(after, after.ops))).toEqual(['held']);
    const waiting = place.store.toForward({ rows: 10, bytes: 100_000 });
    expect(waiting.map(({ op, outcome }) => [op.epoch, outcome])).toEqual([
      [1, 'held'],
      [2, 'held'],
    ]);
    place.store.recordAnswers(waiting.map(({ logPosition }) => ({ logPosition, outcome: 'applied', code: null })));
    expect([told(1), told(2)]).toEqual([['applied'], ['applied']]);
    expect(place.store.countToForward()).toBe(0);
  });

  it.each<[string, (here: { first: OpEnvelope; again: OpEnvelope }) => [send: OpMaker[], published: OpEnvelope]]>([
    ['under the number it has here', ({ again }) => [[after], again]],
    ['under another number', ({ first }) => [[after], first]],
    ['under the second of two numbers', ({ again }) => [[before, after], again]],
  ])('what the centre publishes %s takes effect, once', async (_which, choose) => {
    const first = before.acceptCase();
    const again = after.repeat(first);
    const [send, there] = choose({ first, again });
    for (const maker of send) await place.push(maker, maker.ops);
    expect(place.store.stats().cases).toBe(0);
    const { settled } = await mirror(there);
    expect(settled).toEqual([before.device]);
    expect(ids(await place.scope())).toEqual([first.op_id]);
    expect(told(2)).toEqual(['applied']);
    // Read anew, nothing happens again; and its author may still send it under the number of the centre.
    await mirror(there);
    expect(outcomes(await place.push(before, before.ops))).toEqual(['applied']);
    expect(ids(await place.scope())).toEqual([first.op_id]);
    expect(place.store.stats().cases).toBe(1);
    expect(findingsIn(place.dir)).toEqual([]);
  });
});

describe('at a standby', () => {
  beforeEach(() => {
    place = openTestIngest(undefined, HUB_RULES);
    place.store.setUpstream('http://centre', 'main');
    place.store.joinHub('standby', null);
  });

  it('a second number may come before the first, and does not stand in its way', async () => {
    const first = before.acceptCase();
    const again = after.repeat(first);
    const entry = { pos: 7, op: again, outcome: 'rejected', code: 'repeated', mirrored: false } as const;
    expect(await takeFollowed(place.store, { hall: 'main', hasCentre: true, now: 0 }, [entry])).toMatchObject({
      gaps: 0,
    });
    expect(place.store.outcomesAfter(after.device, 2, 0, 10)).toEqual([{ seq: 1, outcome: 'held', code: null }]);
    await mirror(first);
    expect(place.store.stats().cases).toBe(1);
    expect(place.store.outcomesAfter(after.device, 2, 0, 10)).toEqual([{ seq: 1, outcome: 'applied', code: null }]);
    expect(findingsIn(place.dir)).toEqual([]);
  });
});
