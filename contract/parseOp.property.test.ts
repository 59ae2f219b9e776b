import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OpKind } from '../domain/ledger/op.ts';
import { arbitraryOf } from '../tests/fixtures/arbitraryOf.ts';
import { OpMaker } from '../tests/fixtures/opMaker.ts';
import { opBodies, parseOp } from './ops.ts';

/** Of no case: in one, the first program's slips need not name it. */
const STREAM = 'slip:01939f00-0000-7000-8000-000000000001';

/** One thing in a body is another, gone, or too much: at any depth. */
const damage = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('none', 'none', 'gone', 'other', 'more'),
  value: fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom('', ' ', '\u{20000}', -1, 0.5, 1e16, null, [], {})),
  key: fc.constantFrom('x', '__proto__', 'constructor', '0'),
});
type Damage = typeof damage extends fc.Arbitrary<infer D> ? D : never;

type Holder = Record<string, unknown>;

/** Every place of a value that has a name. */
function placesOf(value: unknown): { holder: Holder; key: string }[] {
  if (value === null || typeof value !== 'object') return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesOf(holder[key])]);
}

function damaged(body: unknown, { at, how, value, key }: Damage): Record<string, unknown> {
  const copy = JSON.parse(JSON.stringify(body));
  const places = placesOf(copy);
  const place = places[at % Math.max(places.length, 1)];
  if (how === 'more')
    Object.defineProperty(place?.holder ?? copy, key, { value, enumerable: true, configurable: true });
  if (how === 'gone' && place) delete place.holder[place.key];
  if (how === 'other' && place) place.holder[place.key] = value;
  return copy;
}

test.each(Object.keys(opBodies) as OpKind[])('%s is understood exactly when its schema takes it', (kind) => {
  const seen = { ok: 0, refused: 0 };
  const maker = new OpMaker({ name: kind });
  fc.assert(
    fc.property(arbitraryOf(opBodies[kind]), damage, (value, harm) => {
      const body = damaged(value, harm);
      const result = opBodies[kind].safeParse(body);
      const isNewer = result.error?.issues.every(({ code }) => code === 'unrecognized_keys');
      const parsed = parseOp({ ...maker.makeAny(kind, STREAM, {}), body });
      seen[parsed.ok ? 'ok' : 'refused'] += 1;
      expect(parsed.ok ? 'ok' : parsed.reason).toBe(result.success ? 'ok' : isNewer ? 'newer-body' : 'bad-body');
    }),
    { numRuns: 60 },
  );
  // Otherwise nothing was compared.
  expect(seen.refused, 'damaged ones').toBeGreaterThan(0);
  if (!MOSTLY_REFUSED.has(kind)) expect(seen.ok, 'good ones').toBeGreaterThan(5);
});

/** What hangs together across their fields is not made by chance. */
const MOSTLY_REFUSED: ReadonlySet<string> = new Set(['catalogue.published', 'calendar.published']);
