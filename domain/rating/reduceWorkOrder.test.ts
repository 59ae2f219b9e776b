import { describe, expect, test } from 'vitest';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { openWorkOrder, stepWorkOrder } from './reduceWorkOrder.ts';
import type { WorkOrderRecord } from './types.ts';

const ID = '0198a000-0000-7000-8000-000000000001';
/** The rated clerk is 1001. */
const OTHER = '1009';

const contacted = { kind: 'workorder.contacted', body: HALL_BODIES['workorder.contacted'] } as const;
const settled = { kind: 'workorder.settled', body: HALL_BODIES['workorder.settled'] } as const;
const open = openWorkOrder(HALL_BODIES['workorder.opened'], ID);

function must(record: WorkOrderRecord | null): WorkOrderRecord {
  if (record === null) throw new Error('not legal');
  return record;
}

const STANDING = {
  open,
  contacted: must(stepWorkOrder(open, contacted, OTHER)),
  settled: must(stepWorkOrder(open, settled, OTHER)),
} as const;

describe.each([
  ['contacted', contacted, ['open']],
  ['settled', settled, ['open', 'contacted']],
] as const)('%s', (_, op, legal) => {
  test.each(Object.keys(STANDING) as (keyof typeof STANDING)[])('when %s', (standing) => {
    const before = STANDING[standing];
    const next = stepWorkOrder(before, op, OTHER);
    expect(next !== null).toBe((legal as readonly string[]).includes(standing));
    if (next !== null) expect(next.version).toBe(before.version + 1);
  });

  test.each(['open', 'contacted'] as const)('never by whom it is about, when %s', (standing) => {
    expect(stepWorkOrder(STANDING[standing], op, '1001')).toBeNull();
  });
});

test('says who did what', () => {
  expect(open).toMatchObject({ id: ID, version: 1, state: 'open', clerk: '1001', contacted: null, settled: null });
  expect(STANDING.contacted).toMatchObject({ state: 'contacted', contacted: { by: OTHER, note: '已电话联系' } });
  expect(STANDING.settled).toMatchObject({ state: 'settled', settled: { by: OTHER, result: 'explained' } });
});
