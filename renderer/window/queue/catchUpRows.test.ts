import { describe, expect, test } from 'vitest';
import { EMPTY_ROW, queueOfNumber, readNumber, readRows, readTime, type TypedRow } from './catchUpRows.ts';

const NOW = '2018-11-23T02:42:00.000Z';
const row = (part: Partial<TypedRow>): TypedRow => ({ ...EMPTY_ROW, ...part });

test('a number is read as it is spoken, a time as it is typed, in the hall’s zone', () => {
  expect(['a15', ' A015', 'v2', 'ZA7', 'B1000'].map(readNumber)).toEqual(['A015', 'A015', 'V002', 'ZA007', 'B1000']);
  expect(['', '15', 'A', 'ABC1', 'A15x', 'A12345'].map(readNumber)).toEqual(Array(6).fill(null));
  expect(['0942', '942', '9:42', '9：42'].map((text) => readTime(text, '2018-11-23'))).toEqual(
    Array(4).fill('2018-11-23T01:42:00.000Z'),
  );
  expect(['2442', '0960', '42', 'x', ''].map((text) => readTime(text, '2018-11-23'))).toEqual(Array(5).fill(null));
});

test('the letter names the queue where it names one', () => {
  expect(['A015', 'B001', 'XA001', 'V002', null].map(queueOfNumber)).toEqual(['A', 'B', 'X', null, null]);
});

describe('rows of the paper roll', () => {
  test('are sent with their times, empty ones left out, the usual queue where the letter names none', () => {
    const { problems, rows } = readRows(
      [
        row({ number: 'a1', taken: '0900', called: '0910', finished: '0930' }),
        EMPTY_ROW,
        row({ number: 'v1', taken: '9:05' }),
        row({ number: 'v2', taken: '9:06', queue: 'A' }),
      ],
      'B',
      NOW,
    );
    expect(problems.size).toBe(0);
    expect(rows).toEqual([
      {
        number: 'A001',
        queue: 'A',
        takenAt: '2018-11-23T01:00:00.000Z',
        calledAt: '2018-11-23T01:10:00.000Z',
        finishedAt: '2018-11-23T01:30:00.000Z',
      },
      { number: 'V001', queue: 'B', takenAt: '2018-11-23T01:05:00.000Z', calledAt: null, finishedAt: null },
      { number: 'V002', queue: 'A', takenAt: '2018-11-23T01:06:00.000Z', calledAt: null, finishedAt: null },
    ]);
  });

  test.each([
    [row({ number: '1', taken: '0900' }), 'number', 'number'],
    [row({ number: 'A1' }), 'taken', 'taken'],
    [row({ taken: '0900' }), 'number', 'number'],
    [row({ number: 'A1', taken: '2500' }), 'taken', 'time'],
    [row({ number: 'A1', taken: '1043' }), 'taken', 'future'],
    [row({ number: 'A1', taken: '0900', called: '0859' }), 'called', 'order'],
    [row({ number: 'A1', taken: '0900', called: '0910', finished: '0909' }), 'finished', 'order'],
    [row({ number: 'A1', taken: '0900', finished: '0909' }), 'finished', 'order'],
  ] as const)('%o is wrong at its %s', (typed, column, problem) => {
    const read = readRows([typed], 'A', NOW);
    expect(read.problems.get(0)).toEqual({ column, problem });
    expect(read.rows).toEqual([]);
  });

  test('the same number twice is wrong the second time', () => {
    const read = readRows([row({ number: 'A1', taken: '0900' }), row({ number: 'a001', taken: '0901' })], 'A', NOW);
    expect([...read.problems]).toEqual([[1, { column: 'number', problem: 'twice' }]]);
  });
});
