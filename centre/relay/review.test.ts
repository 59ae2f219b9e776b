import { afterEach, expect, test } from 'vitest';
import { parseOp } from '../../contract/ops.ts';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { openTestIngest } from '../../tests/fixtures/ingest.ts';
import { OpMaker } from '../../tests/fixtures/opMaker.ts';
import { HUB_RULES } from './asGiven.ts';

let hub: ReturnType<typeof openTestIngest>;
afterEach(() => hub.dispose());

const older: typeof parseOp = (envelope) =>
  envelope.kind === 'window.changed' && envelope.base_ver < 2 ? { ok: false, reason: 'newer-body' } : parseOp(envelope);

test('a hub that was updated decides about what it could not read before, and about what waited behind it', async () => {
  hub = openTestIngest(older, HUB_RULES);
  const maker = new OpMaker({ name: 'a' });
  const stream = `window:${maker.device}`;
  const device = { id: maker.device, terminal: 'W03', kind: 'terminal', tokenHash: '0'.repeat(64) } as const;
  hub.store.takeDevices('main', [{ ...device, active: true, heads: [] }], 0);
  for (let version = 0; version < 3; version++) maker.make('window.changed', stream, HALL_BODIES['window.changed']);
  // On an old copy of its disk it said something else instead.
  maker.make('window.changed', stream, HALL_BODIES['window.changed'], { baseVersion: 1 });
  // The centre's to decide: the hub only keeps it.
  maker.acceptCase();
  const outcomes = async () => {
    const author = { device: maker.device, hall: 'main', centre: false, terminal: 'W03' };
    const verdict = await hub.ingest.push({ author, epoch: 1, ops: maker.ops });
    return verdict.kind === 'taken' ? verdict.results.map(({ outcome, code }) => [outcome, code]) : verdict;
  };
  expect(await outcomes()).toEqual([
    ['parked', 'newer-body'],
    ['parked', 'newer-body'],
    ['parked', 'behind-parked'],
    ['parked', 'newer-body'],
    ['held', null],
  ]);
  hub.reopen();
  expect(await hub.ingest.review()).toBe(4);
  expect(await hub.ingest.review()).toBe(0);
  expect(await outcomes()).toEqual([
    ['applied', null],
    ['applied', null],
    ['applied', null],
    ['rejected', 'stale-version'],
    ['held', null],
  ]);
});
