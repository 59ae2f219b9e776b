import type { WindowRecord } from '../queue/hallTypes.ts';
import type { TicketCall, TicketRecord } from '../queue/ticketTypes.ts';
import { hallDay } from '../time/hallTime.ts';
import { ms } from './types.ts';

/** A stretch of time, ms since the epoch; `from` ≤ `to`. */
export interface Span {
  from: number;
  to: number;
}

export interface TicketAtWindow {
  ticket: TicketRecord;
  call: TicketCall;
}

/** Calls of a day at one window, in the order in which they began. */
export function callsAt(tickets: readonly TicketRecord[], terminal: string): TicketAtWindow[] {
  return tickets
    .flatMap((ticket) => ticket.calls.map((call) => ({ ticket, call })))
    .filter(({ call }) => call.terminal === terminal)
    .sort((a, b) => ms(a.call.at) - ms(b.call.at));
}

/** From the call to its end, or to `now` while it lasts. */
export function spanOfCall({ at, ended }: TicketCall, now: number): Span {
  const from = ms(at);
  return { from, to: Math.max(from, ended === null ? now : ms(ended.at)) };
}

/** When a window was open today; a window that nobody touched since yesterday is nobody's idleness. */
export function openSpans({ history = [] }: Pick<WindowRecord, 'history'>, now: number): Span[] {
  const day = hallDay(now);
  const today = history.filter(({ at }) => hallDay(ms(at)) === day);
  return today.flatMap(({ at, state }, index) => {
    if (state !== 'open') return [];
    const next = today[index + 1];
    const from = ms(at);
    return [{ from, to: Math.max(from, next === undefined ? now : ms(next.at)) }];
  });
}

/** What is left of `spans` without `others`: time in which a window was open and had nobody in hand. */
export function without(spans: readonly Span[], others: readonly Span[]): Span[] {
  return others.reduce<Span[]>(
    (left, { from, to }) =>
      left
        .flatMap((span) => [
          { from: span.from, to: Math.min(span.to, from) },
          { from: Math.max(span.from, to), to: span.to },
        ])
        .filter((span) => span.from < span.to),
    spans.filter((span) => span.from < span.to),
  );
}

export function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}
