import type { Due } from '../../../domain/clock/dueTime.ts';
import type { ClockReading, ClockState } from '../../../domain/clock/elapsed.ts';
import type { TimeLimit } from '../../../domain/clock/limit.ts';
import { shortMoment } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import type { IconName } from '../../ui/Icon.tsx';

/** Colour is never the only sign: every state has an icon and a word. `last` is red like `over`, and not overdue. */
export const STATE_LOOKS: Record<ClockState, { icon: IconName; tone: 'calm' | 'near' | 'over' }> = {
  calm: { icon: 'good', tone: 'calm' },
  near: { icon: 'clock', tone: 'near' },
  last: { icon: 'clock', tone: 'over' },
  over: { icon: 'warning', tone: 'over' },
};

export function limitWords(limit: TimeLimit): string {
  if ('minutes' in limit) return t.limit.minutes(limit.minutes);
  return 'days' in limit ? t.limit.calendarDays(limit.days) : t.limit.days(limit.workingDays);
}

/** `10:42`, `11-30 16:30`, `2027-01-05`. */
export function dueMoment(due: Due, nowIso: string): string {
  return shortMoment(new Date(due.at).toISOString(), nowIso);
}

/** Today a whole sentence; a date leaves no room for one. */
export function dueWords(due: Due, nowIso: string): string {
  const moment = dueMoment(due, nowIso);
  return moment.length === 5 ? t.limit.due(moment) : t.limit.before(moment);
}

export function stateWord(state: ClockState, due: Due, nowIso: string): string {
  return state === 'last' && due.provisional && Date.parse(nowIso) > due.at ? t.limit.pastProvisional : t.limit[state];
}

/** Why no minute runs. Days go by the close of the day, so that only a pause is worth a word. */
export function standstillWords(limit: TimeLimit, { standstill }: ClockReading): string | null {
  if (standstill === null || (!('minutes' in limit) && standstill !== 'paused')) return null;
  return t.limit.standstill[standstill];
}
