import type { OutageBodies, OutageRecord } from './types.ts';

export type OutageRefusal = 'outage-span';

export type OutageStepped =
  | { ok: true; record: OutageRecord }
  | { ok: false; code: OutageRefusal | 'illegal-transition' };

interface Context {
  id: string;
  actor: string;
  /** ISO instant of the op. */
  at: string;
}

/** A span begins before it ends, and neither lies in the future. */
export function isOutageSpan(from: string, to: string | null, at: string): boolean {
  if (Date.parse(from) > Date.parse(at)) return false;
  return to === null || (Date.parse(from) < Date.parse(to) && Date.parse(to) <= Date.parse(at));
}

/** The first op of an outage. */
export function declareOutage(
  current: OutageRecord | null,
  body: OutageBodies['outage.declared'],
  { id, actor, at }: Context,
): OutageStepped {
  if (current !== null) return { ok: false, code: 'illegal-transition' };
  if (!isOutageSpan(body.from, body.to, at)) return { ok: false, code: 'outage-span' };
  return { ok: true, record: { ...body, id, version: 1, by: actor, at, endedBy: null } };
}

/** The end of one that was declared without. */
export function endOutage(
  current: OutageRecord | null,
  { to }: OutageBodies['outage.ended'],
  { actor, at }: Context,
): OutageStepped {
  if (current === null || current.to !== null) return { ok: false, code: 'illegal-transition' };
  if (!isOutageSpan(current.from, to, at)) return { ok: false, code: 'outage-span' };
  return { ok: true, record: { ...current, version: current.version + 1, to, endedBy: actor } };
}
