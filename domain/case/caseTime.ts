import { CATALOGUE } from '../catalogue/catalogue.ts';
import type { Catalogue } from '../catalogue/types.ts';
import type { GreenChannel } from '../clock/caseClock.ts';
import type { TimeLimit } from '../clock/limit.ts';
import { promisedLimit, statutoryLimit } from '../clock/limit.ts';
import type { Pause } from '../clock/pauses.ts';
import { type CaseState, ENDED_STATES } from './states.ts';
import type { CaseRecord } from './types.ts';

/** A provident-fund loan and its mortgage together, from the loan's acceptance to the paying out (domain.md §2.9). */
export const LINKED_LIMIT: TimeLimit = { minutes: 90 };

/**
 * Where the clocks of a case end: nothing is left to do, or the result is on its way to the applicant. Calling is still
 * ours (domain.md §3.2 gives it 5 minutes), coming is not.
 */
const CLOCK_ENDS: readonly CaseState[] = [...ENDED_STATES, 'PICKUP_CALLED', 'SHIPPED'];

/** What both clocks of a case run by; instants in ms since the epoch. */
export interface CaseTime {
  acceptedAt: number;
  /** Null for an item that the catalogue here does not know. */
  limit: TimeLimit | null;
  /** Null where the law sets none. */
  statutoryLimit: TimeLimit | null;
  /** Taken in at a window of the green channel: its own day is the end (domain.md §1.7 X1). */
  green: GreenChannel | null;
  pauses: Pause[];
  /** Null while the clocks run. */
  endedAt: number | null;
}

/** @param catalogue under which the case was accepted; default: the built-in one */
export function caseTimeOf(
  record: Pick<CaseRecord, 'acceptance' | 'acceptedAt' | 'pauses' | 'history'>,
  catalogue: Catalogue = CATALOGUE,
): CaseTime {
  return {
    acceptedAt: Date.parse(record.acceptedAt),
    limit: promisedLimit(record.acceptance, catalogue),
    statutoryLimit: statutoryLimit(record.acceptance, catalogue),
    green: record.acceptance.greenChannel ?? null,
    pauses: pausesOf(record),
    endedAt: firstAt(record, CLOCK_ENDS),
  };
}

/** The pauses an op recorded, as the clock takes them; the notice or slip that proves one is the reason it carries. */
export function pausesOf({ pauses }: Pick<CaseRecord, 'pauses'>): Pause[] {
  return pauses.map((pause) => ({
    ...pause,
    from: Date.parse(pause.from),
    to: pause.to === null ? null : Date.parse(pause.to),
    proof: pause.proof ?? '',
  }));
}

/** When nothing was left to do, ms since the epoch; null before. */
export function closedAtOf(record: Pick<CaseRecord, 'history'>): number | null {
  return firstAt(record, ENDED_STATES);
}

function firstAt({ history }: Pick<CaseRecord, 'history'>, states: readonly CaseState[]): number | null {
  const entry = history.find((each) => (states as readonly string[]).includes(each.to));
  return entry ? Date.parse(entry.at) : null;
}
