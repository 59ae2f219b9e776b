import { z } from 'zod';
import type { AppointmentRecord } from '../../domain/appointment/types.ts';
import type { TicketTimes } from '../../domain/measure/ticketTimes.ts';
import type { HallPlan } from '../../domain/queue/hallTypes.ts';
import type { TicketOp } from '../../domain/queue/reduceTicket.ts';
import { TICKET_STATES } from '../../domain/queue/ticketTypes.ts';
import { instant, queue, terminalId, ticketClass, ticketNumber } from '../ops/ticket.ts';
import { grade } from '../ops/visit.ts';
import { queueCommand, ticketRecord } from '../queue.ts';
import type { TerminalRole } from '../roles.ts';
import { boardState, count, duration, tone } from './boardState.ts';
import { caseSummary } from './case.ts';
import { type Method, nothing } from './method.ts';

const BOARD: readonly TerminalRole[] = ['supervisor'];

const ticketRow = z.strictObject({
  id: z.uuid(),
  number: ticketNumber,
  queue,
  class: ticketClass,
  state: z.enum(TICKET_STATES),
  pickup: z.enum(['waiting', 'called', 'serving', 'done', 'missed', 'cancelled']).nullable(),
  takenAt: instant,
  /** Window of the last call. */
  window: z.int().nullable(),
  terminal: terminalId.nullable(),
  calledAt: instant.nullable(),
  finishedAt: instant.nullable(),
  /** Taken to called, or to now. */
  waitMs: duration,
  serviceMs: duration.nullable(),
  cases: count,
  doubts: count,
});

const times = z
  .custom<TicketTimes>((value) => typeof value === 'object' && value !== null)
  .meta({ title: 'TicketTimes' });

const storyLine = z.strictObject({
  at: instant,
  by: z.string(),
  byName: z.string().nullable(),
  op: z.custom<TicketOp>((value) => typeof value === 'object' && value !== null).meta({ title: 'TicketOp' }),
});

const appointmentRow = z.strictObject({
  record: z
    .custom<AppointmentRecord>((value) => typeof value === 'object' && value !== null)
    .meta({ title: 'AppointmentRecord' }),
  itemName: z.string(),
  /** `138****0001`; the whole number is in the record. */
  phoneMasked: z.string(),
  nameMasked: z.string(),
  ticketNumber: z.string().nullable(),
  /** The slot is over, and nobody came. */
  isLate: z.boolean(),
  staffNames: z.array(z.string()),
});

const workOrderRow = z.strictObject({
  id: z.uuid(),
  about: z.string(),
  clerk: z.string(),
  clerkName: z.string().nullable(),
  openedAt: instant,
  state: z.enum(['open', 'contacted', 'settled']),
  contactDueAt: instant,
  settleDueAt: instant,
  contacted: z.strictObject({ at: instant, byName: z.string(), note: z.string() }).nullable(),
  settled: z
    .strictObject({
      at: instant,
      byName: z.string(),
      result: z.enum(['fixed', 'explained', 'unreachable']),
      note: z.string(),
    })
    .nullable(),
  /** Of contact and end: its time has passed, or had when it was done. */
  contactLate: z.boolean(),
  settleLate: z.boolean(),
});

/** What a supervisor may order. Each has its op, and so its line in the log. */
const BOARD_COMMANDS = [
  ...['transfer', 'raise', 'void', 'issue', 'release', 'plan', 'acknowledge'],
  ...['contact', 'settle', 'cancel-appointment', 'miss-appointment'],
] as const satisfies readonly string[];

type Option = (typeof queueCommand.options)[number];
type BoardOption = Extract<Option, { shape: { kind: { value: (typeof BOARD_COMMANDS)[number] } } }>;

const isOfBoard = (option: Option): option is BoardOption =>
  (BOARD_COMMANDS as readonly string[]).includes(option.shape.kind.value);

/** The orders of a supervisor among the commands of the queue. */
const boardCommand = z.discriminatedUnion('kind', allOf(queueCommand.options.filter(isOfBoard)));

function allOf<T>([first, ...others]: readonly T[]): [T, ...T[]] {
  if (first === undefined) throw new Error('a supervisor may order nothing');
  return [first, ...others];
}

const ticketFilter = z.strictObject({
  /** Local day; today when left out. */
  day: z.iso.date().optional(),
  /** Beginning of the number. */
  number: z.string().max(8).optional(),
  queue: queue.optional(),
  class: ticketClass.optional(),
  /** `pickup`: waits for a second call; `doubted`: contradicted. */
  state: z.enum([...TICKET_STATES, 'pickup', 'doubted']).optional(),
  /** Called at this window, whatever came of it. */
  terminal: terminalId.optional(),
});

const supervisor = { roles: BOARD, signedIn: true, staff: ['SUP'], tier: 'local', deadlineMs: 15_000 } as const;
const days = { from: z.iso.date(), to: z.iso.date() };

/** The hall as its supervisor sees and orders it (faces.md, "Supervisor"). */
export const boardMethods = {
  'board.state': {
    doc: 'The board of today: windows in the order of the plan, who waits, what is wrong. All of it from this machine’s own copy; only which windows are silent is asked of the hub.',
    input: nothing,
    output: boardState,
    ...supervisor,
  },
  'board.tickets': {
    doc: 'Tickets of a day, by number.',
    input: ticketFilter,
    output: z.strictObject({ rows: z.array(ticketRow), total: count }),
    ...supervisor,
  },
  'board.ticket': {
    doc: 'One ticket: where its time went, and everything that happened to it, oldest first.',
    input: z.strictObject({ ticketId: z.uuid() }),
    output: z.strictObject({
      ticket: ticketRecord,
      times,
      story: z.array(storyLine),
      cases: z.array(z.strictObject({ id: z.uuid(), number: z.string() })),
    }),
    ...supervisor,
  },
  'board.times': {
    doc: 'Door to door of the tickets of these days: medians of each part over those that ended, by queue (users.md §C.10).',
    input: z.strictObject(days),
    output: z.strictObject({
      rows: z.array(z.strictObject({ queue, ended: count, median: times, wholeMs: duration })),
    }),
    ...supervisor,
  },
  'board.export': {
    doc: 'Writes the tickets of a day as a CSV table to a stick, or to the data folder where none is plugged in. Numbers and times only.',
    input: z.strictObject({ day: z.iso.date() }),
    output: z.strictObject({ folder: z.string(), file: z.string(), removable: z.boolean(), rows: count }),
    ...supervisor,
  },
  'board.risks': {
    doc: 'Cases under way whose promise is over, or near, latest first.',
    input: nothing,
    output: z.strictObject({ rows: z.array(z.strictObject({ summary: caseSummary, state: tone })) }),
    ...supervisor,
  },
  'board.plan': {
    doc: 'Who serves what, by which rules; version 0 is the program’s own plan, before anybody changed it.',
    input: nothing,
    output: z.strictObject({
      plan: z.custom<HallPlan>((value) => typeof value === 'object' && value !== null).meta({ title: 'HallPlan' }),
      version: z.int(),
      changed: z.strictObject({ at: instant, byName: z.string() }).nullable(),
    }),
    ...supervisor,
  },
  'board.appointments': {
    doc: 'Appointments of these days, by slot; found by code or by the end of the phone number.',
    input: z.strictObject({ ...days, find: z.string().trim().max(20).optional() }),
    output: z.strictObject({ rows: z.array(appointmentRow) }),
    ...supervisor,
  },
  'board.ratings': {
    doc: 'Totals of the ratings of these days by grade, never whose. Marks of today for the one who asks are left out.',
    input: z.strictObject(days),
    output: z.strictObject({
      offered: count,
      unanswered: count,
      grades: z.array(z.strictObject({ grade, count })),
      withheld: count,
    }),
    ...supervisor,
  },
  'board.workOrders': {
    doc: 'Bad marks to be worked on, first due first; those about the one who asks are not among them (domain.md §6.9).',
    input: z.strictObject({ settled: z.boolean().default(false) }),
    output: z.strictObject({ rows: z.array(workOrderRow) }),
    ...supervisor,
  },
  'board.act': {
    doc: 'One order of a supervisor, decided by the hub: move, raise or void a ticket, stop or open a queue, release a silent window, change the plan, acknowledge an alarm, work on a bad mark, cancel or miss an appointment.',
    input: z.strictObject({
      commandId: z.uuid(),
      command: boardCommand.refine(
        (command) => command.kind !== 'void' || command.note.trim() !== '',
        'a reason is needed',
      ),
    }),
    output: z.strictObject({ ticket: ticketRecord.nullable() }),
    ...supervisor,
    tier: 'online',
    deadlineMs: 30_000,
  },
} as const satisfies Record<string, Method>;
