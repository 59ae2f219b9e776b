import { expect, test } from 'vitest';
import { ageWords, firstState, OUTBOX_STATES, type Outbox, reasonOf } from './words.ts';

const WELL: Outbox['line'] = { link: 'connected', trouble: null, nextTryAt: null, stuck: false };
const AT = '2026-11-27T02:00:00.000Z';
const time = () => '10:00';

test('the page opens at what needs a person, else at what waits here', () => {
  const none = { waiting: 0, held: 0, parked: 0, rejected: 0 };
  expect(firstState(none)).toBe('waiting');
  expect(firstState({ ...none, held: 3 })).toBe('held');
  expect(firstState({ ...none, waiting: 1, held: 3 })).toBe('waiting');
  expect(firstState({ waiting: 1, held: 1, parked: 1, rejected: 1 })).toBe('rejected');
});

test('every record that is not through has a reason, a next time and somebody to ask, however the line stands', () => {
  const links = ['not-configured', 'enrolling', 'connected', 'offline', 'refused'] as const;
  const troubles = [null, 'offline', 'refused', 'not-active', 'gap', 'forked', 'protocol', 'asked-to-wait'] as const;
  for (const state of OUTBOX_STATES)
    for (const link of links)
      for (const trouble of troubles)
        for (const stuck of [false, true])
          for (const code of [null, 'unknown-kind', 'forbidden', 'of-a-newer-centre']) {
            const line = { link, trouble, nextTryAt: trouble && AT, stuck };
            const words = reasonOf({ code }, state, line, true, time);
            for (const word of [words.why, words.next, words.ask]) expect(word).toMatch(/\S/);
          }
});

test('of a queue that stands still the first record is the one to look at', () => {
  const stuck = { ...WELL, stuck: true };
  const [first, second] = [true, false].map((isFirst) => reasonOf({ code: null }, 'waiting', stuck, isFirst, time));
  expect(first?.why).not.toBe(second?.why);
  expect(first).toMatchObject({ isGrave: true, ask: '管理员' });
});

test('while the line is cut the next attempt has its time', () => {
  const cut: Outbox['line'] = { link: 'offline', trouble: 'offline', nextTryAt: AT, stuck: false };
  expect(reasonOf({ code: null }, 'waiting', cut, true, time)).toEqual({
    why: '连接中断，恢复后自动送出',
    next: '10:00 再试',
    ask: '网络管理员',
    isGrave: false,
  });
});

test('what was refused says why in the words of the program, or the word itself', () => {
  expect(reasonOf({ code: 'two-person' }, 'rejected', WELL, true, time).why).toMatch(/另一位工作人员/);
  expect(reasonOf({ code: 'of-a-newer-centre' }, 'rejected', WELL, true, time).why).toBe('of-a-newer-centre');
});

test('age is said in the largest whole unit', () => {
  const ages = [0.5, 1, 59.9, 60, 1439, 1440, 4000].map((minutes) =>
    ageWords(new Date(Date.parse(AT) - minutes * 60_000).toISOString(), AT),
  );
  expect(ages).toEqual(['刚刚', '1 分钟前', '59 分钟前', '1 小时前', '23 小时前', '1 天前', '2 天前']);
});
