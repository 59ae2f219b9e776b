import { z } from 'zod';
import { ALARM_KINDS, type AlarmAction, type AlarmKind } from '../../domain/board/alarms.ts';
import { issueStop } from '../ops/hall.ts';
import { instant, queue, terminalId, ticketClass, ticketNumber } from '../ops/ticket.ts';

export const duration = z.int().min(0);
export const count = z.int().min(0);
/** How near a limit something is. */
export const tone = z.enum(['calm', 'near', 'over']);

const tile = z.strictObject({
  terminal: terminalId,
  /** Over the window. */
  number: z.int(),
  floor: z.int(),
  queues: z.array(queue),
  green: z.boolean(),
  /** `silent`: open, and the hub has not heard of it; `unknown`: has never said anything. */
  state: z.enum(['open', 'paused', 'closed', 'silent', 'unknown']),
  reason: z.string().nullable(),
  clerk: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  stateForMs: duration.nullable(),
  /** Called, or at the window. */
  inHand: z
    .strictObject({
      ticketId: z.uuid(),
      number: ticketNumber,
      purpose: z.enum(['intake', 'pickup']),
      phase: z.enum(['called', 'serving']),
      forMs: duration,
      times: z.int(),
    })
    .nullable(),
  idleMs: duration.nullable(),
  handled: count,
  pickups: count,
  tone,
});

const waitingQueue = z.strictObject({
  queue,
  waiting: count,
  longestMs: duration,
  classes: z.array(z.strictObject({ class: ticketClass, waiting: count, longestMs: duration })),
  held: count,
  windows: count,
  open: count,
  /** Honest range of the wait of who takes a number now; null while nothing can be said. */
  estimate: z.strictObject({ fromMs: duration, toMs: duration }).nullable(),
  /** The hall’s own rule gives no numbers now: closed, or the wait is longer than the day. */
  isStoppedByRule: z.boolean(),
  /** What a supervisor ordered about its numbers; null: nothing. */
  stop: z.strictObject({ ...issueStop.shape, at: instant, by: z.string() }).nullable(),
});

const alarm = z.strictObject({
  /** Stable: kind and what it is about, such as `window-silent:W03`. */
  name: z.string(),
  kind: z.enum(Object.keys(ALARM_KINDS) as [AlarmKind, ...AlarmKind[]]),
  about: z.string(),
  /** As a person calls it. */
  label: z.string(),
  level: z.enum(['near', 'over']),
  action: z.custom<AlarmAction>((value) => typeof value === 'string').meta({ title: 'AlarmAction' }),
  since: instant.nullable(),
  count: count.nullable(),
  /** What is wrong with a machine, by contract/health.ts, or by a newer program; null where it is about something else. */
  code: z.string().nullable(),
  known: z.strictObject({ by: z.string(), byName: z.string(), at: instant, note: z.string() }).nullable(),
});

/** What stands on the board at one moment (faces.md, "Supervisor"). */
export const boardState = z.strictObject({
  at: instant,
  day: z.iso.date(),
  tiles: z.array(tile),
  waiting: z.array(waitingQueue),
  pickups: count,
  work: z.strictObject({
    handled: count,
    averageHandlingMs: duration.nullable(),
    averageIdleMs: duration.nullable(),
    idleMs: duration,
  }),
  taken: count,
  hours: z.array(z.strictObject({ hour: z.int(), taken: count, finished: count })),
  /** Cases under way whose promise is over, or soon (domain.md §5.4). */
  promise: z.strictObject({ over: count, near: count }),
  drawers: z.array(z.strictObject({ window: z.string(), form: z.enum(['certificate', 'proof']), left: count })),
  /** Prints somewhere in the hall that nobody has answered for. */
  openPrints: count,
  alarms: z.array(alarm),
  /** Every queue is stopped: the hall is closing. */
  isClosing: z.boolean(),
  /** False: the hub did not say which windows it hears. */
  knowsSilence: z.boolean(),
});
