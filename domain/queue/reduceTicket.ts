import type { Pickup, TicketBodies, TicketCall, TicketRecord } from './ticketTypes.ts';

/** An op of a ticket, whatever its kind. */
export type TicketOp = { [K in keyof TicketBodies]: { kind: K; body: TicketBodies[K] } }[keyof TicketBodies];

/** Call and recalls together, whatever the policy says (domain.md §6.4). */
const MAX_CALLS = 3;

/**
 * The state of a ticket after an op, or null when the op is not legal there (domain.md §6.4, 6.5). Policy (how long, who
 * is next) is not asked here: what a person did without the hub is kept even where the hub would have done otherwise.
 */
export function stepTicket(current: TicketRecord | null, id: string, op: TicketOp): TicketRecord | null {
  if (op.kind === 'ticket.taken') return current === null ? takeTicket(id, op.body) : null;
  if (op.kind === 'ticket.reconciled') return { ...op.body.ticket, id, version: op.body.version };
  if (current === null) return null;
  const next = step(current, op);
  return next === null ? null : { ...next, version: current.version + 1 };
}

function takeTicket(id: string, body: TicketBodies['ticket.taken']): TicketRecord {
  return {
    ...body,
    id,
    version: 1,
    state: 'WAITING',
    returned: body.backFor === null ? null : { how: 'back-with-papers', at: body.takenAt },
    orderAt: body.takenAt,
    passes: 0,
    heldUntil: null,
    heldBy: null,
    calls: [],
    cases: [],
    pickup: null,
    reprints: 0,
    voidReason: null,
    doubts: [],
  };
}

function step(
  ticket: TicketRecord,
  op: Exclude<TicketOp, { kind: 'ticket.taken' | 'ticket.reconciled' }>,
): TicketRecord | null {
  switch (op.kind) {
    case 'ticket.called':
      return call(ticket, op.body);
    case 'ticket.recalled':
      return changeCall(ticket, (current) =>
        current.arrivedAt === null && current.times < MAX_CALLS
          ? { ...current, times: current.times + 1, recalledAt: op.body.at }
          : null,
      );
    case 'ticket.arrived':
      return arrive(ticket, op.body.at);
    case 'ticket.passed':
      return pass(ticket, op.body);
    case 'ticket.held':
      if (!isIntakeCalled(ticket)) return null;
      return {
        ...endCall(ticket, op.body.at, 'held'),
        state: 'HELD',
        heldUntil: op.body.until,
        heldBy: op.body.terminal,
      };
    case 'ticket.resumed':
      if (ticket.state !== 'HELD') return null;
      return {
        ...ticket,
        state: 'WAITING',
        returned: { how: 'resumed', at: op.body.at },
        pinned: ticket.heldBy,
        heldUntil: null,
        heldBy: null,
      };
    case 'ticket.transferred': {
      if (ticket.state === 'FINISHED' || ticket.state === 'VOIDED') return null;
      const { at, queue, floor, pinned } = op.body;
      return {
        ...endCall(ticket, at, 'transferred'),
        state: 'WAITING',
        queue,
        floor,
        pinned,
        returned: { how: 'transferred', at },
        heldUntil: null,
        heldBy: null,
      };
    }
    case 'ticket.finished':
      return finish(ticket, op.body.at);
    case 'ticket.voided':
      if (ticket.state === 'FINISHED' || ticket.state === 'VOIDED') return null;
      return {
        ...endCall(ticket, op.body.at, 'voided'),
        state: 'VOIDED',
        voidReason: op.body.reason,
        heldUntil: null,
        heldBy: null,
      };
    case 'ticket.raised':
      if (ticket.state !== 'WAITING') return null;
      return { ...ticket, returned: { how: 'raised', at: op.body.at } };
    case 'ticket.reprinted':
      return ticket.state === 'VOIDED' ? null : { ...ticket, reprints: ticket.reprints + 1 };
    case 'ticket.bound':
      if (ticket.cases.includes(op.body.caseId)) return null;
      return { ...ticket, cases: [...ticket.cases, op.body.caseId] };
    case 'ticket.pickup-raised':
      return raisePickup(ticket, op.body);
    case 'ticket.pickup-dropped':
      return dropPickup(ticket, op.body.caseId);
    case 'ticket.doubted':
      return { ...ticket, doubts: [...ticket.doubts, op.body.doubt] };
  }
}

/** The call that lasts, or null. */
export function currentCall(ticket: TicketRecord): TicketCall | null {
  const last = ticket.calls.at(-1);
  return last && last.ended === null ? last : null;
}

/** Waits for its first call, or is being served: the person needs no other number. */
export function isLive({ state }: Pick<TicketRecord, 'state'>): boolean {
  return state !== 'FINISHED' && state !== 'VOIDED';
}

function isIntakeCalled(ticket: TicketRecord): boolean {
  return ticket.state === 'CALLED' || ticket.state === 'SERVING';
}

function call(ticket: TicketRecord, body: TicketBodies['ticket.called']): TicketRecord | null {
  if (currentCall(ticket) !== null) return null;
  const { at, purpose, terminal, window, clerk, why } = body;
  const started: TicketCall = {
    at,
    purpose,
    terminal,
    window,
    clerk,
    times: 1,
    recalledAt: null,
    why,
    arrivedAt: null,
    ended: null,
  };
  const calls = [...ticket.calls, started];
  if (purpose === 'intake') {
    if (ticket.state !== 'WAITING' && ticket.state !== 'HELD') return null;
    return { ...ticket, state: 'CALLED', calls, heldUntil: null, heldBy: null };
  }
  const { pickup } = ticket;
  // Also while the ticket itself waits for something else: a second person of the same ticket, a second case.
  if (pickup === null || (pickup.state !== 'waiting' && pickup.state !== 'missed')) return null;
  return { ...ticket, calls, pickup: { ...pickup, state: 'called' } };
}

function arrive(ticket: TicketRecord, at: string): TicketRecord | null {
  const arrived = changeCall(ticket, (current) => (current.arrivedAt === null ? { ...current, arrivedAt: at } : null));
  if (arrived === null) return null;
  return isPickupCall(ticket) ? withPickup(arrived, 'serving') : { ...arrived, state: 'SERVING' };
}

function pass(ticket: TicketRecord, { at, outcome }: TicketBodies['ticket.passed']): TicketRecord | null {
  const current = currentCall(ticket);
  if (current === null || current.arrivedAt !== null) return null;
  const ended = endCall(ticket, at, 'passed');
  if (isPickupCall(ticket)) {
    const missed = (ended.pickup?.missed ?? 0) + 1;
    // Dropped while it was called: nothing is left to be missed.
    const state = ended.pickup?.cases.length === 0 ? 'cancelled' : 'missed';
    return ended.pickup && { ...ended, pickup: { ...ended.pickup, missed, state } };
  }
  const passes = ticket.passes + 1;
  if (outcome.kind === 'voided') return { ...ended, state: 'VOIDED', passes, voidReason: 'passed' };
  return { ...ended, state: 'WAITING', passes, orderAt: outcome.orderAt, returned: { how: 'passed', at } };
}

function finish(ticket: TicketRecord, at: string): TicketRecord | null {
  if (currentCall(ticket) === null) return null;
  const ended = endCall(ticket, at, 'finished');
  return isPickupCall(ticket) ? withPickup(ended, 'done') : { ...ended, state: 'FINISHED', pinned: null };
}

function raisePickup(
  ticket: TicketRecord,
  { caseId, at, terminal }: TicketBodies['ticket.pickup-raised'],
): TicketRecord | null {
  const { pickup } = ticket;
  if (ticket.state === 'VOIDED' || pickup?.cases.includes(caseId)) return null;
  if (pickup === null)
    return { ...ticket, pickup: { state: 'waiting', raisedAt: at, terminal, cases: [caseId], missed: 0 } };
  const isUnderWay = pickup.state === 'called' || pickup.state === 'serving';
  return {
    ...ticket,
    pickup: { ...pickup, cases: [...pickup.cases, caseId], state: isUnderWay ? pickup.state : 'waiting' },
  };
}

function dropPickup(ticket: TicketRecord, caseId: string): TicketRecord | null {
  const { pickup } = ticket;
  if (!pickup?.cases.includes(caseId)) return null;
  const cases = pickup.cases.filter((each) => each !== caseId);
  const isIdle = pickup.state === 'waiting' || pickup.state === 'missed';
  const state: Pickup['state'] = cases.length === 0 && isIdle ? 'cancelled' : pickup.state;
  return { ...ticket, pickup: { ...pickup, cases, state } };
}

function isPickupCall(ticket: TicketRecord): boolean {
  return currentCall(ticket)?.purpose === 'pickup';
}

function withPickup(ticket: TicketRecord, state: Pickup['state']): TicketRecord | null {
  return ticket.pickup && { ...ticket, pickup: { ...ticket.pickup, state } };
}

function changeCall(ticket: TicketRecord, change: (call: TicketCall) => TicketCall | null): TicketRecord | null {
  const current = currentCall(ticket);
  const changed = current && change(current);
  return changed && { ...ticket, calls: [...ticket.calls.slice(0, -1), changed] };
}

function endCall(ticket: TicketRecord, at: string, how: NonNullable<TicketCall['ended']>['how']): TicketRecord {
  return changeCall(ticket, (current) => ({ ...current, ended: { at, how } })) ?? ticket;
}
