import type { HallPlan, PlannedWindow, PrefixRule, QueuePolicy } from './hallTypes.ts';
import type { Queue, TicketClass } from './ticketTypes.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** domain.md §6.3 and 6.4. */
export const DEFAULT_POLICY: QueuePolicy = {
  passPolicy: 'REQUEUE_3',
  recallAfterMs: 15 * SECOND,
  maxCalls: 3,
  passAfterMs: 60 * SECOND,
  elderPassAfterMs: 120 * SECOND,
  holdMaxMs: 30 * MINUTE,
  agedAfterMs: 30 * MINUTE,
  maxPrioritiesInRow: 2,
  maxPickupsInRow: 1,
  slotEarlyMs: 10 * MINUTE,
  slotLateMs: 15 * MINUTE,
  maxReturnsInRow: 2,
  stopBeforeClosing: true,
  showNames: false,
};

/** Windows 1–8 on floor 2 for what is not taxed, 9–18 on floor 3 for what is; 7, 8, 17, 18 green (domain.md §6.2). */
export const DEFAULT_PLAN: HallPlan = {
  windows: Array.from({ length: 18 }, (_, index): PlannedWindow => {
    const number = index + 1;
    const isUpstairs = number >= 9;
    return {
      terminal: `W${String(number).padStart(2, '0')}`,
      number,
      floor: isUpstairs ? 3 : 2,
      queues: isUpstairs ? ['A'] : ['B'],
      green: [7, 8, 17, 18].includes(number),
      zone: isUpstairs ? 'floor-3' : 'floor-2',
    };
  }),
  policy: DEFAULT_POLICY,
};

/** Of a class with a letter of its own; the others carry that of their queue (domain.md §6.1). */
const PREFIXES: readonly PrefixRule[] = [
  { class: 'priority', prefix: 'V' },
  { class: 'appointment', prefix: 'Y' },
  { class: 'enterprise', prefix: 'E' },
  { class: 'pickup', prefix: 'L' },
];

/** Tickets of the branch hall carry X before their letter: `XA001`. */
export function prefixOf(queue: Queue, ticketClass: TicketClass): string {
  const own = PREFIXES.find((rule) => rule.class === ticketClass)?.prefix;
  if (queue === 'X') return `X${own ?? 'A'}`;
  return own ?? queue;
}

/** Three digits, four from 1000 on (domain.md §6.1). */
export function ticketNumber(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(3, '0')}`;
}

export function plannedWindow(plan: HallPlan, terminal: string): PlannedWindow | null {
  return plan.windows.find((each) => each.terminal === terminal) ?? null;
}
