import { expect, test } from 'vitest';
import { clockCase, clockRules, readCase } from '../../../domain/clock/caseClock.ts';
import type { TimeLimit } from '../../../domain/clock/limit.ts';
import { USUAL_HOURS } from '../../../domain/clock/openingHours.ts';
import { dueWords, limitWords, standstillWords, stateWord } from './limitWords.ts';

const RULES = clockRules({ usual: USUAL_HOURS });

/** Every word of the panel for a case accepted and looked at in hall time. */
function panel(accepted: string, limit: TimeLimit, now: string): (string | null)[] {
  const given = { acceptedAt: Date.parse(`${accepted}:00+08:00`), limit, pauses: [] };
  const nowMs = Date.parse(`${now}:00+08:00`);
  const nowIso = new Date(nowMs).toISOString();
  const clock = clockCase(RULES, given, nowMs);
  const { promise } = readCase(RULES, given, clock, nowMs);
  return [
    dueWords(clock.due, nowIso),
    limitWords(limit),
    stateWord(promise.state, clock.due, nowIso),
    standstillWords(limit, promise),
  ];
}

test('minutes at work, at lunch, over', () => {
  const at = (now: string) => panel('2018-11-23T11:10', { minutes: 60 }, `2018-11-23T${now}`);
  expect(at('11:20')).toEqual(['应于 13:40 前办结', '60 分钟', '正常', null]);
  expect(at('12:00')).toEqual(['应于 13:40 前办结', '60 分钟', '正常', '午休，计时暂停']);
  expect(at('14:00')).toEqual(['应于 13:40 前办结', '60 分钟', '已过时限', null]);
});

test('days show their day, and no word about lunch', () => {
  const at = (now: string) => panel('2026-11-23T15:10', { workingDays: 5 }, now);
  expect(at('2026-11-25T12:00')).toEqual(['11-30 16:30 前', '5 个工作日', '正常', null]);
  expect(at('2026-11-30T15:00')).toEqual(['应于 16:30 前办结', '5 个工作日', '即将到期', null]);
});

test('a provisional end that is past is not called overdue', () => {
  expect(panel('2027-03-01T09:00', { minutes: 60 }, '2027-03-01T10:30')).toEqual([
    '应于 10:00 前办结',
    '60 分钟',
    '已到暂定时限',
    null,
  ]);
});
