import fc from 'fast-check';
import { expect, it } from 'vitest';
import { opEnvelope } from '../../contract/ops.ts';
import { pushRequest } from '../../contract/sync.ts';
import { arbitraryOf } from '../../tests/fixtures/arbitraryOf.ts';
import { opText } from '../store/opText.ts';
import { parsePush } from './pushBody.ts';
import { parseRequest, Refusal } from './refusal.ts';

const op = arbitraryOf(opEnvelope);
const push = fc.record(
  { device: fc.uuid(), epoch: fc.constant(1), ops: fc.array(op, { minLength: 1, maxLength: 3 }) },
  { noNullPrototype: true },
);

/** @returns what it gives, or how it refuses */
function outcome<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.body.message;
  }
}

/** Any member of any object of it is another one, or there is one more. */
const harm = fc.record({
  at: fc.nat(),
  key: fc.constantFrom(null, 'x', '__proto__'),
  value: fc.jsonValue({ maxDepth: 1 }),
});

it('a push is taken exactly as the schema takes it, and refused in the same words', () => {
  let taken = 0;
  fc.assert(
    fc.property(push, fc.option(harm), (value, harmed) => {
      const body = JSON.parse(JSON.stringify(value));
      const holders = [body, ...body.ops, ...body.ops.map(({ body: inner }: { body: unknown }) => inner)];
      if (harmed) {
        const holder = holders[harmed.at % holders.length];
        const key = harmed.key ?? Object.keys(holder)[harmed.at % Math.max(Object.keys(holder).length, 1)] ?? 'x';
        Object.defineProperty(holder, key, {
          value: harmed.value,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      const expected = outcome(() => parseRequest(pushRequest, structuredClone(body)));
      const actual = outcome(() => parsePush(body));
      if (typeof actual === 'object') taken += 1;
      expect(actual).toEqual(expected);
      if (typeof actual === 'object' && typeof expected === 'object')
        expect(actual.ops.map((each) => Object.keys(each.body))).toEqual(
          expected.ops.map((each) => Object.keys(each.body)),
        );
    }),
    { numRuns: 300 },
  );
  expect(taken).toBeGreaterThan(50);
});

it('the text of an op in the log is that of its envelope, whatever its free words are', () => {
  fc.assert(
    fc.property(op, (value) => {
      const envelope = opEnvelope.parse(value);
      expect(opText(envelope, JSON.stringify(envelope.body))).toBe(JSON.stringify(envelope));
      expect(opText(envelope, null)).toBe(JSON.stringify(envelope));
    }),
  );
});
