import type { StaffRole } from '../staff/roles.ts';
import type { Advance, AdvanceId } from './advance.ts';
import type { GuardName } from './guardNames.ts';
import { findGuardProblem, type GuardCode } from './guards.ts';
import { LANE_CODES, LANE_EVENTS, LANE_MOVES, LANES, type Lane, type LaneEvent } from './lanes.ts';
import { findLaneProblem, findTaken } from './reduceCase.ts';
import { type OfflineTier, TRANSITIONS, type Transition } from './transitions.ts';
import type { CaseRecord } from './types.ts';

/** Steps that a person asks for once a case is decided on at the window. What the centre does by itself is not here. */
export const ASKED_STEPS = [
  'T11',
  'T12',
  'T15',
  'T16',
  'T17',
  'T18',
  'T20',
  'T21',
  'T22',
  'T23',
  'T24',
  'T27',
  'T28',
  'T29',
  'T30',
  'T31',
  'T32',
  'T33',
  'T34',
  'T35',
  'T36',
  'T37',
  'T39',
  'T40',
  'T41',
  'T45',
] as const satisfies AdvanceId[];

export type AskedStep = (typeof ASKED_STEPS)[number];

interface Offer {
  /** What it is called: 审核通过, 领取. */
  name: string;
  /** Whether it may be done while the centre is away. */
  tier: OfflineTier;
  enabled: boolean;
  /** Why it is not enabled; each code has a sentence in contract/errors.ts. */
  why: GuardCode | null;
}

export type LegalAct =
  | (Offer & { kind: 'advance'; transition: AskedStep })
  | (Offer & { kind: 'lane'; lane: Lane; event: LaneEvent });

/**
 * Guards that look at what the person enters. Whether *something* can be entered that passes is all that can be said
 * before.
 */
const LOOKS_AT_INPUT = {
  'certificates-complete': () => null,
  'blanks-for-all': ({ certificates }) =>
    certificates.some((certificate) => certificate.blank === null) ? null : 'blank-mismatch',
  'void-has-witness': ({ certificates }) =>
    certificates.some((certificate) => certificate.blank !== null) ? null : 'blank-mismatch',
  'all-applicants-signed': () => null,
} satisfies Partial<Record<GuardName, (record: CaseRecord) => GuardCode | null>>;

/** For guards that look at the record alone. */
const NOTHING_ENTERED: Advance = { transition: 'T26', data: {} };

/**
 * Every act that this person may ask for on this case now, and those that only a guard keeps from them, with the reason.
 * The reducer and the centre decide again; a page offers these and no others.
 * @param at ISO instant: a deadline may have passed
 */
export function legalActs(
  record: CaseRecord,
  { roles, actor, at }: { roles: readonly StaffRole[]; actor: string; at: string },
): LegalAct[] {
  return [...legalLaneActs(record, roles, actor), ...legalSteps(record, roles, actor, at)];
}

function legalSteps(record: CaseRecord, roles: readonly StaffRole[], actor: string, at: string): LegalAct[] {
  return ASKED_STEPS.flatMap((transition): LegalAct[] => {
    const rule: Transition = TRANSITIONS[transition];
    if (!rule.from.includes(record.state) || !roles.some((role) => rule.who.includes(role))) return [];
    const why = findStandingProblem(record, rule, actor, at) ?? findTaken(record, transition, actor);
    return [{ kind: 'advance', transition, name: rule.event, tier: rule.tier, enabled: why === null, why }];
  });
}

function legalLaneActs(record: CaseRecord, roles: readonly StaffRole[], actor: string): LegalAct[] {
  return LANE_CODES.filter((lane) => roles.includes(LANES[lane].role)).flatMap((lane) =>
    LANE_EVENTS.flatMap((event): LegalAct[] => {
      const why = findLaneProblem(record, lane, event, actor);
      if (why === 'illegal-transition') return [];
      return [{ kind: 'lane', lane, event, name: LANE_MOVES[event].name, tier: 'online', enabled: why === null, why }];
    }),
  );
}

function findStandingProblem(record: CaseRecord, rule: Transition, actor: string, at: string): GuardCode | null {
  for (const guard of rule.guards ?? []) {
    const why = looksAtInput(guard)
      ? LOOKS_AT_INPUT[guard](record)
      : findGuardProblem([guard], record, NOTHING_ENTERED, actor, at);
    if (why !== null) return why;
  }
  return null;
}

function looksAtInput(guard: GuardName): guard is keyof typeof LOOKS_AT_INPUT {
  return Object.hasOwn(LOOKS_AT_INPUT, guard);
}
