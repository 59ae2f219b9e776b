import { describe, expect, test } from 'vitest';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { type PreReviewOp, stepPreReview } from './reducePreReview.ts';
import type { PreReviewBodies, PreReviewRecord } from './types.ts';

const ID = '0198a000-0000-7000-8000-000000000001';

function op<K extends keyof PreReviewBodies>(kind: K, changed: Partial<PreReviewBodies[K]> = {}): PreReviewOp {
  return { kind, body: { ...HALL_BODIES[kind], ...changed } } as PreReviewOp;
}

const saved = op('prereview.saved');
const passed = op('prereview.judged', { missing: [] });
const failed = op('prereview.judged', { missing: ['M04'] });
const sentBack = op('prereview.sent-back');
const ended = op('prereview.ended');

function reached(...ops: PreReviewOp[]): PreReviewRecord {
  let record: PreReviewRecord | null = null;
  for (const each of ops) {
    record = stepPreReview(record, ID, each);
    if (record === null) throw new Error(`${each.kind} is not legal`);
  }
  if (record === null) throw new Error('no pre-review');
  return record;
}

const STANDING = {
  none: null,
  open: reached(saved),
  passed: reached(saved, passed),
  failed: reached(saved, failed),
  'sent back': reached(saved, passed, sentBack),
  ended: reached(saved, passed, ended),
} as const;

type Standing = keyof typeof STANDING;
const LIVE: Standing[] = ['open', 'passed', 'failed', 'sent back'];

const LEGAL: [string, PreReviewOp, Standing[]][] = [
  ['saved', saved, ['none', ...LIVE]],
  ['judged', passed, ['open', 'sent back']],
  ['sent back', sentBack, LIVE],
  ['ended', ended, LIVE],
];

describe.each(LEGAL)('%s', (_, each, legal) => {
  test.each(Object.keys(STANDING) as Standing[])('when %s', (standing) => {
    const before = STANDING[standing];
    const copy = structuredClone(before);
    const next = stepPreReview(before, ID, each);
    expect(next !== null).toBe(legal.includes(standing));
    if (next !== null) expect(next.version).toBe((before?.version ?? 0) + 1);
    expect(before).toEqual(copy);
  });
});

test('with nothing missing it is passed, else it is failed and says all that is missing', () => {
  expect(STANDING.passed).toMatchObject({ state: 'PRE_PASSED', missing: [], visits: 1 });
  expect(STANDING.failed).toMatchObject({ state: 'PRE_FAILED', missing: ['M04'], visits: 1 });
});

test('who comes back is counted again, and what came before is kept', () => {
  expect(reached(saved, failed, saved, passed)).toMatchObject({
    state: 'PRE_PASSED',
    visits: 2,
    startedAt: STANDING.open.startedAt,
  });
});

test('sent back from the window it is open again and says by whom and why', () => {
  expect(STANDING['sent back']).toMatchObject({
    state: 'PRE_REVIEW',
    sentBack: [{ terminal: 'W03', reason: '缺合同' }],
    ended: null,
  });
});
