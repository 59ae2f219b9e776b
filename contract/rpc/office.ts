import { z } from 'zod';
import { LANE_CODES, LANE_STATE_NAMES, LANES, type LaneState } from '../../domain/case/lanes.ts';
import { ASKED_STEPS } from '../../domain/case/legalActs.ts';
import { TRANSITIONS } from '../../domain/case/transitions.ts';
import { STAFF_ROLES, type StaffRole } from '../../domain/staff/roles.ts';
import { officeAdvance } from '../office.ts';
import { caseTaken, laneChange, refusalByWindow as refusal } from '../ops/case.ts';
import { acceptanceDraft } from '../ops.ts';
import { caseFile, caseSummary, formVersion } from './case.ts';
import { DESKS, EVERY, type Method, WINDOW } from './method.ts';

/** The departments behind the window. */
const LANE_STAFF: readonly StaffRole[] = LANE_CODES.map((lane) => LANES[lane].role);
/** Whoever may take a step of docs/case-states.md; which one is decided with the case. */
const ACTING: readonly StaffRole[] = (Object.keys(STAFF_ROLES) as StaffRole[]).filter((role) =>
  ASKED_STEPS.some((step) => (TRANSITIONS[step].who as readonly string[]).includes(role)),
);

const target = {
  /** Chosen by the page, one for each press: sent again it is done once. */
  commandId: z.uuid(),
  caseId: z.uuid(),
  baseVersion: z.int().min(1),
};

const fileAndSummary = z.strictObject({ record: caseFile, summary: caseSummary });

const laneTask = z.strictObject({
  state: z.enum(Object.keys(LANE_STATE_NAMES) as [LaneState, ...LaneState[]]),
  since: z.iso.datetime(),
  openedAt: z.iso.datetime().nullable(),
  by: z.string().nullable(),
  note: z.string().nullable(),
});

export const officeMethods = {
  'case.refuse': {
    doc: 'Records a refusal (T12 begins). Print the notice 不予受理告知书 next, then `case.act` T12; without it the case counts as accepted.',
    input: z.strictObject({ commandId: z.uuid(), draft: acceptanceDraft, refusal, catalogueVersion: formVersion }),
    output: caseFile,
    roles: WINDOW,
    signedIn: true,
    staff: ['WIN'],
    tier: 'local-then-centre',
    deadlineMs: 15_000,
  },
  'case.act': {
    doc: 'One transition of docs/case-states.md. Decided by the centre; a step whose tier allows it is kept here while the centre is away.',
    input: z.strictObject({ ...target, advance: officeAdvance }),
    output: fileAndSummary,
    roles: DESKS,
    signedIn: true,
    staff: ACTING,
    tier: 'local-then-centre',
    deadlineMs: 30_000,
  },
  'case.takeOver': {
    doc: 'From now on another window may go on with the case while the centre is away; a step of the window before is stale.',
    input: z.strictObject({ ...target, take: caseTaken }),
    output: fileAndSummary,
    roles: DESKS,
    signedIn: true,
    staff: ['SUP'],
    tier: 'online',
    deadlineMs: 30_000,
  },
  'lane.act': {
    doc: 'Claims, releases, finishes, returns or blocks the task of a lane.',
    input: z.strictObject({ ...target, change: laneChange }),
    output: fileAndSummary,
    roles: DESKS,
    signedIn: true,
    staff: LANE_STAFF,
    tier: 'online',
    deadlineMs: 30_000,
  },
  'office.tasks': {
    doc: 'Open tasks of a lane, the one due first on top; tasks of all lanes of the signed-in person when no lane is named.',
    input: z.strictObject({ lane: z.enum(LANE_CODES).optional() }),
    output: z.strictObject({
      rows: z.array(
        z.strictObject({
          lane: z.enum(LANE_CODES),
          task: laneTask,
          /** Name of who claimed it; their number when they are not known here. */
          byName: z.string().nullable(),
          /** When the lane's own budget ends, in opening minutes; null without one. */
          budgetDueAt: z.iso.datetime().nullable(),
          summary: caseSummary,
        }),
      ),
    }),
    roles: EVERY,
    signedIn: true,
    staff: [...LANE_STAFF, 'SUP'],
    tier: 'local',
    deadlineMs: 5_000,
  },
} as const satisfies Record<string, Method>;
