import { describe, expect, test } from 'vitest';
import { acceptance } from '../../tests/fixtures/acceptance.ts';
import { acceptedCase, dataFor, expectStep, minuteAt, WALKER_STAFF } from '../../tests/fixtures/caseWalker.ts';
import { clockCase, clockRules, readCase } from '../clock/caseClock.ts';
import { USUAL_HOURS } from '../clock/openingHours.ts';
import { hallMinute } from '../time/hallTime.ts';
import type { AdvanceId } from './advance.ts';
import { caseTimeOf, closedAtOf } from './caseTime.ts';
import { advanceCase, openCase } from './reduceCase.ts';
import type { CaseRecord } from './types.ts';

const RULES = clockRules({ usual: USUAL_HOURS });
const at = (text: string): string => new Date(`${text.replace(' ', 'T')}:00+08:00`).toISOString();

function step(record: CaseRecord, transition: AdvanceId, when: string): CaseRecord {
  const advance = { transition, data: dataFor(transition, record) } as Parameters<typeof advanceCase>[1];
  return expectStep(advanceCase(record, advance, { id: record.id, actor: WALKER_STAFF.REV1, at: when }));
}

function openAt(when: string, itemCode: string): CaseRecord {
  const opened = openCase(acceptance(1, { itemCode }), null, { id: 'c', actor: '1001', at: when });
  return step(expectStep(opened), 'T14', when);
}

const dueOf = (record: CaseRecord, now: string): string => {
  const { limit, ...time } = caseTimeOf(record);
  if (limit === null) throw new Error('no promise');
  return hallMinute(clockCase(RULES, { ...time, limit }, Date.parse(now)).due.at);
};

describe('the examples of domain.md §5.5, with the pauses as ops record them', () => {
  test('60 minutes from 09:30, a supplement from 10:00 to 10:25: due 10:55', () => {
    let record = openAt(at('2018-05-23 09:30'), 'A05');
    record = step(record, 'T15', at('2018-05-23 10:00'));
    record = step(record, 'T16', at('2018-05-23 10:25'));
    expect(dueOf(record, at('2018-05-23 10:30'))).toBe('2018-05-23 10:55');
  });

  test('5 working days from Monday 21st, a supplement from Wednesday 10:00 to Friday 14:00: due Wednesday 30th', () => {
    let record = openAt(at('2018-05-21 10:00'), 'C01');
    record = step(record, 'T15', at('2018-05-23 10:00'));
    record = step(record, 'T16', at('2018-05-25 14:00'));
    expect(dueOf(record, at('2018-05-25 15:00'))).toBe('2018-05-30 16:30');
  });

  test('while a supplement is out the due time moves with now', () => {
    const record = step(openAt(at('2018-05-23 09:30'), 'A05'), 'T15', at('2018-05-23 10:00'));
    expect(dueOf(record, at('2018-05-23 10:10'))).toBe('2018-05-23 10:40');
    expect(dueOf(record, at('2018-05-23 10:20'))).toBe('2018-05-23 10:50');
  });
});

test('the clocks end with the withdrawal, and not a minute is used after it', () => {
  let record = openAt(at('2018-05-23 09:30'), 'A05');
  record = step(record, 'T40', at('2018-05-23 09:50'));
  const { limit, endedAt, ...time } = caseTimeOf(record);
  expect(endedAt).toBe(Date.parse(at('2018-05-23 09:50')));
  expect(closedAtOf(record)).toBe(endedAt);
  const now = endedAt ?? 0;
  const clock = clockCase(RULES, { ...time, limit: limit ?? { minutes: 0 } }, now);
  expect(readCase(RULES, time, clock, now).promise.used).toBe(20);
});

test('calling the applicant ends our time; a second call and the hand-over change nothing of it', () => {
  let record: CaseRecord = { ...acceptedCase(), state: 'READY' };
  record = step(record, 'T33', minuteAt(40));
  expect(caseTimeOf(record).endedAt).toBe(Date.parse(minuteAt(40)));
  expect(closedAtOf(record)).toBeNull();
  record = step(record, 'T35', minuteAt(60));
  record = step(record, 'T33', minuteAt(90));
  record = step(record, 'T34', minuteAt(95));
  expect(caseTimeOf(record).endedAt).toBe(Date.parse(minuteAt(40)));
  expect(closedAtOf(record)).toBe(Date.parse(minuteAt(95)));
});
