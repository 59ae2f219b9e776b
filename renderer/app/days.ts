/** Spans of local calendar days, ISO, as tables ask for them. */
export interface DaySpan {
  from: string;
  to: string;
}

export type SpanName = 'today' | 'week' | 'month';

const DAY_MS = 86_400_000;

/** This day, this week from Monday on, this month from its first; up to `today`, ISO. */
export function spanOf(name: SpanName, today: string): DaySpan {
  if (name === 'month') return { from: `${today.slice(0, 8)}01`, to: today };
  if (name === 'today') return { from: today, to: today };
  const at = Date.parse(`${today}T00:00:00Z`);
  const sinceMonday = (new Date(at).getUTCDay() + 6) % 7;
  return { from: new Date(at - sinceMonday * DAY_MS).toISOString().slice(0, 10), to: today };
}

/** @param day ISO @returns the day that many days later */
export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** A day of the calendar as it is written: `2026-02-30` is none. */
export function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** `2026-11-23 10:00` in the hall, as an ISO instant. @returns null when it is no such time */
export function hallInstant(text: string): string | null {
  const [, day = '', hour, minute] = /^(\d{4}-\d{2}-\d{2}) ([01]\d|2[0-3]):([0-5]\d)$/.exec(text.trim()) ?? [];
  if (!isDay(day)) return null;
  return new Date(Date.parse(`${day}T${hour}:${minute}:00.000+08:00`)).toISOString();
}
