import { describe, expect, test } from 'vitest';
import { formatUnitNumber, parseUnitNumber } from './unitNumber.ts';

describe('vectors of domain.md §4.3', () => {
  test.each(['220402001002GB00012F00030045', '220402001002GB00012W00000000', '340104404006JC00058F00010201'])(
    '%s is valid',
    (number) => {
      expect(parseUnitNumber(number)).toEqual({ ok: true, number, virtual: false, warnings: [] });
    },
  );

  test.each([
    ['3301101900GB00380F00160001', 'length', '28 位'],
    ['220402001002GB00012W00000001', 'land', '第 21 至 28 位'],
    ['220402001002XB00012F00030045', 'parcel-owner', '第 13 位'],
    ['220402001002G100012F00030045', 'parcel-kind', '第 14 位'],
    ['22040200100OGB00012F00030045', 'digits', '第 12 位'],
    ['220402001002GB0001OF00030045', 'digits', '第 19 位'],
    ['220402001002GB00012X00030045', 'fixture-kind', '第 20 位'],
    ['220402001002GB00012F0003004O', 'digits', '第 28 位'],
    ['', 'length', '28 位'],
  ])('%s is refused: %s', (number, problem, words) => {
    expect(parseUnitNumber(number)).toMatchObject({ ok: false, problem, message: expect.stringContaining(words) });
  });
});

test.each([
  ['220402001002GR00012F00030045', ['parcel-kind-unknown']],
  ['220402001002GK00012L00030045', []],
  ['220402001002GA00012W00000000', ['parcel-kind-unusual']],
  ['220402001002JA00012W00000000', []],
  ['220402001002GB00000F00030045', ['parcel-sequence-zero']],
])('%s is odd, and taken with the warnings %j', (number, warnings) => {
  expect(parseUnitNumber(number)).toMatchObject({ ok: true, warnings });
});

test.each(['220402000000GB00012F00030045', '220402001002GB00012F99999999'])(
  '%s is virtual: the centre may send it, nobody types it',
  (number) => {
    expect(parseUnitNumber(number)).toMatchObject({ ok: false, problem: 'virtual' });
    expect(parseUnitNumber(number, 'centre')).toMatchObject({ ok: true, number, virtual: true });
  },
);

test('what is printed in four groups is read again, also in small letters', () => {
  const printed = formatUnitNumber('220402001002GB00012F00030045');
  expect(printed).toBe('220402 001002 GB00012 F00030045');
  expect(parseUnitNumber(` ${printed.toLowerCase()} `)).toMatchObject({
    ok: true,
    number: '220402001002GB00012F00030045',
  });
});
