import { hallDayOf } from '../time/hallTime.ts';
import type { CatchUpRow, QueueCommand } from './commands.ts';
import { fallbackFor, floorOfQueue } from './decideTake.ts';
import {
  type DecideContext,
  type Decision,
  instantOf,
  isRefused,
  type QueueStep,
  refuse,
  ticketStep,
} from './decision.ts';
import { plannedWindow } from './plan.ts';
import { currentCall } from './reduceTicket.ts';
import type { TicketClass, TicketTaken, Why } from './ticketTypes.ts';
import type { HallView } from './view.ts';
import { indexOf } from './viewIndex.ts';

const CLASS_OF_PREFIX: Readonly<Record<string, TicketClass>> = {
  V: 'priority',
  Y: 'appointment',
  E: 'enterprise',
  L: 'pickup',
};

/**
 * What was torn from the paper roll, with the times that were written down. A number that exists is not entered again:
 * the one there is doubted, for a person to look at. All rows or none.
 */
export function decideCatchUp(
  { rows }: Extract<QueueCommand, { kind: 'catch-up' }>,
  view: HallView,
  context: DecideContext,
): Decision {
  const steps: QueueStep[] = [];
  const entered = new Map<string, string>();
  let lasting = [...view.tickets.values()].some((ticket) => currentCall(ticket)?.terminal === context.terminal) ? 1 : 0;
  for (const row of rows) {
    if (!isPlausible(row, view)) return refuse('catch-up-times', { number: row.number });
    const known = entered.get(row.number) ?? indexOf(view).byNumber.get(row.number)?.id;
    if (known !== undefined) {
      steps.push(ticketStep(known, 'ticket.doubted', { at: instantOf(view.now), doubt: 'entered-again' }));
      continue;
    }
    if (row.calledAt !== null && row.finishedAt === null) lasting += 1;
    if (lasting > 1) return refuse('window-busy', { number: row.number });
    const id = context.newId();
    const added = enter(row, id, view, context);
    if (isRefused(added)) return added;
    steps.push(...added.steps);
    entered.set(row.number, id);
  }
  return { steps, ticketId: null };
}

/** Of today, in order, not in the future. */
function isPlausible({ takenAt, calledAt, finishedAt }: CatchUpRow, { now, day }: HallView): boolean {
  if (finishedAt !== null && calledAt === null) return false;
  const times = [takenAt, calledAt, finishedAt].filter((each) => each !== null).map((each) => Date.parse(each));
  if (times.some((each) => Number.isNaN(each) || each > now)) return false;
  return hallDayOf(takenAt) === day && times.every((each, index) => index === 0 || each >= (times[index - 1] ?? 0));
}

function enter(row: CatchUpRow, id: string, view: HallView, context: DecideContext): Decision {
  const { number, queue, takenAt, calledAt, finishedAt } = row;
  const { terminal } = context;
  const floor = floorOfQueue(view, queue, null);
  if (typeof floor !== 'number') return floor;
  const prefix = /^[A-Z]+/.exec(number)?.[0] ?? '';
  // The branch's letter stands before that of the class.
  const ticketClass = CLASS_OF_PREFIX[prefix.at(-1) ?? ''] ?? 'ordinary';
  const taken: TicketTaken = {
    number,
    prefix,
    day: view.day,
    queue,
    class: ticketClass,
    floor,
    itemCode: null,
    takenAt,
    issuer: terminal,
    source: 'paper-roll',
    fallback: calledAt === null ? fallbackFor(view, { queue, floor, class: ticketClass }) : terminal,
    slot: null,
    person: null,
    elder: false,
    batch: 1,
    preReview: null,
    appointment: null,
    backFor: null,
    pinned: null,
  };
  const steps = [ticketStep(id, 'ticket.taken', taken)];
  if (calledAt === null) return { steps, ticketId: id };
  const window = plannedWindow(view.plan, terminal);
  if (window === null) return refuse('window-not-planned');
  const why = whyEntered(Date.parse(calledAt) - Date.parse(takenAt), view);
  const called = {
    at: calledAt,
    terminal,
    window: window.number,
    clerk: context.actor,
    purpose: 'intake',
    why,
  } as const;
  steps.push(ticketStep(id, 'ticket.called', called));
  steps.push(ticketStep(id, 'ticket.arrived', { at: calledAt, terminal }));
  if (finishedAt !== null) steps.push(ticketStep(id, 'ticket.finished', { at: finishedAt, terminal }));
  return { steps, ticketId: id };
}

function whyEntered(waitedMs: number, { planVersion }: HallView): Why {
  return { rule: 'entered-later', waitedMs, compared: [], eligible: 1, prioritiesInRow: 0, plan: planVersion };
}
