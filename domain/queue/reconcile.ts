import type { OpBodies } from '../ledger/op.ts';
import type { TicketRecord } from './ticketTypes.ts';

/**
 * After it was said how it stands, a ticket counts on from the next of these: no step that was decided before, by whomever,
 * is made on a version that comes later.
 */
const VERSIONS = 100;

/** A step that another hub decided, of which this one had decided otherwise. */
export interface OvertakenStep {
  kind: string;
  body: Readonly<Record<string, unknown>>;
}

/**
 * How a ticket stands of which two hubs have decided, for everybody: as the hub has it that decides now. What the other one did
 * is named, so that a person looks.
 * @param at ISO instant
 */
export function reconciliation(
  { id: _id, version, ...ticket }: TicketRecord,
  overtaken: readonly OvertakenStep[],
  at: string,
): OpBodies['ticket.reconciled'] {
  const calls = overtaken.filter(({ kind }) => kind === 'ticket.called');
  const named = (calls.length > 0 ? calls : overtaken).map((step) => doubtOf(step));
  return {
    at,
    version: (Math.floor(version / VERSIONS) + 1) * VERSIONS,
    ticket: { ...ticket, doubts: [...new Set([...ticket.doubts, ...named])] },
  };
}

/** Decided before it was said how the ticket stands. */
export function isBeforeReconciliation({ version }: Pick<TicketRecord, 'version'>, baseVersion: number): boolean {
  return baseVersion < Math.floor(version / VERSIONS) * VERSIONS;
}

/** What this window called was another hub's to decide, and that one decided otherwise. */
export function wasOvertakenAt({ doubts }: Pick<TicketRecord, 'doubts'>, terminal: string): boolean {
  return doubts.includes(doubtOf({ kind: 'ticket.called', body: { terminal } }));
}

/** `called-twice:W03`, or `finished-refused:W03:overtaken`: stable, so that a page can say it in its own words. */
export function doubtOf({ kind, body }: OvertakenStep, code = 'overtaken'): string {
  const terminal = typeof body.terminal === 'string' ? body.terminal.slice(0, 10) : 'unknown';
  const step = kind.slice('ticket.'.length);
  const doubt = step === 'called' ? `called-twice:${terminal}` : `${step}-refused:${terminal}:${code}`;
  return doubt.slice(0, MAX_LENGTH);
}

/** As long as one may be (contract/ops/ticket.ts). */
const MAX_LENGTH = 200;
