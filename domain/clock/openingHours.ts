import type { Weekday } from './localTime.ts';

/** Minutes of the day, `from` < `to`. */
export interface OpeningSpan {
  from: number;
  to: number;
}

/** When a window is open on a working day; which days are working days is the calendar's business. */
export interface OpeningHours {
  usual: readonly OpeningSpan[];
  byWeekday: Readonly<Partial<Record<Weekday, readonly OpeningSpan[]>>>;
}

/** The same as a person writes it: spans such as `08:30-11:30`. */
export interface OpeningHoursText {
  usual: readonly string[];
  monday?: readonly string[] | undefined;
  tuesday?: readonly string[] | undefined;
  wednesday?: readonly string[] | undefined;
  thursday?: readonly string[] | undefined;
  friday?: readonly string[] | undefined;
  saturday?: readonly string[] | undefined;
  sunday?: readonly string[] | undefined;
}

/** domain.md §5.3. */
export const USUAL_HOURS = ['08:30-11:30', '13:00-16:30'] as const;

export const WEEKDAY_NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const SPAN = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/;

/** @throws RangeError when a span is not one, or the spans of a day are empty, overlap or are out of order */
export function parseOpeningHours(text: OpeningHoursText): OpeningHours {
  const byWeekday: Partial<Record<Weekday, OpeningSpan[]>> = {};
  for (const [index, name] of WEEKDAY_NAMES.entries()) {
    const spans = text[name];
    if (spans) byWeekday[(index + 1) as Weekday] = parseSpans(spans);
  }
  return { usual: parseSpans(text.usual), byWeekday };
}

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/**
 * The hours of a window that stays open longer for enterprises (延时服务, S36): the last span of each day ends then.
 * @param until `18:00`; earlier than the usual close changes nothing
 */
export function extendHours({ usual, byWeekday }: OpeningHours, until: string): OpeningHours {
  const [, hour, minute] = TIME.exec(until) ?? [];
  const to = Number(hour) * 60 + Number(minute);
  if (Number.isNaN(to)) throw new RangeError(`time of day: ${until}`);
  const longer = (spans: readonly OpeningSpan[]): readonly OpeningSpan[] =>
    spans.map((span, index) => (index === spans.length - 1 ? { ...span, to: Math.max(span.to, to) } : span));
  const days = Object.entries(byWeekday).map(([day, spans]) => [day, longer(spans)]);
  return { usual: longer(usual), byWeekday: Object.fromEntries(days) };
}

/** @returns whether {@link parseOpeningHours} takes these spans for one day */
export function areOpeningSpans(spans: readonly string[]): boolean {
  try {
    parseSpans(spans);
    return true;
  } catch {
    return false;
  }
}

export function spansOn(hours: OpeningHours, weekday: Weekday): readonly OpeningSpan[] {
  return hours.byWeekday[weekday] ?? hours.usual;
}

function parseSpans(texts: readonly string[]): OpeningSpan[] {
  if (texts.length === 0) throw new RangeError('no opening span');
  let last = -1;
  return texts.map((text) => {
    const [, fromHour, fromMinute, toHour, toMinute] = SPAN.exec(text) ?? [];
    const from = Number(fromHour) * 60 + Number(fromMinute);
    const to = Number(toHour) * 60 + Number(toMinute);
    // Written so that NaN fails too. Touching spans would be one span: whoever writes them means something else.
    if (!(from > last && to > from && to <= 24 * 60)) throw new RangeError(`opening span: ${text}`);
    last = to;
    return { from, to };
  });
}
