import { canonicalJson } from '../../../domain/ledger/canonical.ts';
import type { TicketRecord } from '../../../domain/queue/ticketTypes.ts';
import type { Looked } from '../engine/looked.ts';
import { ticketAt } from './ticketsAt.ts';
import type { World } from './world.ts';

/** Of whom two hubs, or a hub and a window, decided: everybody knows the same of that ticket, and who called is named there. */
export function checkCalls(world: World, centre: Looked): string[] {
  return [...checkNamed(world, centre), ...checkSame(world, centre)];
}

/** A window that was told that it has called somebody has a call in the ticket, or is named there as one who called as well. */
function checkNamed({ promises, trace }: World, centre: Looked): string[] {
  // Of what the centre itself lost, and what was only on a disk that is gone, no more can be said.
  if (promises.centrePutBack) return [];
  const told = promises.calls.filter(({ by }) => !promises.putBack.has(by));
  const atBoth = [...promises.calledAtBoth].flatMap(([ticketId, windows]) =>
    windows.map((terminal) => ({ ticketId, terminal })),
  );
  trace.count('number called at both hubs', promises.calledAtBoth.size);
  return [...told, ...atBoth].flatMap(({ ticketId, terminal }) => {
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
