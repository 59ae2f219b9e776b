import { expect, test } from 'vitest';
import { writePassport } from '../../../domain/preReview/passport.ts';
import { preReviewIn } from './slipText.ts';

test('a scanned slip is told from what is searched for', () => {
  const text = writePassport({
    id: '0198a000-0000-7000-8000-0000000000d1',
    number: 'Y20261127010001',
    terminal: 'K01',
    itemCode: 'A09',
    catalogueVersion: '2018.1',
    conditions: [],
    materials: [{ code: 'M01', has: true }],
    elder: false,
    ticketNumber: 'A015',
    at: '2026-11-27T01:00:00.000Z',
    holder: 'abcdef',
  });
  expect(preReviewIn(` ${text} `)).toEqual({ passport: text });
  expect(preReviewIn('y20261127010001')).toEqual({ number: 'Y20261127010001' });
  for (const other of ['张三', '20261127070012', 'A015', 'YC1', '220402199003071231', '']) {
    expect(preReviewIn(other)).toBeNull();
  }
});
