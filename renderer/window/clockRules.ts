import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { CaseTimes } from '../../contract/caseTimes.ts';
import { type CaseClock, clockRules } from '../../domain/clock/caseClock.ts';
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
export function toClock({ limit, dueAt, statutoryDueAt, ...times }: CaseTimes): CaseClock {
  const { provisional, statutoryProvisional, missingYears } = times;
  return {
    limit,
    due: { at: Date.parse(dueAt), provisional, missingYears },
    statutoryDue: { at: Date.parse(statutoryDueAt), provisional: statutoryProvisional, missingYears },
  };
}
