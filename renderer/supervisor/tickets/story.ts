import type { MethodOutput } from '../../../contract/rpc.ts';
import type { TicketOp } from '../../../domain/queue/reduceTicket.ts';
import type { Why } from '../../../domain/queue/ticketTypes.ts';
import { localTime } from '../../app/format.ts';
import { t } from '../../strings/index.ts';

export type StoryLine = MethodOutput<'board.ticket'>['story'][number];

const words = t.boardTickets.sentences;

/** One step in the life of a ticket as a sentence. @param nameOf of staff, by their number */
export function sentenceOf(op: TicketOp, nameOf: (number: string) => string): string {
  switch (op.kind) {
    case 'ticket.taken':
      return takenWords(op.body);
    case 'ticket.called': {
      const { window, clerk, purpose, why } = op.body;
      const call =
        purpose === 'pickup' ? words.pickupCalled(window, nameOf(clerk)) : words.called(window, nameOf(clerk));
      return call + words.why(whyWords(why));
    }
    case 'ticket.recalled':
      return words.recalled;
    case 'ticket.arrived':
      return words.arrived;
    case 'ticket.passed':
      return op.body.outcome.kind === 'voided' ? words.passedOut : words.requeued;
    case 'ticket.held':
      return words.held(localTime(op.body.until), op.body.reason);
    case 'ticket.resumed':
      return words.resumed;
    case 'ticket.transferred': {
      const { queue, pinned, reason } = op.body;
      return words.transferred(t.board.queues[queue], pinned === null ? '' : words.toWindow(pinned), reason);
    }
    case 'ticket.finished':
      return words.finished;
    case 'ticket.voided':
      return words.voided(t.boardTickets.voids[op.body.reason], op.body.note);
    case 'ticket.raised':
      return words.raised(op.body.reason);
    case 'ticket.reprinted':
      return words.reprinted;
    case 'ticket.bound':
      return words.bound;
    case 'ticket.pickup-raised':
      return words.pickupRaised(op.body.terminal);
    case 'ticket.pickup-dropped':
      return words.pickupDropped;
    case 'ticket.doubted':
      return words.doubted(doubtWords(op.body.doubt));
    case 'ticket.reconciled':
      return words.reconciled(op.body.ticket.doubts.map(doubtWords));
  }
}

/** `called-twice:W03` by what is known of such doubts, with the window. */
function doubtWords(doubt: string): string {
  const [what = '', terminal] = doubt.split(':');
  const known = t.boardTickets.doubts[what];
  if (known === undefined) return doubt;
  return terminal === undefined ? known : `${known}（${terminal}）`;
}

function takenWords(body: Extract<TicketOp, { kind: 'ticket.taken' }>['body']): string {
  const { source, queue, elder, batch, appointment, backFor } = body;
  const more = [
    elder ? words.elder : null,
    batch > 1 ? words.batch(batch) : null,
    appointment === null ? null : words.fromAppointment,
    backFor === null ? null : words.back,
  ].filter((part) => part !== null);
  const base = words.taken(t.boardTickets.sources[source], t.board.queues[queue], t.board.classes[body.class]);
  return base + more.map(words.takenFor).join('');
}

/** Why this number and no other (users.md §C.9). */
export function whyWords({ rule, waitedMs, eligible }: Why): string {
  return t.boardTickets.whyCompared(t.boardTickets.whyRules[rule], t.board.spent(waitedMs), Math.max(0, eligible - 1));
}

export function whoWords({ by, byName }: Pick<StoryLine, 'by' | 'byName'>): string {
  if (byName !== null) return byName;
  if (by === 'kiosk') return t.boardTickets.kiosk;
  return by === 'system' ? t.boardTickets.system : by;
}
