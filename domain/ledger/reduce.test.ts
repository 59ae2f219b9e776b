import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acceptance } from '../../tests/fixtures/acceptance.ts';
import type { Lane, LaneEvent } from '../case/lanes.ts';
import { TRANSITION_IDS } from '../case/transitions.ts';
import type { Op, OpBodies, OpKind } from './op.ts';
import { type Entity, ReduceError, reduce } from './reduce.ts';

const ID = '0198a000-0000-7000-8000-0000000000c1';
const AT = '2026-11-23T01:00:00.000Z';

function op<K extends OpKind>(kind: K, base_ver: number, body: OpBodies[K], stream = streamFor(kind)): Op {
  const hash = '0'.repeat(64);
  const envelope = { op_id: ID, device: ID, epoch: 1, seq: 1, actor: '1001', at: AT, hlc: '019ab0000000-0000' };
  return { ...envelope, kind, stream, base_ver, body, body_hash: hash, prev_hash: hash, hash } as Op;
}

function streamFor(kind: OpKind): string {
  const prefix = { case: 'case', scan: 'scan', slip: 'case', session: 'session', staff: 'staff' }[
    kind.split('.')[0] ?? ''
  ];
  return `${prefix}:${ID}`;
}

const replay = (ops: readonly Op[]) => ops.reduce<Entity | null>((state, each) => reduce(state, each), null);
const failure = (state: Entity | null, each: Op): string => {
  try {
    reduce(state, each);
  } catch (error) {
    return error instanceof ReduceError ? error.code : String(error);
  }
  return 'applied';
};

const accepted = op('case.accepted', 0, acceptance(1));
const dispatched = op('case.advanced', 1, {
  transition: 'T14',
  data: { route: { business: 'registration', output: 'none', skipped: ['TAX', 'HOU'], siteVisit: false } },
});
const change = (base: number, lane: Lane, event: LaneEvent) => op('case.lane', base, { lane, event });
const STAFF: OpBodies['staff.upserted'] = {
  number: '1001',
  name: '王敏',
  roles: ['WIN'],
  passwordHash: '$argon2id$v=19$x',
  active: true,
};
const opened = op('session.opened', 0, { staff: '1001', terminal: 'W07' });
const closed = op('session.closed', 1, { staff: '1001', terminal: 'W07', reason: 'idle' });

describe('a case', () => {
  test('is accepted, dispatched, and claimed by the lanes', () => {
    const state = replay([accepted, dispatched, change(2, 'REV1', 'claim')]);
    expect(state?.record).toMatchObject({
      id: ID,
      version: 3,
      state: 'PARALLEL',
      acceptedAt: AT,
      acceptance: acceptance(1),
      lanes: { TAX: { state: 'SKIPPED' }, FEE: { state: 'PENDING' }, REV1: { state: 'CLAIMED', by: '1001' } },
    });
  });

  test('is not accepted twice', () => {
    expect(failure(replay([accepted]), op('case.accepted', 1, acceptance(2)))).toBe('illegal-transition');
  });

  test('is accepted only over a path of the table that ends in acceptance', () => {
    const path = fc.array(fc.constantFrom(...TRANSITION_IDS), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(path, (steps) => {
        const outcome = failure(null, op('case.accepted', 0, acceptance(1, { path: steps })));
        if (outcome === 'applied') {
          expect(steps[0]).toBe('T01');
          expect(steps.at(-1)).toBe('T11');
        } else expect(outcome).toBe('illegal-transition');
      }),
      { numRuns: 500, examples: [[['T01', 'T43', 'T13', 'T11']], [['T01', 'T43', 'T11']]] },
    );
    expect(failure(null, op('case.accepted', 0, acceptance(1, { path: ['T01', 'T43', 'T13', 'T11'] })))).toBe(
      'applied',
    );
  });

  test('does not advance before it is accepted', () => {
    expect(failure(null, { ...dispatched, base_ver: 0 })).toBe('illegal-transition');
  });
});

test('a fact about a case is said once, in a stream of its own', () => {
  const body = { caseId: ID, slip: 'acceptance', print: 1, confirmation: 'device' } as const;
  const printed = op('slip.printed', 0, body, `slip:${ID}`);
  expect(reduce(null, printed)).toEqual({
    type: 'slip',
    record: { ...body, id: ID, version: 1, at: AT, by: '1001' },
  });
  expect(failure(reduce(null, printed), { ...printed, base_ver: 1 })).toBe('illegal-transition');
  expect(failure(null, op('slip.printed', 0, body, `case:${ID}`))).toBe('wrong-stream');
});

describe('a session', () => {
  test('is opened once and closed once', () => {
    const open = replay([opened]);
    expect(open?.record).toMatchObject({ version: 1, openedAt: AT, closedAt: null });
    expect(replay([opened, closed])?.record).toMatchObject({ version: 2, closedAt: AT });
    expect(failure(open, { ...opened, base_ver: 1 })).toBe('illegal-transition');
    expect(failure(replay([opened, closed]), { ...closed, base_ver: 2 })).toBe('illegal-transition');
    expect(failure(null, { ...closed, base_ver: 0 })).toBe('illegal-transition');
  });
});

test('a member of staff is what the newest op says', () => {
  const moved = op('staff.upserted', 1, { ...STAFF, roles: ['WIN', 'SUP'], active: false });
  expect(replay([op('staff.upserted', 0, STAFF), moved])).toEqual({
    type: 'staff',
    record: { ...STAFF, roles: ['WIN', 'SUP'], active: false, id: ID, version: 2 },
  });
});

test('an op made on another version is stale, older or newer', () => {
  const state = replay([accepted, dispatched]);
  expect(failure(state, change(1, 'REV1', 'claim'))).toBe('stale-version');
  expect(failure(state, change(3, 'REV1', 'claim'))).toBe('stale-version');
  expect(failure(null, op('staff.upserted', 1, STAFF))).toBe('stale-version');
});

test('an op on a stream of another kind is refused', () => {
  expect(failure(null, op('case.accepted', 0, acceptance(1), `staff:${ID}`))).toBe('wrong-stream');
  expect(failure(null, op('staff.upserted', 0, STAFF, `case:${ID}`))).toBe('wrong-stream');
  expect(failure(null, op('session.opened', 0, opened.body as OpBodies['session.opened'], `case:${ID}`))).toBe(
    'wrong-stream',
  );
  expect(failure(null, { ...accepted, kind: 'case.unknown' as OpKind })).toBe('illegal-transition');
});

test('a refused op changes nothing, and neither does an applied one change what was before', () => {
  const state = replay([accepted, dispatched]);
  const before = structuredClone(state);
  failure(state, change(1, 'REV1', 'claim'));
  reduce(state, change(2, 'REV1', 'claim'));
  expect(state).toEqual(before);
});

test('rebuilding from the log gives the same, also from a log that went through JSON', () => {
  const log = [accepted, dispatched, change(2, 'REV1', 'claim')];
  expect(JSON.stringify(replay(JSON.parse(JSON.stringify(log)) as Op[]))).toBe(JSON.stringify(replay(log)));
});

describe('a scanned page', () => {
  const page: OpBodies['scan.attached'] = {
    caseId: ID,
    material: 'M04',
    page: 1,
    blob: { media: 'image/jpeg', sha256: 'a'.repeat(64), bytes: 10, width: 2, height: 3 },
    source: 'camera',
  };
  const attached = op('scan.attached', 0, page);
  const moved = (base: number, to: number) => op('scan.moved', base, { page: to });
  const removed = (base: number) => op('scan.removed', base, { reason: '重复' });

  test('is attached, moved and removed; what it says of its image stays', () => {
    const record = { ...page, id: ID, attachedAt: AT, attachedBy: '1001' };
    expect(replay([attached])?.record).toEqual({ ...record, version: 1, removed: null });
    expect(replay([attached, moved(1, 3), removed(2)])?.record).toEqual({
      ...record,
      page: 3,
      version: 3,
      removed: { reason: '重复', at: AT, by: '1001' },
    });
  });

  test('is not attached twice, and nothing happens to it after its removal or before it is there', () => {
    const there = replay([attached]);
    expect(failure(there, op('scan.attached', 1, page))).toBe('illegal-transition');
    expect(failure(null, moved(0, 1))).toBe('illegal-transition');
    const gone = replay([attached, removed(1)]);
    for (const each of [moved(2, 1), removed(2), op('scan.attached', 2, page)])
      expect(failure(gone, each)).toBe('illegal-transition');
  });

  test('never touches the stream of its case', () => {
    expect(failure(replay([accepted]), op('scan.attached', 1, page, `case:${ID}`))).toBe('wrong-stream');
  });
});
