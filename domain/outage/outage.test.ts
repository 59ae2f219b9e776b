import { expect, test } from 'vitest';
import { clockCase, clockRules, readCase } from '../clock/caseClock.ts';
import { USUAL_HOURS } from '../clock/openingHours.ts';
import { hallMinute } from '../time/hallTime.ts';
import { pausesOfOutages } from './pausesOf.ts';
import { declareOutage, endOutage } from './reduceOutage.ts';
import type { OutageRecord } from './types.ts';

const at = (time: string) => new Date(`2018-05-23T${time}:00+08:00`).toISOString();
const ID = '0198a000-0000-7000-8000-0000000000d1';
const CASE = '0198a000-0000-7000-8000-0000000000c1';
const context = (time: string) => ({ id: ID, actor: '9001', at: at(time) });
const body = (from: string, to: string | null, caseId?: string) => ({
  from: at(from),
  to: to && at(to),
  reason: '停电',
  proof: '故障单 1',
  ...(caseId && { caseId }),
});

function outage(from: string, to: string | null, caseId?: string): OutageRecord {
  const stepped = declareOutage(null, body(from, to, caseId), context('16:00'));
  if (!stepped.ok) throw new Error(stepped.code);
  return stepped.record;
}

test('an outage is declared once and ended once, and both its ends are past', () => {
  expect(declareOutage(outage('10:00', null), body('10:00', null), context('16:00')).ok).toBe(false);
  expect(declareOutage(null, body('10:00', '16:01'), context('16:00'))).toEqual({ ok: false, code: 'outage-span' });
  expect(declareOutage(null, body('10:00', '10:00'), context('16:00')).ok).toBe(false);
  const open = outage('10:00', null);
  expect(endOutage(open, { to: at('11:00') }, context('16:00'))).toMatchObject({
    ok: true,
    record: { endedBy: '9001' },
  });
  expect(endOutage(outage('10:00', '11:00'), { to: at('12:00') }, context('16:00')).ok).toBe(false);
  expect(endOutage(null, { to: at('12:00') }, context('16:00')).ok).toBe(false);
});

test('it stops the promise of every case it touches, from the acceptance on, and never the clock of the law', () => {
  const accepted = { id: CASE, acceptedAt: at('09:30') };
  const touching = [
    outage('09:00', '10:25'),
    outage('10:25', '10:30', CASE),
    outage('10:30', '11:00', ID),
    outage('08:00', '09:30'),
  ];
  const pauses = pausesOfOutages(accepted, touching);
  expect(pauses.map(({ from, to, kind }) => [kind, from, to])).toEqual([
    ['P5', at('09:30'), at('10:25')],
    ['P5', at('10:25'), at('10:30')],
  ]);
  const rules = clockRules({ usual: USUAL_HOURS });
  const clocked = pauses.map((pause) => ({
    ...pause,
    from: Date.parse(pause.from),
    to: pause.to === null ? null : Date.parse(pause.to),
    proof: pause.proof ?? '',
  }));
  const of = { acceptedAt: Date.parse(accepted.acceptedAt), limit: { minutes: 60 }, pauses: clocked };
  const now = Date.parse(at('11:00'));
  const clock = clockCase(rules, of, now);
  // 60 minutes from 09:30, an hour of them lost, and half of them after lunch.
  expect(hallMinute(clock.due.at)).toBe('2018-05-23 11:30');
  expect(readCase(rules, of, clock, now).promise.used).toBe(30);
  const plain = clockCase(rules, { ...of, pauses: [] }, now);
  expect(clock.statutory?.due.at).toBe(plain.statutory?.due.at);
});
