import type { TicketRecord } from '../queue/ticketTypes.ts';
import { hallMinute } from '../time/hallTime.ts';
import { ms } from './types.ts';

export interface HourOfDay {
  /** Local hour, 0–23. */
  hour: number;
  /** Numbers taken in it. */
  taken: number;
  /** First calls answered and brought to an end in it. */
  finished: number;
}

/** From the first hour with a number to the last, without a gap. */
export function byHour(tickets: readonly TicketRecord[]): HourOfDay[] {
  const taken = tickets.map(({ takenAt }) => hourOf(takenAt));
  const finished = tickets.flatMap(({ calls }) =>
    calls.flatMap(({ purpose, ended }) =>
      purpose === 'intake' && ended?.how === 'finished' ? [hourOf(ended.at)] : [],
    ),
  );
  const all = [...taken, ...finished];
  if (all.length === 0) return [];
  const first = Math.min(...all);
  const count = (hours: readonly number[], hour: number): number => hours.filter((each) => each === hour).length;
  return Array.from({ length: Math.max(...all) - first + 1 }, (_, index) => {
    const hour = first + index;
    return { hour, taken: count(taken, hour), finished: count(finished, hour) };
  });
}

function hourOf(instant: string): number {
  return Number(hallMinute(ms(instant)).slice(11, 13));
}
