import { YichuangError } from '../../contract/errors.ts';
import type { MethodName, MethodOutput } from '../../contract/rpc.ts';
import { storyOf } from '../../db/hall/story.ts';
import { alarmsOf, withAcknowledgements } from '../../domain/board/alarms.ts';
import { byHour } from '../../domain/board/hours.ts';
import { totalRatings } from '../../domain/board/ratings.ts';
import { tilesOf, workOf } from '../../domain/board/tiles.ts';
import { waitingByQueue, waitingPickups } from '../../domain/board/waiting.ts';
import { ticketTimesOf } from '../../domain/measure/ticketTimes.ts';
import { DEFAULT_PLAN } from '../../domain/queue/plan.ts';
import type { TicketOp } from '../../domain/queue/reduceTicket.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { hallDay, hallDayOf } from '../../domain/time/hallTime.ts';
import { listAppointments } from '../board/appointments.ts';
import { exportTickets } from '../board/exportTickets.ts';
import { askMachines, askPresence, drawersLeft, readFacts, readPlan, readStops } from '../board/facts.ts';
import { outlookOf, viewOf } from '../board/outlook.ts';
import { readRisks } from '../board/risks.ts';
import { passesFilter, ticketRow } from '../board/ticketRow.ts';
import { doorToDoorByQueue } from '../board/times.ts';
import { listWorkOrders } from '../board/workOrders.ts';
import type { Call, Handlers, ServiceContext } from '../context.ts';
import { reachable } from '../reachable.ts';
import { summarise } from '../summary.ts';

type BoardMethod = Extract<MethodName, `board.${string}`>;

/** More than a day has; the answer says how many there are. */
const TICKETS_MAX = 1_500;
const RISKS_MAX = 200;

/** What a supervisor sees of the hall, and orders in it. Reads are of this machine's copy; orders are the hub's to decide. */
export const boardHandlers: Handlers<BoardMethod> = {
  'board.state': async (call) => {
    const { context } = call;
    const [presence, machines] = await Promise.all([askPresence(context), askMachines(context)]);
    const asker = askerOf(call);
    const facts = readFacts(context, asker, presence, machines);
    const { now, day, tickets } = facts;
    const stops = readStops(context, day);
    const view = viewOf(context, facts);
    const nameOf = namesOf(context);
    const alarms = withAcknowledgements(alarmsOf(facts), context.store.hall.byDay('alarm', day), now);
    const risks = readRisks(context);
    return {
      at: iso(now),
      day,
      tiles: tilesOf(facts),
      waiting: waitingByQueue(facts).map((row) => ({
        ...row,
        ...outlookOf(view, row.queue),
        stop: stops.find(({ queue }) => queue === row.queue) ?? null,
      })),
      pickups: waitingPickups(facts).length,
      work: workOf(facts),
      taken: tickets.length,
      hours: byHour(tickets),
      promise: {
        over: risks.filter(({ state }) => state === 'over').length,
        near: risks.filter(({ state }) => state === 'near').length,
      },
      drawers: drawersLeft(context, day),
      openPrints: context.store.prints.asking().length,
      alarms: alarms.map(({ since, known, seen: _joined, ...alarm }) => ({
        ...alarm,
        since: since === null ? null : iso(since),
        known: known && { ...known, byName: nameOf(known.by) ?? known.by },
      })),
      isClosing: stops.some(({ queue, force }) => queue === 'all' && force === 'stopped'),
      knowsSilence: presence !== null,
    };
  },

  'board.tickets': ({ context, params: { day = hallDay(context.now()), ...filter } }) => {
    const found = context.store.hall.ticketsOfDay(day).filter((ticket) => passesFilter(ticket, filter));
    return {
      rows: found.slice(0, TICKETS_MAX).map((ticket) => ticketRow(ticket, context.now())),
      total: found.length,
    };
  },

  'board.ticket': ({ context, params: { ticketId } }) => {
    const ticket = findTicket(context, ticketId);
    const { store } = context;
    const nameOf = namesOf(context);
    const review = ticket.preReview === null ? null : store.hall.read('prereview', ticket.preReview);
    const arrivedAt = review?.type === 'prereview' ? review.record.startedAt : null;
    return {
      ticket,
      times: ticketTimesOf(ticket, arrivedAt, context.now()),
      story: storyOf(store.db, ticketId).map(({ at, actor, kind, body }) => ({
        at,
        by: actor,
        byName: nameOf(actor),
        op: { kind, body } as TicketOp,
      })),
      cases: ticket.cases.map((id) => ({ id, number: store.cases.find(id)?.record.acceptance.number ?? '' })),
    };
  },

  'board.times': ({ context, params: { from, to } }) => ({ rows: doorToDoorByQueue(context, from, to) }),

  'board.export': ({ context, params: { day } }) => exportTickets(context, day),

  'board.risks': ({ context }) => ({
    rows: readRisks(context)
      .map(({ found, state }) => ({ summary: summarise(context, found), state }))
      .sort((a, b) => (a.summary.times?.dueAt ?? '').localeCompare(b.summary.times?.dueAt ?? ''))
      .slice(0, RISKS_MAX),
  }),

  'board.plan': ({ context }) => {
    const record = readPlan(context);
    if (record === null) return { plan: DEFAULT_PLAN, version: 0, changed: null };
    const { windows, policy, version, at, by } = record;
    return { plan: { windows, policy }, version, changed: { at, byName: namesOf(context)(by) ?? by } };
  },

  'board.appointments': ({ context, params }) => ({ rows: listAppointments(context, params) }),

  'board.ratings': (call) => {
    const { context, params } = call;
    const today = hallDay(context.now());
    return totalRatings(context.store.hall.byDays('rating', params.from, params.to), {
      number: askerOf(call),
      isToday: (instant) => hallDayOf(instant) === today,
    });
  },

  'board.workOrders': (call) => ({
    rows: listWorkOrders(call.context, askerOf(call), { settled: call.params.settled }),
  }),

  'board.act': async (call): Promise<MethodOutput<'board.act'>> => {
    const { context, params } = call;
    const sync = await reachable(context);
    const { ticket } = await sync.queue({ ...params, actor: askerOf(call) });
    // What was ordered is on the board when the press is answered.
    await sync.refresh();
    return { ticket };
  },
};

function askerOf({ context, connection }: Pick<Call<BoardMethod>, 'context' | 'connection'>): string {
  return context.sessions.require(connection).staff.number;
}

function findTicket({ store }: ServiceContext, id: string): TicketRecord {
  const found = store.hall.read('ticket', id);
  if (found?.type !== 'ticket') throw new YichuangError('ticket-gone');
  return found.record;
}

function namesOf({ store }: ServiceContext): (number: string) => string | null {
  const names = store.staff.names();
  return (number) => names.get(number) ?? null;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
