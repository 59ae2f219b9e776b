import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseOp } from '../contract/ops.ts';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { openTestIngest } from '../tests/fixtures/ingest.ts';
import { openTestStore } from '../tests/fixtures/store.ts';
import { settleSetAside } from './pusher.ts';

/** A window whose program is newer than that of the centre, on two real stores. */

const older: typeof parseOp = (envelope) =>
  envelope.kind.startsWith('case.') ? { ok: false, reason: 'newer-body' } : parseOp(envelope);

let window: ReturnType<typeof openTestStore>;
let centre: ReturnType<typeof openTestIngest>;
beforeEach(() => {
  window = openTestStore();
  centre = openTestIngest(older);
});
afterEach(() => {
  window.dispose();
  centre.dispose();
});

const api = () => {
  const { device } = window.store.ledger;
  const asking = {
    asked: 0,
    async outcomes(epoch: number, after: number) {
      asking.asked += 1;
      return centre.store.outcomesAfter(device, epoch, after, 500);
    },
  };
  return asking;
};

function accept(number: string): string {
  const id = v7();
  const body = acceptance(1, { number });
  window.store.ledger.append({ kind: 'case.accepted', stream: `case:${id}`, actor: body.clerk.id, body });
  return id;
}

async function push(): Promise<void> {
  const { ledger, delivery } = window.store;
  const ops = ledger.readAfter(0, 100);
  const author = { device: ledger.device, hall: 'main', centre: false, terminal: 'W07' };
  const verdict = await centre.ingest.push({ author, epoch: ledger.epoch, ops: ops as never });
  if (verdict.kind !== 'taken') throw new Error(verdict.kind);
  const setAside = verdict.results.flatMap(({ outcome, code }, index) =>
    outcome === 'applied' ? [] : [{ seq: ops[index]?.seq ?? 0, outcome, code: code ?? '' }],
  );
  delivery.recordPush({ acked: verdict.acked, head: verdict.head }, setAside, '2026-11-27T02:00:00.000Z');
}

test('a window learns what the centre, once updated, has made of what it had to park: done, or back to its people', async () => {
  await centre.hireClerk();
  const first = accept('20261123070001');
  window.store.ledger.append({
    kind: 'note.added',
    stream: `note:${v7()}`,
    actor: '1001',
    body: { caseId: first, kind: 'remark', text: '已电话告知' },
  });
  // Its number was given once before, on a disk that is gone.
  window.store.db.exec("UPDATE case_file SET number = 'elsewhere'");
  accept('20261123070001');
  await push();
  expect(window.store.outbox.counts()).toMatchObject({ parked: 2, rejected: 0 });

  expect(await settleSetAside(window.store, api())).toEqual([]);
  expect(window.store.outbox.counts()).toMatchObject({ parked: 2, rejected: 0 });

  centre.reopen();
  await centre.ingest.review();
  const asking = api();
  expect((await settleSetAside(window.store, asking)).length).toBe(2);
  expect(window.store.outbox.counts()).toMatchObject({ parked: 0, rejected: 1 });
  expect(window.store.outbox.list('rejected', null, 10)).toMatchObject([{ code: 'duplicate-case-number' }]);
  expect(asking.asked).toBe(1);
  // Nothing is open any more: nothing is asked.
  await settleSetAside(window.store, asking);
  expect(asking.asked).toBe(1);
});
