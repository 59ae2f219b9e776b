import { YichuangError } from '../../contract/errors.ts';
import type { Staff } from '../../contract/rpc.ts';
import type { TakeTicket } from '../../domain/queue/commands.ts';
import { aheadOf, type Estimate, estimateWait } from '../../domain/queue/estimate.ts';
import { emergencyPrefix } from '../../domain/queue/leases.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import type { HallView } from '../../domain/queue/view.ts';
import type { ServiceContext } from '../context.ts';
import { KIOSK } from '../queue/dispenser.ts';
import type { Asker } from '../queue/localDesk.ts';

export interface GivenTicket {
  ticket: TicketRecord;
  /** Who gave the number: the hub, or this machine from its own block or under its emergency letter. */
  by: 'hub' | 'lease' | 'emergency';
}

/** Staff who guide, or the machine itself where a citizen is alone with it. */
export function askerOf(guide: Staff | null): Asker {
  return guide ? { actor: guide.number, roles: guide.roles } : KIOSK;
}

/**
 * A number, committed before this resolves; the same `commandId` gives the same one.
 * @throws YichuangError `queue-not-here`, or why none is given
 */
export async function takeTicket(
  context: ServiceContext,
  commandId: string,
  command: TakeTicket,
  asker: Asker,
): Promise<GivenTicket> {
  const dispenser = context.queue?.dispenser;
  if (!dispenser) throw new YichuangError('queue-not-here');
  const ticket = await dispenser.take(commandId, command, asker);
  return { ticket, by: giverOf(context, ticket) };
}

/** Marked 重打 from here on. @throws YichuangError `queue-not-here`, or why it is refused */
export async function reprintTicket(
  context: ServiceContext,
  commandId: string,
  ticketId: string,
  asker: Asker,
): Promise<GivenTicket> {
  const { queue } = context;
  if (!queue) throw new YichuangError('queue-not-here');
  const { ticket } = await queue.client.ask(commandId, asker, { kind: 'reprint', ticketId });
  if (!ticket) throw new YichuangError('ticket-gone');
  return { ticket, by: giverOf(context, ticket) };
}

/** A number of an own block was given here, whoever would have given it had the hub answered. */
function giverOf({ store, config }: ServiceContext, { number, prefix, day }: TicketRecord): GivenTicket['by'] {
  if (prefix === emergencyPrefix(config.terminal.id)) return 'emergency';
  const place = Number(number.slice(prefix.length));
  const isOwn = store.hall
    .byKey('lease', store.ledger.device)
    .some((lease) => lease.prefix === prefix && lease.day === day && place >= lease.first && place <= lease.last);
  return isOwn ? 'lease' : 'hub';
}

/** How many go before this ticket, and an honest range of its wait; null while no window is open for it. */
export function outlookOf(view: HallView, ticket: TicketRecord): { peopleAhead: number; wait: Estimate | null } {
  const before = new Map([...view.tickets].filter(([id, other]) => id !== ticket.id && !isBehind(other, ticket)));
  const seen = { ...view, tickets: before };
  // Back with papers: let in among those who have priority, as the rules do.
  const ticketClass = ticket.returned ? 'priority' : ticket.class;
  const peopleAhead = aheadOf(seen, ticket.queue, ticket.floor, ticketClass);
  return { peopleAhead, wait: estimateWait(seen, ticket.queue, ticket.floor, peopleAhead) };
}

/** Of its own class, and later. */
function isBehind(other: TicketRecord, { class: ticketClass, orderAt }: TicketRecord): boolean {
  return other.state === 'WAITING' && other.class === ticketClass && other.orderAt > orderAt;
}
