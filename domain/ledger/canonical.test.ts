import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical.ts';

test('keys are sorted at every depth, arrays keep their order, absent members are left out', () => {
  const value = { b: [2, 1, { d: null, c: 'x' }], a: true, absent: undefined, 九: '一', Z: 0 };
  expect(canonicalJson(value)).toBe('{"Z":0,"a":true,"b":[2,1,{"c":"x","d":null}],"九":"一"}');
});

test('the order of keys changes nothing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.infiniteStream(fc.nat()), (value, order) => {
      expect(canonicalJson(shuffleKeys(value, order))).toBe(canonicalJson(value));
    }),
  );
});

test('a value in order already, and one that is not, have the same text', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), fc.infiniteStream(fc.nat()), (value, order) => {
      const text = canonicalJson(shuffleKeys(value, order));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      // Lists of pairs are sorted by another hand than ours.
      expect(canonicalJson(sortKeys(value))).toBe(text);
    }),
  );
});

test('what JSON.stringify would write in its own way is written in ours', () => {
  class Point {
    b = 1;
    a = 2;
    toJSON() {
      return 'no';
    }
  }
  expect(() => canonicalJson({ p: new Point(), toJSON: () => 'no' })).toThrow(TypeError);
  expect(canonicalJson({ at: new Date(0) })).toBe('{"at":{}}');
  expect(canonicalJson({ a: 1, b: undefined })).toBe('{"a":1}');
  expect(canonicalJson([-0, 10, { 10: 'x', 9: 'y' }])).toBe('[0,10,{"10":"x","9":"y"}]');
  expect(() => canonicalJson(new Array(1))).toThrow(TypeError);
});

test('JSON.parse gives the value back', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
  );
});

test('different values have different texts', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const same = canonicalJson(a) === canonicalJson(b);
      if (same) expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)));
    }),
  );
  expect(canonicalJson({ a: '1' })).not.toBe(canonicalJson({ a: 1 }));
  expect(canonicalJson([])).not.toBe(canonicalJson({}));
});

test('a key called __proto__ is a key like any other', () => {
  const value: unknown = JSON.parse('{"__proto__":{"a":1},"b":2}');
  expect(canonicalJson(value)).toBe('{"__proto__":{"a":1},"b":2}');
});

test('what JSON cannot say is refused', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, undefined, [undefined], () => {}, Symbol('s'), 1n]) {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  }
});

test('a text is written as JSON.stringify writes it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(canonicalJson(text)).toBe(JSON.stringify(text));
    }),
  );
  expect(canonicalJson('\ud800')).toBe('"\\ud800"');
});

test('a value nested beyond 64 levels is refused, however it was made', () => {
  const nest = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;
  expect(canonicalJson(nest(64))).toBe('['.repeat(64) + ']'.repeat(64));
  expect(() => canonicalJson(nest(65))).toThrow('too deep');
  expect(() => canonicalJson(nest(100_000))).toThrow('too deep');
});

function shuffleKeys(value: unknown, order: Iterator<number>): unknown {
  if (Array.isArray(value)) return value.map((member) => shuffleKeys(member, order));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => ({
    at: Number(order.next().value ?? 0),
    entry: [key, shuffleKeys(member, order)] as const,
  }));
  return Object.fromEntries(entries.sort((a, b) => a.at - b.at).map(({ entry }) => entry));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, sortKeys(member)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
