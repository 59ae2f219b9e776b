import { expect, test } from 'vitest';
import { parseDay } from './day.ts';

test.each(['2018-05-23', '2018-5-23', '2018/05/23', '20180523', '2018年5月23日', ' 2018.05.23 '])(
  '%j is the day 2018-05-23',
  (text) => {
    expect(parseDay(text)).toEqual({ ok: true, day: '2018-05-23' });
  },
);

test.each([
  ['2018-02-29', 'no-such-day', '没有这一天'],
  ['1900-02-29', 'no-such-day', '没有这一天'],
  ['2018-13-01', 'no-such-day', '月份'],
  ['2018-00-10', 'no-such-day', '月份'],
  ['23.05.2018', 'form', '年-月-日'],
  ['18-05-23', 'form', '年-月-日'],
  ['长期', 'form', '年-月-日'],
  ['', 'form', '年-月-日'],
])('%j is refused: %s', (text, problem, words) => {
  expect(parseDay(text)).toMatchObject({ ok: false, problem, message: expect.stringContaining(words) });
});
