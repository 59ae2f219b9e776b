import { YichuangError } from '../../contract/errors.ts';
import type { Staff } from '../../contract/rpc.ts';
import type { CaseState } from '../../domain/case/states.ts';
import type { QueueCommand } from '../../domain/queue/commands.ts';
import { currentCall } from '../../domain/queue/reduceTicket.ts';
import type { CallPurpose, TicketRecord } from '../../domain/queue/ticketTypes.ts';
import type { ServiceContext } from '../context.ts';
import { actOnCase } from '../office/actOnCase.ts';
import { derivedId } from './derivedId.ts';
import type { RatedService } from './ratingDesk.ts';

/** What a clerk at a window asks of the queue, from the page or by a key; and what follows for the cases of a pickup. */

interface Asked {
  commandId: string;
}

/** @returns null when nobody waits */
export async function callNext(
  context: ServiceContext,
  staff: Staff,
  { commandId, purpose }: Asked & { purpose?: CallPurpose | undefined },
): Promise<TicketRecord | null> {
  const ticket = await ask(context, staff, commandId, { kind: 'next', purpose });
  if (ticket) followPickup(context, staff, commandId, ticket);
  return ticket;
}

/** One of those set aside, or a pickup once more. */
export async function callBack(
  context: ServiceContext,
  staff: Staff,
  { commandId, ticketId, purpose }: Asked & { ticketId: string; purpose: CallPurpose },
): Promise<TicketRecord | null> {
  const ticket = await ask(context, staff, commandId, { kind: 'call', ticketId, purpose });
  if (ticket) followPickup(context, staff, commandId, ticket);
  return ticket;
}

export async function passOver(
  context: ServiceContext,
  staff: Staff,
  { commandId, ticketId }: Asked & { ticketId: string },
): Promise<TicketRecord | null> {
  const ticket = await ask(context, staff, commandId, { kind: 'pass', ticketId });
  if (ticket?.calls.at(-1)?.purpose === 'pickup') {
    advanceCases(context, staff, commandId, ticket, { from: 'PICKUP_CALLED', transition: 'T35' });
  }
  return ticket;
}

/** Done; a rating is offered, once. */
export async function finish(
  context: ServiceContext,
  staff: Staff,
  { commandId, ticketId }: Asked & { ticketId: string },
): Promise<TicketRecord | null> {
  const queue = requireQueue(context);
  const before = context.hall.ticket(ticketId);
  const wasInHand = before !== null && currentCall(before) !== null;
  const ticket = await ask(context, staff, commandId, { kind: 'finish', ticketId });
  // The same command again is no second service.
  if (ticket && wasInHand) queue.ratings.offer(serviceOf(context, staff, ticket));
  return ticket;
}

/** @throws YichuangError `queue-not-here`, or as `QueueClient.ask` */
export async function ask(
  context: ServiceContext,
  { number, roles }: Staff,
  commandId: string,
  command: QueueCommand,
): Promise<TicketRecord | null> {
  const { client } = requireQueue(context);
  return (await client.ask(commandId, { actor: number, roles }, command)).ticket;
}

/** @throws YichuangError `queue-not-here` */
export function requireQueue({ queue }: ServiceContext): NonNullable<ServiceContext['queue']> {
  if (!queue) throw new YichuangError('queue-not-here');
  return queue;
}

function followPickup(context: ServiceContext, staff: Staff, commandId: string, ticket: TicketRecord): void {
  if (currentCall(ticket)?.purpose !== 'pickup') return;
  advanceCases(context, staff, commandId, ticket, { from: 'READY', transition: 'T33' });
}

/**
 * The cases that a pickup is about go on with it. That is done behind the call: whatever becomes of it, somebody was
 * called and stands there.
 */
function advanceCases(
  context: ServiceContext,
  staff: Staff,
  commandId: string,
  { pickup }: TicketRecord,
  { from, transition }: { from: CaseState; transition: 'T33' | 'T35' },
): void {
  const { store, config } = context;
  const queue = requireQueue(context);
  for (const caseId of pickup?.cases ?? []) {
    const record = store.cases.find(caseId)?.record;
    if (record?.state !== from) continue;
    if (transition === 'T35' && record.pickup?.window !== config.terminal.id) continue;
    const data = transition === 'T33' ? { window: config.terminal.id } : {};
    const work = actOnCase(context, staff, {
      // The same call again is the same step.
      commandId: derivedId(commandId, `${transition}:${caseId}`),
      caseId,
      baseVersion: record.version,
      change: { kind: 'advance', advance: { transition, data } as { transition: 'T35'; data: Record<string, never> } },
    });
    queue.follow(
      work.then(() => {}),
      { transition },
    );
  }
}

function serviceOf({ store, config }: ServiceContext, { number: clerk }: Staff, ticket: TicketRecord): RatedService {
  const cases = store.cases.ofTerminal(config.terminal.id.slice(1), ticket.day).map(({ record }) => record);
  const last = cases.filter(({ acceptance }) => acceptance.ticket?.id === ticket.id).at(-1);
  const about = last?.acceptance.number ?? ticket.number;
  return { ticketId: ticket.id, number: ticket.number, caseId: last?.id ?? null, about, clerk };
}
