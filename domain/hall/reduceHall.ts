import { stepAppointment } from '../appointment/reduceAppointment.ts';
import type { AppointmentBodies, AppointmentRecord } from '../appointment/types.ts';
import type { HelpBodies, HelpRecord } from '../help/types.ts';
import { stepPreReview } from '../preReview/reducePreReview.ts';
import type { PreReviewBodies, PreReviewRecord } from '../preReview/types.ts';
import type {
  AlarmRecord,
  HallBodies,
  HallPlanRecord,
  IssueStopsRecord,
  LeaseRecord,
  SignerRecord,
  WindowChange,
  WindowRecord,
  WindowReleaseRecord,
} from '../queue/hallTypes.ts';
import { stepTicket, type TicketOp } from '../queue/reduceTicket.ts';
import type { TicketBodies, TicketRecord } from '../queue/ticketTypes.ts';
import { stepRating } from '../rating/reduceRating.ts';
import { openWorkOrder, stepWorkOrder } from '../rating/reduceWorkOrder.ts';
import type { RatingBodies, RatingRecord, WorkOrderRecord } from '../rating/types.ts';
import { hallDayOf } from '../time/hallTime.ts';

/** What the hall decides by itself, hub or no centre: an op's kind begins with the name of its stream. */
export const HALL_STREAMS = [
  ...['ticket', 'window', 'plan', 'issue', 'lease', 'release', 'signer', 'alarm'],
  ...['rating', 'workorder', 'prereview', 'appointment', 'help'],
] as const;

export interface HallRecords {
  ticket: TicketRecord;
  window: WindowRecord;
  plan: HallPlanRecord;
  issue: IssueStopsRecord;
  lease: LeaseRecord;
  release: WindowReleaseRecord;
  signer: SignerRecord;
  alarm: AlarmRecord;
  rating: RatingRecord;
  workorder: WorkOrderRecord;
  prereview: PreReviewRecord;
  appointment: AppointmentRecord;
  help: HelpRecord;
}

export type HallStream = keyof HallRecords;

/** What the projections hold of such a stream. */
export type HallEntity = { [S in HallStream]: { type: S; record: HallRecords[S] } }[HallStream];

export interface AllHallBodies
  extends TicketBodies,
    HallBodies,
    RatingBodies,
    PreReviewBodies,
    AppointmentBodies,
    HelpBodies {}

export type HallOp = { [K in keyof AllHallBodies]: { kind: K; body: AllHallBodies[K] } }[keyof AllHallBodies];

export function isHallStream(name: string): name is HallStream {
  return (HALL_STREAMS as readonly string[]).includes(name);
}

interface Context {
  id: string;
  actor: string;
  at: string;
}

/** @returns the stream's state after the op, or null when the op is not legal there */
export function reduceHall(current: HallEntity | null, op: HallOp, context: Context): HallEntity | null {
  const { id, actor, at } = context;
  const version = (current?.record.version ?? 0) + 1;
  const head = { id, version };
  switch (op.kind) {
    case 'window.changed': {
      const before = current?.type === 'window' ? current.record : null;
      const since = before?.state === op.body.state ? before.since : op.body.at;
      return { type: 'window', record: { ...op.body, ...head, since, history: historyOf(before, op.body) } };
    }
    case 'plan.changed':
      return { type: 'plan', record: { ...op.body, ...head, at, by: actor } };
    case 'issue.changed': {
      const before = current?.type === 'issue' && current.record.day === op.body.day ? current.record.stops : [];
      const others = before.filter(({ queue }) => queue !== op.body.queue);
      const stops = op.body.stop ? [...others, { ...op.body.stop, at: op.body.at, by: actor }] : others;
      return { type: 'issue', record: { ...head, day: op.body.day, stops } };
    }
    case 'lease.granted':
      return current ? null : { type: 'lease', record: { ...op.body, ...head } };
    case 'release.given':
      return current ? null : { type: 'release', record: { ...op.body, ...head, by: actor } };
    case 'signer.announced':
      return { type: 'signer', record: { ...op.body, ...head } };
    case 'alarm.acknowledged':
      return { type: 'alarm', record: { ...op.body, ...head, by: actor } };
    case 'rating.given':
    case 'rating.answered': {
      if (current !== null && current.type !== 'rating') return null;
      const record = stepRating(current?.record ?? null, id, op);
      return record && { type: 'rating', record };
    }
    case 'help.called':
      return current ? null : { type: 'help', record: { ...op.body, ...head, answered: null } };
    case 'help.answered': {
      if (current?.type !== 'help' || current.record.answered) return null;
      return { type: 'help', record: { ...current.record, version, answered: { at: op.body.at, by: actor } } };
    }
    case 'workorder.opened':
      return current ? null : { type: 'workorder', record: openWorkOrder(op.body, id) };
    case 'workorder.contacted':
    case 'workorder.settled': {
      const record = current?.type === 'workorder' ? stepWorkOrder(current.record, op, actor) : null;
      return record && { type: 'workorder', record };
    }
    default:
      return reduceVisit(current, op, context);
  }
}

/** The changes of one local day: who reads how long a window stood idle must know when it was not open. */
function historyOf(before: WindowRecord | null, { at, state, reason }: WindowChange): WindowRecord['history'] {
  const day = hallDayOf(at);
  const today = (before?.history ?? []).filter((each) => hallDayOf(each.at) === day);
  return [...today, { at, state, reason }];
}

type VisitOp = TicketOp | Extract<HallOp, { kind: `prereview.${string}` | `appointment.${string}` }>;

function reduceVisit(current: HallEntity | null, op: VisitOp, { id, at }: Context): HallEntity | null {
  if (isOf(op, 'prereview')) {
    const record = stepPreReview(current?.type === 'prereview' ? current.record : null, id, op);
    return record && { type: 'prereview', record };
  }
  if (isOf(op, 'appointment')) {
    const record = stepAppointment(current?.type === 'appointment' ? current.record : null, { id, at }, op);
    return record && { type: 'appointment', record };
  }
  const record = stepTicket(current?.type === 'ticket' ? current.record : null, id, op as TicketOp);
  return record && { type: 'ticket', record };
}

function isOf<S extends string>(op: { kind: string }, stream: S): op is Extract<HallOp, { kind: `${S}.${string}` }> {
  return op.kind.startsWith(`${stream}.`);
}
