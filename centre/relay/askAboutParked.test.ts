import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseOp } from '../../contract/ops.ts';
import { openTestIngest } from '../../tests/fixtures/ingest.ts';
import { OpMaker } from '../../tests/fixtures/opMaker.ts';
import { HUB_RULES } from './asGiven.ts';
import { askAboutParked } from './askAboutParked.ts';

/** A hub in front of a centre that is older than its windows; both on real stores. */

const older: typeof parseOp = (envelope) =>
  envelope.kind === 'case.accepted' ? { ok: false, reason: 'newer-body' } : parseOp(envelope);

let hub: ReturnType<typeof openTestIngest>;
let centre: ReturnType<typeof openTestIngest>;
beforeEach(() => {
  hub = openTestIngest(undefined, HUB_RULES);
  centre = openTestIngest(older);
});
afterEach(() => {
  hub.dispose();
  centre.dispose();
});

test('a hub hears what an updated centre has decided about what it had parked, and of nothing that it has not decided', async () => {
  hub.store.setUpstream('http://centre', 'main');
  await centre.hireClerk();
  const maker = new OpMaker({ name: 'a' });
  const number = '20261123070001';
  maker.acceptCase({ number });
  maker.acceptCase({ number });
  await hub.push(maker, maker.ops);
  const verdict = await centre.push(maker, maker.ops);
  if (verdict.kind !== 'taken') throw new Error(verdict.kind);
  const waiting = hub.store.toForward({ rows: 10, bytes: 1_000_000 });
  hub.store.recordAnswers(waiting.map(({ logPosition }) => ({ logPosition, outcome: 'parked', code: 'newer-body' })));
  let asked = 0;
  const api = {
    async outcomes(device: string, epoch: number, after: number) {
      asked += 1;
      return centre.store.outcomesAfter(device, epoch, after, 500);
    },
  };
  const outcomes = () => hub.store.outcomesAfter(maker.device, 1, 0, 10).map(({ outcome, code }) => [outcome, code]);

  expect(await askAboutParked(hub.store, api)).toEqual([]);
  expect(outcomes()).toEqual([
    ['parked', 'newer-body'],
    ['parked', 'newer-body'],
  ]);

  centre.reopen();
  await centre.ingest.review();
  asked = 0;
  expect(await askAboutParked(hub.store, api)).toEqual([maker.device]);
  expect(outcomes()).toEqual([
    ['applied', null],
    ['rejected', 'duplicate-case-number'],
  ]);
  expect(asked).toBe(1);
  expect(await askAboutParked(hub.store, api)).toEqual([]);
  expect(asked).toBe(1);
});
