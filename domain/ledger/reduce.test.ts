import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acceptance } from '../../tests/fixtures/acceptance.ts';
import type { TransitionId } from '../case/transitions.ts';
import { TRANSITIONS } from '../case/transitions.ts';
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
const printed = (base: number, print: number) =>
  op('slip.printed', base, { slip: 'acceptance', print, confirmation: 'device' });
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
  test('is accepted, then printed any number of times', () => {
    expect(replay([accepted, printed(1, 1), printed(2, 2)])).toEqual({
      type: 'case',
      record: {
        id: ID,
        version: 3,
        state: 'ACCEPTED',
        acceptedAt: AT,
        acceptance: acceptance(1),
        slips: [1, 2].map((print) => ({ slip: 'acceptance', print, confirmation: 'device', at: AT, by: '1001' })),
      },
    });
  });

  test('is not accepted twice', () => {
    expect(failure(replay([accepted]), op('case.accepted', 1, acceptance(2)))).toBe('illegal-transition');
  });

  test('is accepted only over a path of the table that ends in acceptance', () => {
    const ids = Object.keys(TRANSITIONS) as TransitionId[];
    const path = fc.array(fc.constantFrom(...ids), { minLength: 1, maxLength: 6 });
    const legal = ['T01 T02 T03 T44 T11', 'T01 T43 T11'];
    fc.assert(
      fc.property(path, (steps) => {
        const corrected = steps.filter((id) => id !== 'T13');
        const endsLegally = legal.includes(corrected.join(' ')) && isCorrectedAtWindow(steps);
        const outcome = failure(null, op('case.accepted', 0, acceptance(1, { path: steps })));
        expect(outcome).toBe(endsLegally ? 'applied' : 'illegal-transition');
      }),
      { numRuns: 500, examples: [[['T01', 'T43', 'T13', 'T11']], [['T01', 'T43', 'T11']]] },
    );
  });

  test('has no slip before it is accepted', () => {
    expect(failure(null, printed(0, 1))).toBe('illegal-transition');
  });
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
  const state = replay([accepted, printed(1, 1)]);
  expect(failure(state, printed(1, 2))).toBe('stale-version');
  expect(failure(state, printed(3, 2))).toBe('stale-version');
  expect(failure(null, op('staff.upserted', 1, STAFF))).toBe('stale-version');
});

test('an op on a stream of another kind is refused', () => {
  expect(failure(null, op('case.accepted', 0, acceptance(1), `staff:${ID}`))).toBe('wrong-stream');
  expect(failure(null, op('staff.upserted', 0, STAFF, `case:${ID}`))).toBe('wrong-stream');
  expect(failure(null, op('session.opened', 0, opened.body as OpBodies['session.opened'], `case:${ID}`))).toBe(
    'wrong-stream',
  );
  expect(failure(null, { ...accepted, kind: 'case.unknown' as OpKind })).toBe('wrong-stream');
});

test('a refused op changes nothing, and neither does an applied one change what was before', () => {
  const state = replay([accepted, printed(1, 1)]);
  const before = structuredClone(state);
  failure(state, printed(1, 2));
  reduce(state, printed(2, 2));
  expect(state).toEqual(before);
});

test('rebuilding from the log gives the same, also from a log that went through JSON', () => {
  const log = [accepted, printed(1, 1), printed(2, 2)];
  expect(JSON.stringify(replay(JSON.parse(JSON.stringify(log)) as Op[]))).toBe(JSON.stringify(replay(log)));
});

/** T13 happens at the window only, that is right before T11 or another T13. */
function isCorrectedAtWindow(steps: readonly TransitionId[]): boolean {
  return steps.every((id, index) => id !== 'T13' || steps[index + 1] === 'T13' || steps[index + 1] === 'T11');
}

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
