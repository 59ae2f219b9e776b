import type { OpEnvelope } from '../../contract/ops.ts';
import { findVisitProblem } from '../../domain/appointment/homeVisit.ts';
import { isMailed } from '../../domain/case/collecting.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import type { OpBodies, OpKind } from '../../domain/ledger/op.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import type { RatingRecord } from '../../domain/rating/types.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import { sha256Hex } from '../digest.ts';
import type { WorkingLedger } from '../ledger/workingLedger.ts';
import { takeOwnOp } from '../office/ownOp.ts';

interface Context {
  ledger: WorkingLedger;
  self: { device: string; epoch: number };
  now: number;
  ready: ReadonlySet<string>;
}

/** A mark of 2 or 1 (不满意, 非常不满意) is work for somebody (domain.md §6.9). */
const WORST_GOOD_GRADE = 3;

/**
 * What the hub does by itself about the queue when something changed: cases call their ticket again or let it go, end
 * their pre-review and their home visit, bad marks become work, appointments follow their ticket. In the same transaction as what led there;
 * looking twice changes nothing.
 * @param streams what changed
 * @param now milliseconds since 1970, UTC
 * @param ready streams of cases that became ready for pickup; default: in this transaction
 */
export function followHall(
  ledger: WorkingLedger,
  self: { device: string; epoch: number },
  streams: Iterable<string>,
  now: number,
  ready: ReadonlySet<string> = readyAfter(ledger.newOps.filter(({ outcome }) => outcome === 'applied')),
): void {
  const context = { ledger, self, now, ready };
  for (const stream of streams) {
    const held = ledger.findEntity(stream);
    if (!held || ledger.isParked(stream)) continue;
    const { hall, entity } = held;
    if (ledger.hall.whyNotHere(hall) !== null) continue;
    if (entity.type === 'case') followCase(context, hall, entity.record);
    if (entity.type === 'rating') followRating(context, hall, entity.record);
    if (entity.type === 'ticket') followTicket(context, hall, entity.record);
  }
}

function followCase(context: Context, hall: string, record: CaseRecord): void {
  const at = new Date(context.now).toISOString();
  endPreReview(context, hall, record, at);
  endVisit(context, hall, record, at);
  const ticketId = record.acceptance.ticket?.id;
  const ticket = ticketId === undefined ? null : findTicket(context, hall, ticketId);
  if (!ticket) return;
  const stream = `ticket:${ticket.id}`;
  const ofCase = { caseId: record.id, at };
  if (!ticket.cases.includes(record.id)) write(context, hall, 'ticket.bound', stream, ofCase);
  const isRaised = ticket.pickup?.cases.includes(record.id) ?? false;
  if (isRaised && record.state !== 'READY' && record.state !== 'PICKUP_CALLED') {
    write(context, hall, 'ticket.pickup-dropped', stream, ofCase);
  }
  // Nobody waits for what goes by post. On another day nobody waits in the hall: whoever collects then takes a number of
  // class L (domain.md §6.1).
  const isAwaited = !isMailed(record.acceptance) && ticket.state !== 'VOIDED' && ticket.day === hallDay(context.now);
  if (!isRaised && isAwaited && record.state === 'READY' && context.ready.has(`case:${record.id}`)) {
    write(context, hall, 'ticket.pickup-raised', stream, { ...ofCase, terminal: record.acceptance.window });
  }
}

/**
 * Cases with T31 in these ops and not raised in them: a pickup that was let go is not raised again by whatever else happens
 * to the case.
 */
export function readyAfter(ops: Iterable<{ op: Pick<OpEnvelope, 'kind' | 'stream' | 'body'> }>): Set<string> {
  const ready = new Set<string>();
  for (const { op } of ops) {
    if (op.kind === 'case.advanced' && op.body.transition === 'T31') ready.add(op.stream);
    if (op.kind === 'ticket.pickup-raised') ready.delete(`case:${op.body.caseId}`);
  }
  return ready;
}

function endPreReview(context: Context, hall: string, record: CaseRecord, at: string): void {
  const stream = `prereview:${record.acceptance.preReview ?? record.id}`;
  const held = context.ledger.findEntity(stream);
  if (held?.hall !== hall || held.entity.type !== 'prereview' || held.entity.record.ended) return;
  const how = record.refusal === null ? 'accepted' : 'refused';
  write(context, hall, 'prereview.ended', stream, { at, how });
}

/** Its first case says that somebody was at home, accepted or refused; a case of somebody else says nothing about it. */
function endVisit(context: Context, hall: string, { acceptance }: CaseRecord, at: string): void {
  if (acceptance.appointment === undefined) return;
  const stream = `appointment:${acceptance.appointment}`;
  const held = context.ledger.findEntity(stream);
  if (held?.hall !== hall || held.entity.type !== 'appointment' || held.entity.record.state === 'done') return;
  const by = { terminal: acceptance.window, clerk: acceptance.clerk.id };
  if (findVisitProblem(held.entity.record, by) === null) write(context, hall, 'appointment.done', stream, { at });
}

function followRating(context: Context, hall: string, { id, about, clerk, grade }: RatingRecord): void {
  if (grade === null || grade >= WORST_GOOD_GRADE) return;
  const stream = `workorder:${derivedId('workorder', id)}`;
  if (context.ledger.findEntity(stream)) return;
  const at = new Date(context.now).toISOString();
  write(context, hall, 'workorder.opened', stream, { ratingId: id, about, clerk, at });
}

function followTicket(context: Context, hall: string, ticket: TicketRecord): void {
  if (ticket.appointment === null) return;
  const stream = `appointment:${ticket.appointment}`;
  const held = context.ledger.findEntity(stream);
  if (held?.hall !== hall || held.entity.type !== 'appointment') return;
  const at = new Date(context.now).toISOString();
  if (held.entity.record.state === 'booked') {
    write(context, hall, 'appointment.exchanged', stream, { at, ticketId: ticket.id });
  }
  const isOpen = held.entity.record.state === 'booked' || held.entity.record.state === 'exchanged';
  if (isOpen && ticket.state === 'FINISHED') write(context, hall, 'appointment.done', stream, { at });
}

function findTicket({ ledger }: Context, hall: string, id: string): TicketRecord | null {
  const stream = `ticket:${id}`;
  const held = ledger.findEntity(stream);
  return held?.hall === hall && held.entity.type === 'ticket' && !ledger.isParked(stream) ? held.entity.record : null;
}

/** The same for the same words: what follows from one thing is there once, whoever looks how often. A UUID of version 8. */
function derivedId(...words: string[]): string {
  const hex = sha256Hex(`yichuang/${words.join('/')}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function write<K extends OpKind>(
  { ledger, self, now }: Context,
  hall: string,
  kind: K,
  stream: string,
  body: OpBodies[K],
): void {
  // A refusal stands in the log and holds up nothing: what led there is kept, whatever the queue makes of it.
  if (!ledger.isParked(stream)) takeOwnOp(ledger, self, { hall, kind, stream, actor: 'system', body }, now);
}
