import type { Finding } from '../../contract/finding.ts';
import type { Op, OpBodies } from '../../domain/ledger/op.ts';
import type { Lease } from '../../domain/queue/hallTypes.ts';
import { emergencyPrefix, tenureOf } from '../../domain/queue/leases.ts';
import { HUB } from '../queue/numbers.ts';
import type { SqlDatabase } from '../store/sqlDatabase.ts';

type Taken = OpBodies['ticket.taken'] & { stream: string; hall: string; device: string; epoch: number };
type HallLease = Lease & { stream: string; hall: string };

/** Steps after which a ticket is in nobody's hand. */
const ENDS: ReadonlySet<string> = new Set([
  ...['ticket.passed', 'ticket.held', 'ticket.transferred', 'ticket.finished', 'ticket.voided'],
]);

/** As in `projections.ts`: what was parked took effect when it got its place, which may be after what came later. */
const BY_SCOPE = `
  SELECT op.id, op.hall, op.envelope FROM scope_head JOIN scope_row ON scope_row.scope = scope_head.id
  JOIN op ON op.id = scope_row.op JOIN op_result ON op_result.op = op.id
  WHERE op_result.outcome = 'applied' AND scope_head.scope LIKE 'hall:%'
  AND (op.kind LIKE 'ticket.%' OR op.kind = 'lease.granted') ORDER BY scope_head.id, scope_row.pos`;

/**
 * What must never happen in a hall, looked for in the ops themselves, in the order in which they took effect, with none of
 * the rules that decided them: a number given twice on a day, a ticket in two hands at once, blocks of numbers that overlap, a
 * number from a block of somebody else.
 */
export function checkQueue(db: SqlDatabase): Finding[] {
  const taken: Taken[] = [];
  const leases: HallLease[] = [];
  const inHand = new Map<string, string>();
  const findings: Finding[] = [];
  const rows = db.prepare(BY_SCOPE).iterate() as IterableIterator<{ id: number; hall: string; envelope: string }>;
  for (const { id, hall, envelope } of rows) {
    const op = JSON.parse(envelope) as Op;
    const { stream, device, epoch, kind } = op;
    if (kind === 'lease.granted') leases.push({ ...(op as Op<'lease.granted'>).body, stream, hall });
    if (kind === 'ticket.taken') taken.push({ ...(op as Op<'ticket.taken'>).body, stream, hall, device, epoch });
    if (kind === 'ticket.called') {
      const { terminal } = (op as Op<'ticket.called'>).body;
      const other = inHand.get(stream);
      const detail = `${stream}: by ${terminal} at log position ${id}, in the hand of ${other}`;
      if (other !== undefined) findings.push({ code: 'ticket-called-twice', detail });
      inHand.set(stream, terminal);
    }
    if (kind === 'ticket.reconciled') {
      const call = (op as Op<'ticket.reconciled'>).body.ticket.calls.at(-1);
      if (call && call.ended === null) inHand.set(stream, call.terminal);
      else inHand.delete(stream);
    }
    if (ENDS.has(kind)) inHand.delete(stream);
  }
  return [
    ...findings,
    ...checkNumbers(taken),
    ...checkBlocks(leases),
    ...checkIssuers(taken, leases, hasForgotten(db)),
  ];
}

function checkNumbers(taken: readonly Taken[]): Finding[] {
  const given = new Map<string, string>();
  return taken.flatMap(({ hall, day, number, stream }): Finding[] => {
    const key = `${hall}/${day}/${number}`;
    const first = given.get(key);
    if (first === undefined) given.set(key, stream);
    return first === undefined ? [] : [{ code: 'ticket-number-twice', detail: `${key}: ${stream}, as ${first}` }];
  });
}

function checkBlocks(leases: readonly HallLease[]): Finding[] {
  const key = ({ hall, day, prefix }: HallLease) => `${hall}/${day}/${prefix}`;
  const sorted = [...leases].sort((a, b) => key(a).localeCompare(key(b)) || a.first - b.first);
  return sorted.flatMap((lease, index): Finding[] => {
    const before = sorted[index - 1];
    const overlaps = before && key(before) === key(lease) && lease.first <= before.last;
    return overlaps ? [{ code: 'lease-overlap', detail: `${lease.stream} and ${before.stream}` }] : [];
  });
}

/** Blocks may have been given away of which these data know nothing: by another hub, or before they were put back. */
function hasForgotten(db: SqlDatabase): boolean {
  const { fence, epoch } = db.prepare('SELECT (SELECT fence FROM hub) AS fence, epoch FROM centre').get() as {
    fence: number | null;
    epoch: number;
  };
  return (tenureOf(fence, epoch) ?? 0) > 0;
}

/**
 * Whoever wrote the op holds the block; numbers of the paper roll and of the emergency letters belong to no block. Where
 * blocks were forgotten, nobody may hold it.
 */
function checkIssuers(taken: readonly Taken[], leases: readonly HallLease[], isForgetful: boolean): Finding[] {
  // Whose numbers are given by a hub or centre gives them in whichever chain it writes.
  const key = ({ hall, day, prefix, device, epoch }: Omit<Taken, 'stream'> | HallLease, isOfHub: boolean) =>
    [hall, day, prefix, device, isOfHub ? HUB : epoch].join('/');
  const blocks = Map.groupBy(leases, (lease) => key(lease, lease.holder === HUB));
  return taken.flatMap((ticket): Finding[] => {
    if (ticket.source === 'paper-roll' || ticket.prefix === emergencyPrefix(ticket.issuer)) return [];
    const value = Number(ticket.number.slice(ticket.prefix.length));
    const isIn = ({ first, last }: HallLease) => first <= value && value <= last;
    const isOwn = [true, false].some((isOfHub) => (blocks.get(key(ticket, isOfHub)) ?? []).some(isIn));
    const { hall, day, prefix } = ticket;
    const isSomebodys = leases.some(
      (lease) => lease.hall === hall && lease.day === day && lease.prefix === prefix && isIn(lease),
    );
    return isOwn || (isForgetful && !isSomebodys)
      ? []
      : [{ code: 'ticket-outside-lease', detail: `${ticket.hall}/${ticket.day}/${ticket.number}` }];
  });
}
