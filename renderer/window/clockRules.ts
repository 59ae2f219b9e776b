import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { CaseTimes } from '../../contract/caseTimes.ts';
import { type CaseClock, clockRules } from '../../domain/clock/caseClock.ts';
import type { Due } from '../../domain/clock/dueTime.ts';
import { USUAL_HOURS } from '../../domain/clock/openingHours.ts';
import type { ClockRules } from '../../domain/clock/openTime.ts';
import type { Pause } from '../../domain/clock/pauses.ts';
import { useApp } from '../app/app.ts';

/** By what this terminal's clocks run: its hours, and the calendar in force. */
export function useClockRules(): ClockRules {
  const { session, reference } = useApp();
  const hours = useStore(session, (state) => state.info?.hours);
  const calendar = useStore(reference, (state) => state.calendar);
  return useMemo(() => clockRules(hours ?? { usual: USUAL_HOURS }, calendar), [hours, calendar]);
}

/** The pauses of a case in a list, as the clock takes them. */
export function pausesOf({ pauses }: CaseTimes): Pause[] {
  return pauses.map((pause) => ({
    ...pause,
    from: Date.parse(pause.from),
    to: pause.to === null ? null : Date.parse(pause.to),
    proof: '',
  }));
}

/** What the service reckoned, for reading it on from minute to minute. */
export function toClock({ limit, dueAt, statutory, statutoryDueAt, green, ...times }: CaseTimes): CaseClock {
  const { provisional, statutoryProvisional, missingYears } = times;
  const due = (at: string, isProvisional: boolean): Due => ({
    at: Date.parse(at),
    provisional: isProvisional,
    missingYears,
  });
  return {
    limit,
    due: due(dueAt, provisional),
    statutory:
      statutory && statutoryDueAt !== null
        ? { limit: statutory.limit, due: due(statutoryDueAt, statutoryProvisional) }
        : null,
    green: green && { extendedUntil: green.extendedUntil, due: due(green.dueAt, green.provisional) },
  };
}
