import { canonicalJson } from '../../../domain/ledger/canonical.ts';
import type { TicketRecord } from '../../../domain/queue/ticketTypes.ts';
import type { Looked } from '../engine/looked.ts';
import { ticketAt } from './ticketsAt.ts';
import type { World } from './world.ts';

/** Whoever called somebody is named in the ticket, also where two hubs called; and of such a ticket everybody knows the same. */
export function checkCalls(world: World, centre: Looked): string[] {
  world.trace.count('number called at both hubs', world.promises.calledAtBoth.size);
  return [...checkNamed(world, centre), ...checkSame(world, centre)];
}

/** Whom a hub has called to a window, who was told so: the call is in the ticket, or is named there as one that was made as well. */
function checkNamed({ promises }: World, centre: Looked): string[] {
  // Of what the centre itself lost no more can be said.
  if (promises.centrePutBack) return [];
  const atBoth = [...promises.calledAtBoth].flatMap(([ticketId, windows]) =>
    windows.map((terminal) => ({ ticketId, terminal })),
  );
  return [...promises.calls, ...atBoth].flatMap(({ ticketId, terminal }) => {
    const ticket = ticketAt(centre, ticketId);
    if (ticket === null || isNamed(ticket, terminal)) return [];
    return [`${terminal} called ${ticket.number}, and nothing at the centre says so`];
  });
}

function isNamed({ calls, doubts }: TicketRecord, terminal: string): boolean {
  return calls.some((call) => call.terminal === terminal) || doubts.includes(`called-twice:${terminal}`);
}

const OVERTAKEN =
  "SELECT DISTINCT substr(stream, 8) FROM op JOIN op_result ON op_result.op = op.id WHERE code = 'overtaken'";

/** Where hubs have decided apart, in every detail: at the centre, at both hubs, and at every window. */
function checkSame({ hubs, terminals, promises }: World, centre: Looked): string[] {
  if (promises.centrePutBack) return [];
  const overtaken = centre.prepare(OVERTAKEN).pluck().all() as string[];
  return [...new Set([...overtaken, ...promises.calledAtBoth.keys()])].flatMap((ticketId) => {
    const there = ticketAt(centre, ticketId);
    const wanted = there && canonicalJson(there);
    const atHubs = hubs.map(({ name, looked }) => [name, ticketAt(looked, ticketId)] as const);
    const atTerminals = terminals.map(
      ({ name, running }) => [name, running?.store.hall.ticket(ticketId) ?? null] as const,
    );
    return [...atHubs, ...atTerminals]
      .filter(([, here]) => (here && canonicalJson(here)) !== wanted)
      .map(([name, here]) => `${name} has ticket ${ticketId} as ${inWords(here)}; the centre as ${inWords(there)}`);
  });
}

function inWords(ticket: TicketRecord | null): string {
  if (ticket === null) return 'unknown';
  const { number, version, state, calls, doubts } = ticket;
  return `${number} ${version} ${state}, called at ${calls.map(({ terminal }) => terminal).join()}, ${doubts.join() || 'no doubts'}`;
}
