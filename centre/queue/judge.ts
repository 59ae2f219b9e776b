import { isHallStream } from '../../domain/hall/reduceHall.ts';
import { isKind, type Op, streamOf } from '../../domain/ledger/op.ts';
import { blocksOf, emergencyPrefix } from '../../domain/queue/leases.ts';
import { ticketNumber } from '../../domain/queue/plan.ts';
import { currentCall } from '../../domain/queue/reduceTicket.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { findStaff } from '../office/permission.ts';
import type { Author, KnownLedger } from '../store/types.ts';

type Known = Pick<KnownLedger, 'findEntity' | 'findStaffByNumber' | 'hall'>;

/**
 * Whether a terminal may write this op of the hall itself (design.md §6): what it says of itself, what it did while it
 * had no hub with tickets that were its own, and what a citizen told it. The rest is the hub's to decide.
 * @returns why it may not, or null
 */
export function findHallProblem(known: Known, author: Author, op: Op): 'forbidden' | 'number-not-leased' | null {
  const family = op.kind.slice(0, op.kind.indexOf('.'));
  if (author.centre || !(isHallStream(family) || family === 'help')) return null;
  const { terminal } = author;
  if (terminal === undefined) return 'forbidden';
  switch (family) {
    case 'ticket':
      return findTicketProblem(known, { ...author, terminal }, op);
    case 'window':
    case 'signer':
      return saysItself(op, terminal) && streamOf(op).id === author.device ? null : 'forbidden';
    case 'rating':
      // What a phone answered, the hub has heard itself.
      return op.kind === 'rating.given' && saysItself(op, terminal) ? null : 'forbidden';
    case 'prereview':
    case 'help':
      return saysItself(op, terminal) || !('terminal' in op.body) ? null : 'forbidden';
    case 'appointment':
      return isOwnAppointment(known, author.hall, terminal, op) ? null : 'forbidden';
    default:
      return 'forbidden';
  }
}

function saysItself(op: Op, terminal: string): boolean {
  return 'terminal' in op.body && op.body.terminal === terminal;
}

type Writer = Author & { terminal: string };

function findTicketProblem(known: Known, writer: Writer, op: Op): 'forbidden' | 'number-not-leased' | null {
  if (isKind(op, 'ticket.taken')) return findNumberProblem(known, writer, op);
  const entity = known.findEntity(op.stream)?.entity;
  const ticket = entity?.type === 'ticket' ? entity.record : null;
  // Of a ticket nobody knows: the rules of the ticket say what is wrong with it.
  if (ticket === null) return WINDOW_KINDS.has(op.kind) ? null : 'forbidden';
  const { terminal } = writer;
  if (op.kind === 'ticket.reprinted') {
    const mayReprint = ticket.issuer === terminal || isInHand(ticket, terminal);
    return saysItself(op, terminal) && mayReprint ? null : 'forbidden';
  }
  if (op.kind === 'ticket.pickup-dropped') return ticket.pickup?.terminal === terminal ? null : 'forbidden';
  if (!WINDOW_KINDS.has(op.kind) || !saysItself(op, terminal)) return 'forbidden';
  if (!isKind(op, 'ticket.called')) return isInHand(ticket, terminal) ? null : 'forbidden';
  const clerk = findStaff(known, writer.hall, op.actor);
  // Somebody the hub does not know yet may have called in good faith.
  const isClerk = op.body.clerk === op.actor && (clerk === null || clerk.roles.includes('WIN'));
  return isClerk && isItsToCall(ticket, op.body.purpose, terminal) ? null : 'forbidden';
}

/** What a window does by itself while there is no hub. */
const WINDOW_KINDS: ReadonlySet<string> = new Set([
  ...['ticket.called', 'ticket.recalled', 'ticket.arrived', 'ticket.passed', 'ticket.held', 'ticket.resumed'],
  ...['ticket.transferred', 'ticket.finished', 'ticket.voided'],
]);

function isItsToCall(ticket: TicketRecord, purpose: 'intake' | 'pickup', terminal: string): boolean {
  if (purpose === 'pickup') return ticket.pickup?.terminal === terminal;
  return [ticket.fallback, ticket.pinned, ticket.heldBy].includes(terminal);
}

function isInHand(ticket: TicketRecord, terminal: string): boolean {
  const last = currentCall(ticket) ?? ticket.calls.at(-1);
  return last?.terminal === terminal || isItsToCall(ticket, 'intake', terminal);
}

/** From its own lease in the epoch it was given for, or with its own emergency letter; a number of the day once. */
function findNumberProblem(
  known: Known,
  { device, hall, terminal }: Writer,
  { body, epoch }: Op<'ticket.taken'>,
): 'forbidden' | 'number-not-leased' | null {
  const { prefix, number, day, issuer } = body;
  const value = Number(number.slice(prefix.length));
  if (issuer !== terminal || number !== ticketNumber(prefix, value)) return 'forbidden';
  if (prefix === emergencyPrefix(terminal)) return null;
  const isLeased = known.hall
    .leasesOf(hall, day)
    .some(
      (lease) =>
        lease.device === device &&
        lease.epoch === epoch &&
        lease.prefix === prefix &&
        lease.first <= value &&
        value <= lease.last,
    );
  return isLeased || isOfLostLease(known, hall, body, value) ? null : 'number-not-leased';
}

/**
 * A dispenser that had its block from a hub which failed before it could tell anybody, or from data that were put back since:
 * here none of its numbers are given away, and nobody is known who holds them.
 */
function isOfLostLease(
  { hall: queue }: Known,
  hall: string,
  { prefix, day }: { prefix: string; day: string },
  value: number,
): boolean {
  const tenure = queue.tenure();
  if (tenure === null || tenure === 0) return false;
  const ours = blocksOf(tenure);
  if (value >= ours.first && value <= ours.last) return false;
  return !queue
    .leasesOf(hall, day)
    .some((lease) => lease.prefix === prefix && lease.first <= value && value <= lease.last);
}

/** A dispenser without the hub exchanges one for the number it gave; that a home visit is done, its case says. */
function isOwnAppointment(known: Known, hall: string, terminal: string, op: Op): boolean {
  if (!isKind(op, 'appointment.exchanged')) return false;
  const held = known.findEntity(`ticket:${op.body.ticketId}`);
  if (held?.hall !== hall || held.entity.type !== 'ticket') return false;
  return held.entity.record.issuer === terminal && held.entity.record.appointment === streamOf(op).id;
}
