import { describe, expect, test } from 'vitest';
import { formatUnitNumber, parseUnitNumber } from './unitNumber.ts';

describe('vectors of domain.md §4.3', () => {
  test.each(['220402001002GB00012F00030045', '220402001002GB00012W00000000', '340104404006JC00058F00010201'])(
    '%s is valid',
    (number) => {
      expect(parseUnitNumber(number)).toEqual({ ok: true, number });
    },
  );

  test.each([
    ['3301101900GB00380F00160001', 'length'],
    ['220402001002GB00012W00000001', 'form'],
    ['220402001002XB00012F00030045', 'form'],
    ['220402001002G100012F00030045', 'form'],
    ['', 'length'],
  ])('%s is refused: %s', (number, problem) => {
    expect(parseUnitNumber(number)).toEqual({ ok: false, problem });
  });
});

test('what is printed in four groups is read again, also in small letters', () => {
  const printed = formatUnitNumber('220402001002GB00012F00030045');
  expect(printed).toBe('220402 001002 GB00012 F00030045');
  expect(parseUnitNumber(` ${printed.toLowerCase()} `)).toEqual({ ok: true, number: '220402001002GB00012F00030045' });
});
