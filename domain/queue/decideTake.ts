import type { AppointmentRecord } from '../appointment/types.ts';
import { findItem } from '../catalogue/catalogue.ts';
import type { TakeTicket } from './commands.ts';
import {
  type DecideContext,
  type Decision,
  instantOf,
  type QueueStep,
  type Refused,
  refuse,
  ticketStep,
} from './decision.ts';
import type { PlannedWindow } from './hallTypes.ts';
import { whyNotIssued } from './issuing.ts';
import { plannedWindow, prefixOf, ticketNumber } from './plan.ts';
import { isLive } from './reduceTicket.ts';
import type { Slot, TicketClass, TicketRecord, TicketTaken } from './ticketTypes.ts';
import { type HallView, isAway, isServing, windowsServing } from './view.ts';
import { indexOf } from './viewIndex.ts';

const MOST_IN_BATCH = 50;

/** T06: one number, printed only when its op is committed. */
export function decideTake(command: TakeTicket, view: HallView, context: DecideContext): Decision {
  const { batch, pinned, queue } = command;
  if (!Number.isInteger(batch) || batch < 1 || batch > MOST_IN_BATCH) return refuse('bad-input');
  if (batch > 1 && command.class !== 'enterprise') return refuse('batch-not-enterprise');
  const other = liveOf(view, command.person);
  if (other) return refuse('one-ticket-each', { number: other.number, ticketId: other.id });
  const place = exchange(command, view);
  if ('refused' in place) return place;
  const floor = floorOf(command, view);
  if (typeof floor !== 'number') return floor;
  const stopped = whyNotIssued(view, queue, floor, place.class);
  if (stopped) return stopped;
  const given = freshNumber(prefixOf(queue, place.class), view, context);
  if (given === null) return refuse('ticket-numbers-used-up');
  const ticketId = context.newId();
  const body: TicketTaken = {
    ...given,
    day: view.day,
    queue,
    class: place.class,
    floor,
    itemCode: command.itemCode,
    takenAt: instantOf(view.now),
    issuer: context.terminal,
    source: command.source,
    fallback: pinned ?? fallbackFor(view, { queue, floor, class: place.class }),
    slot: place.slot,
    person: command.person,
    elder: command.elder,
    batch,
    preReview: command.preReview,
    appointment: command.appointment,
    backFor: command.backFor,
    pinned,
  };
  return { steps: [ticketStep(ticketId, 'ticket.taken', body), ...exchanged(command, view, ticketId)], ticketId };
}

function liveOf(view: HallView, person: string | null): TicketRecord | null {
  if (person === null) return null;
  for (const ticket of view.tickets.values()) {
    if (ticket.person === person && ticket.day === view.day && isLive(ticket)) return ticket;
  }
  return null;
}

/** Too late for its slot, an appointment is worth an ordinary number (domain.md §6.3); who has priority keeps it. */
function exchange(command: TakeTicket, view: HallView): { class: TicketClass; slot: Slot | null } | Refused {
  if (command.appointment === null) {
    return command.class === 'appointment' ? refuse('appointment-gone') : { class: command.class, slot: null };
  }
  const appointment = view.appointments.get(command.appointment);
  if (appointment?.state !== 'booked' || appointment.day !== view.day) return refuse('appointment-gone');
  if (command.class !== 'appointment') return { class: command.class, slot: appointment.slot };
  return isLate(appointment, view)
    ? { class: 'ordinary', slot: null }
    : { class: 'appointment', slot: appointment.slot };
}

function isLate({ slot }: AppointmentRecord, { now, plan }: HallView): boolean {
  return now > Date.parse(slot.to) + plan.policy.slotLateMs;
}

function exchanged({ appointment }: TakeTicket, view: HallView, ticketId: string): QueueStep[] {
  if (appointment === null) return [];
  const body = { at: instantOf(view.now), ticketId };
  return [{ kind: 'appointment.exchanged', stream: `appointment:${appointment}`, body }];
}

/** Of the window it is pinned to; else that of the item, if its queue is served there; else where the queue is. */
function floorOf({ pinned, queue, itemCode }: TakeTicket, view: HallView): number | Refused {
  if (pinned !== null) return plannedWindow(view.plan, pinned)?.floor ?? refuse('window-not-planned');
  return floorOfQueue(view, queue, itemCode);
}

export function floorOfQueue(view: HallView, queue: TicketRecord['queue'], itemCode: string | null): number | Refused {
  const wanted = itemCode === null ? undefined : findItem(itemCode)?.floor;
  // Usually free of tax, but the record of that is made on floor 3 (domain.md §2.1).
  const ofItem = wanted === '3e' ? 3 : wanted;
  const serving = view.plan.windows.filter(({ queues }) => queues.includes(queue));
  const floor = serving.find((each) => each.floor === ofItem)?.floor ?? serving[0]?.floor;
  return floor ?? refuse('queue-not-served');
}

/**
 * Who may call it without the hub: of the windows that can now, the one with the fewest of its own, so that they come in
 * turn. Enterprises go to green windows where there are any.
 */
export function fallbackFor(
  view: HallView,
  { queue, floor, class: ticketClass }: Pick<TicketRecord, 'queue' | 'floor' | 'class'>,
): string | null {
  const serving = windowsServing(view, queue, floor);
  const able =
    [
      serving.filter(({ terminal }) => isServing(view, terminal)),
      serving.filter(({ terminal }) => !isAway(view, terminal) && !view.silent.has(terminal)),
    ].find((each) => each.length > 0) ?? serving;
  const green = ticketClass === 'enterprise' ? able.filter((each) => each.green) : [];
  const load = liveByFallback(view);
  let best: PlannedWindow | null = null;
  for (const each of green.length > 0 ? green : able) {
    if (best === null || (load.get(each.terminal) ?? 0) < (load.get(best.terminal) ?? 0)) best = each;
  }
  return best?.terminal ?? null;
}

function liveByFallback(view: HallView): Map<string, number> {
  const load = new Map<string, number>();
  for (const ticket of view.tickets.values()) {
    if (ticket.fallback === null || ticket.day !== view.day || !isLive(ticket)) continue;
    load.set(ticket.fallback, (load.get(ticket.fallback) ?? 0) + 1);
  }
  return load;
}

/** Numbers of the paper roll may lie in the way; they are left out, never given twice. */
function freshNumber(
  wanted: string,
  view: HallView,
  context: DecideContext,
): { number: string; prefix: string } | null {
  const { byNumber } = indexOf(view);
  for (;;) {
    const given = context.nextNumber(wanted);
    if (given === null) return null;
    const number = ticketNumber(given.prefix, given.number);
    if (!byNumber.has(number)) return { number, prefix: given.prefix };
  }
}
