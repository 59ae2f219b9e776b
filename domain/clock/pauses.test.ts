import { expect, test } from 'vitest';
import { toHallMinute } from './localTime.ts';
import { PAUSE_RULES, type Pause, type PauseKind, pauseNow, stopsFor } from './pauses.ts';

const at = (time: string): number => Date.parse(`2018-05-23T${time}:00+08:00`);
const minute = (time: string): number => toHallMinute(at(time));

function pause(kind: PauseKind, from: string, to: string | null): Pause {
  return { kind, from: at(from), to: to === null ? null : at(to), by: '0107', reason: '缺合同', proof: 'BZ-1' };
}

test('补正 and 公告 hold both clocks; what is our own affair runs on the clock of the law', () => {
  const held = (Object.keys(PAUSE_RULES) as PauseKind[]).map((kind) => [
    kind,
    stopsFor('promise', [pause(kind, '09:00', '10:00')], at('12:00')).length,
    stopsFor('statutory', [pause(kind, '09:00', '10:00')], at('12:00')).length,
  ]);
  expect(held).toEqual([
    ['P1', 1, 1],
    ['P2', 1, 1],
    ['P3', 1, 0],
    ['P4', 1, 0],
    ['P5', 1, 0],
  ]);
});

test('overlapping and touching pauses are one stop, apart ones stay apart, in order', () => {
  const pauses = [
    pause('P3', '10:30', '11:00'),
    pause('P1', '09:00', '09:30'),
    pause('P4', '09:20', '10:00'),
    pause('P5', '10:00', '10:10'),
  ];
  expect(stopsFor('promise', pauses, at('12:00'))).toEqual([
    { from: minute('09:00'), to: minute('10:10') },
    { from: minute('10:30'), to: minute('11:00') },
  ]);
});

test('a pause within another adds nothing, an empty one neither', () => {
  const pauses = [pause('P1', '09:00', '11:00'), pause('P2', '09:30', '10:00'), pause('P3', '12:00', '12:00')];
  expect(stopsFor('promise', pauses, at('13:00'))).toEqual([{ from: minute('09:00'), to: minute('11:00') }]);
});

test('a pause that lasts reaches to now, and never before its own start when a clock was set back', () => {
  const open = [pause('P1', '09:00', null)];
  expect(stopsFor('promise', open, at('09:40'))).toEqual([{ from: minute('09:00'), to: minute('09:40') }]);
  expect(stopsFor('promise', open, at('08:40'))).toEqual([]);
});

test('the pause that holds now is known with who and why', () => {
  const pauses = [pause('P1', '09:00', '09:30'), pause('P4', '10:00', null)];
  expect(pauseNow('promise', pauses, at('09:10'))).toMatchObject({ kind: 'P1', by: '0107', reason: '缺合同' });
  expect(pauseNow('promise', pauses, at('09:30'))).toBeNull();
  expect(pauseNow('promise', pauses, at('15:00'))).toMatchObject({ kind: 'P4' });
  expect(pauseNow('statutory', pauses, at('15:00'))).toBeNull();
});
