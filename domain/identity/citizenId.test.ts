import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCharacter, isCalendarDate, isPlausibleBirth, parseCitizenId } from './citizenId.ts';

describe('vectors of domain.md §4.1', () => {
  test.each([
    ['11010519491231002X', '1949-12-31', 'female'],
    ['440524188001010014', '1880-01-01', 'male'],
    ['220402199003071231', '1990-03-07', 'male'],
    ['220403198506150048', '1985-06-15', 'female'],
    ['220421197811202535', '1978-11-20', 'male'],
    ['220422200002290011', '2000-02-29', 'male'],
    ['220402196201014568', '1962-01-01', 'female'],
    ['810000199001010019', '1990-01-01', 'male'],
    ['830000198808081239', '1988-08-08', 'male'],
  ])('%s is valid', (number, birth, sex) => {
    expect(parseCitizenId(number)).toEqual({ ok: true, value: { number, birth, sex } });
  });

  test.each([
    ['220402199003071230', 'check-digit', '第 18 位'],
    ['220422190002290011', 'birth-date', '第 7 至 14 位'],
    ['22040219900307123x', 'check-digit', '第 18 位'],
    ['220402900307123', 'old-number', '15 位旧号码'],
    ['2204021990030712', 'length', '18 位'],
    ['', 'length', '18 位'],
    ['2204021990030712X1', 'alphabet', '第 17 位'],
    ['２20402199003071231', 'alphabet', '第 1 位'],
    ['22040219900307123Y', 'alphabet', '第 18 位'],
    ['220402199013071231', 'birth-date', '第 7 至 14 位'],
  ])('%s is refused: %s', (number, problem, words) => {
    const message = expect.stringContaining(words);
    expect(parseCitizenId(number)).toEqual({ ok: false, problem, message });
  });
});

test('a birth of 1880 is right and looks odd; so does one that is still to come', () => {
  expect(isPlausibleBirth('1880-01-01', '2018-05-23')).toBe(false);
  expect(isPlausibleBirth('2018-05-24', '2018-05-23')).toBe(false);
  for (const birth of ['1898-05-23', '1949-12-31', '2018-05-23']) {
    expect(isPlausibleBirth(birth, '2018-05-23')).toBe(true);
  }
});

test('a small x and surrounding spaces are put right', () => {
  const result = parseCitizenId(' 11010519491231002x\n');
  expect(result.ok && result.value.number).toBe('11010519491231002X');
});

test('a number of a permanent residence card begins with 9 and is not refused for its area', () => {
  const first17 = '91101019850101003';
  expect(parseCitizenId(first17 + checkCharacter(first17)).ok).toBe(true);
});

test('every single wrong digit is noticed', () => {
  const first17 = fc.tuple(
    fc.stringMatching(/^\d{6}$/),
    fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
    fc.stringMatching(/^\d{3}$/),
  );
  fc.assert(
    fc.property(first17, fc.nat(16), fc.integer({ min: 1, max: 9 }), ([area, birth, sequence], at, step) => {
      const start = area + birth.toISOString().slice(0, 10).replaceAll('-', '') + sequence;
      const number = start + checkCharacter(start);
      expect(parseCitizenId(number).ok).toBe(true);
      const wrong = (Number(number.charAt(at)) + step) % 10;
      expect(parseCitizenId(number.slice(0, at) + wrong + number.slice(at + 1)).ok).toBe(false);
    }),
  );
});

test('a calendar date exists', () => {
  for (const day of ['2000-02-29', '2024-02-29', '1880-01-01', '9999-12-31']) expect(isCalendarDate(day)).toBe(true);
  for (const day of ['1900-02-29', '2023-02-29', '2023-04-31', '2023-00-01', '2023-1-01', '2023-01-01T00:00', '']) {
    expect(isCalendarDate(day)).toBe(false);
  }
});
