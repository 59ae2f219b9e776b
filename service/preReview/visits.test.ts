import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { YichuangError } from '../../contract/errors.ts';
import { personOfNumber } from './person.ts';
import { Visits } from './visits.ts';

const NUMBER = '110101190001010014';
const visit = { notice: '2026-1', person: personOfNumber(NUMBER, '2026-11-27') };

let visits: Visits;
beforeEach(() => {
  vi.useFakeTimers();
  visits = new Visits();
});
afterEach(() => {
  visits.stop();
  vi.useRealTimers();
});

function codeOf(ask: () => unknown): string {
  try {
    ask();
    return 'there';
  } catch (error) {
    return (error as YichuangError).code;
  }
}

test('a visit is known to its own page alone, and to nobody when it has ended', () => {
  visits.begin('page-1', visits.turn('page-1'), visit);
  expect(visits.get('page-1').person.idNumber).toBe(NUMBER);
  expect(codeOf(() => visits.get('page-2'))).toBe('visit-over');
  expect(codeOf(() => visits.chosen('page-1'))).toBe('visit-over');
  visits.end('page-1');
  expect(codeOf(() => visits.get('page-1'))).toBe('visit-over');
});

test('a card that was waited for while the visit ended opens none', () => {
  const turn = visits.turn('page-1');
  visits.end('page-1');
  expect(codeOf(() => visits.begin('page-1', turn, visit))).toBe('visit-over');
  expect(codeOf(() => visits.get('page-1'))).toBe('visit-over');
});

test('a page that is gone without a word is forgotten after five minutes, one that goes on is not', () => {
  visits.begin('page-1', visits.turn('page-1'), visit);
  vi.advanceTimersByTime(4 * 60_000);
  expect(codeOf(() => visits.get('page-1'))).toBe('there');
  vi.advanceTimersByTime(4 * 60_000);
  expect(codeOf(() => visits.get('page-1'))).toBe('there');
  vi.advanceTimersByTime(5 * 60_000 + 1);
  expect(codeOf(() => visits.get('page-1'))).toBe('visit-over');
});
