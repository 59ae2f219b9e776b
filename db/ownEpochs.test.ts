import { afterEach, beforeEach, expect, test } from 'vitest';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { caseStream, openTestStore } from '../tests/fixtures/store.ts';
import { beginEpochAfterLoss } from './newEpoch.ts';
import { OWN_EPOCHS, UNSENT_CASES } from './ownEpochs.ts';

let fixture: ReturnType<typeof openTestStore>;
beforeEach(() => {
  fixture = openTestStore();
});
afterEach(() => fixture.dispose());

const ACKED = { head: 'a'.repeat(64) };

function accept(sequence: number): void {
  const body = acceptance(sequence, { number: `2026112307${String(sequence).padStart(4, '0')}`, window: 'W07' });
  fixture.store.ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body });
}

test('cases that lie nowhere but here are found from the last acknowledged op on, not by reading the log', () => {
  const plan = fixture.store.db
    .prepare(`EXPLAIN QUERY PLAN WITH RECURSIVE ${OWN_EPOCHS} SELECT count(*) FROM (${UNSENT_CASES})`)
    .all({ device: Buffer.alloc(16) }) as { detail: string }[];
  const ofLog = plan.map(({ detail }) => detail).filter((detail) => /(SCAN|SEARCH) op\b/.test(detail));
  expect(ofLog.at(-1)).toMatch(/SEARCH op USING INDEX sqlite_autoindex_op_1 \(device=\? AND epoch=\? AND seq>\?\)/);
  expect(ofLog.filter((detail) => detail.startsWith('SCAN'))).toEqual([]);
});

test('what waits is counted in each epoch for itself', () => {
  const { store } = fixture;
  for (const sequence of [1, 2, 3]) accept(sequence);
  store.delivery.recordPush({ acked: 2, ...ACKED }, [], '', 1);
  store.ledger.transact(() => beginEpochAfterLoss(store, { reason: 'restored', above: 1, now: Date.now() }));
  accept(4);
  const counts = () => [store.cases.countByPlace('07', '2026-11-23'), store.delivery.unsentEpochs()];
  expect(counts()).toEqual([{ waiting: 2, atHall: 0, atCentre: 2 }, [1, 2]]);
  store.delivery.recordPush({ acked: 3, ...ACKED }, [{ seq: 3, outcome: 'held', code: 'unknown' }], '', 1);
  expect(counts()).toEqual([{ waiting: 1, atHall: 1, atCentre: 2 }, [2]]);
  store.delivery.recordPush({ acked: 9, ...ACKED }, [], '', 2);
  expect(counts()).toEqual([{ waiting: 0, atHall: 1, atCentre: 3 }, []]);
});
