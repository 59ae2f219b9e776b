import fc from 'fast-check';
import { expect, test } from 'vitest';
import { balanceOf, dayOf, netOf } from './balance.ts';
import { type BlankChange, custodyAt, movePack, placeOf } from './reducePack.ts';
import { formatSerial } from './serial.ts';
import type { BlankMovement, PackRecord } from './types.ts';

/** Any sequence of moves, most of them illegal: no serial is lost or doubled, and every drawer adds up on every day. */

const SIZE = 12;
const WINDOWS = ['W03', 'W07'];
const DAYS = ['2026-11-23', '2026-11-24', '2026-11-25'];
const CASE = '0198a000-0000-7000-8000-0000000000c1';

const serial = fc.integer({ min: 0, max: SIZE + 1 }).map((index) => formatSerial('D', 22_000_000_001 + index));
const count = fc.integer({ min: 1, max: 6 });
const witness = fc.constantFrom('1001', '1002');
const note = fc.constant('');
const reason = fc.constantFrom('misprint' as const, 'jam' as const);

const change: fc.Arbitrary<BlankChange> = fc.oneof(
  { weight: 4, arbitrary: body('blanks.assigned', { from: serial, count, window: fc.constantFrom(...WINDOWS) }) },
  { weight: 2, arbitrary: body('blanks.returned', { from: serial, count, witness, note }) },
  {
    weight: 4,
    arbitrary: body('blanks.bound', { serial, caseId: fc.constant(CASE), certificate: fc.constant('证') }),
  },
  { weight: 2, arbitrary: body('blanks.spoiled', { serial, reason, witness, note }) },
  { weight: 2, arbitrary: body('blanks.restored', { serial, note }) },
  { weight: 1, arbitrary: body('blanks.lost', { serial, witness, note }) },
  { weight: 1, arbitrary: body('blanks.destroyed', { from: serial, count, witness, note }) },
  {
    weight: 1,
    arbitrary: body('blanks.received', {
      form: fc.constant('certificate' as const),
      first: serial,
      count: fc.constant(SIZE),
    }),
  },
);

function body<K extends BlankChange['kind'], B>(
  kind: K,
  shape: { [F in keyof B]: fc.Arbitrary<B[F]> },
): fc.Arbitrary<{ kind: K; body: B }> {
  return fc.record({ kind: fc.constant(kind), body: fc.record(shape) as fc.Arbitrary<B> });
}

/** Each step some hours after the one before, so that days pass in between. */
const steps = fc.array(
  fc.record({ change, actor: fc.constantFrom('1002', '1003'), hours: fc.integer({ min: 0, max: 5 }) }),
  {
    maxLength: 60,
  },
);

function newPack(at: string): PackRecord {
  const first = formatSerial('D', 22_000_000_001);
  const received = movePack(
    null,
    { kind: 'blanks.received', body: { form: 'certificate', first, count: SIZE } },
    { id: 'p', actor: '1002', at },
  );
  if (!received.ok) throw new Error(received.code);
  return received.record;
}

test('random sequences never lose or double a serial, and every balance adds up', () => {
  let applied = 0;
  fc.assert(
    fc.property(steps, (list) => {
      let now = Date.parse('2026-11-23T00:30:00.000Z');
      let pack = newPack(new Date(now).toISOString());
      const movements: BlankMovement[] = [pack.last];
      const boundTo = new Map<number, string | null>();
      for (const { change, actor, hours } of list) {
        now += hours * 3_600_000;
        const before = JSON.stringify(pack);
        const stepped = movePack(pack, change, { id: 'p', actor, at: new Date(now).toISOString() });
        expect(JSON.stringify(pack)).toBe(before);
        if (!stepped.ok) continue;
        applied += 1;
        pack = stepped.record;
        movements.push(pack.last);
        for (let index = 0; index < SIZE; index += 1) {
          const { state, caseId } = custodyAt(pack, index);
          // Once a blank was bound it is never anywhere from where it could be bound again.
          if (boundTo.has(index)) {
            expect(['BOUND', 'DESTROYED']).toContain(state);
            expect(caseId).toBe(boundTo.get(index));
          } else if (state === 'BOUND') boundTo.set(index, caseId);
        }
      }
      const places = Array.from({ length: SIZE }, (_, index) => placeOf(custodyAt(pack, index)));
      for (const place of ['STORE', 'CASE', 'VOID', 'LOST', 'DESTROYED', ...WINDOWS]) {
        const there = places.filter((each) => each === place).length;
        expect(movements.reduce((sum, each) => sum + netOf(each, place), 0)).toBe(there);
      }
      for (const window of WINDOWS) {
        let opening = 0;
        for (const day of [...new Set([...DAYS, ...movements.map(dayOf)])].sort()) {
          const b = balanceOf(window, day, opening, movements, []);
          expect(b.opening + b.received - b.printed - b.voided - b.returned - b.lost).toBe(b.closing);
          expect(b.closing).toBeGreaterThanOrEqual(0);
          opening = b.closing;
        }
        expect(opening).toBe(places.filter((place) => place === window).length);
      }
    }),
    { numRuns: 400 },
  );
  expect(applied).toBeGreaterThan(400);
});
