import { z } from 'zod';
import { caseNote } from '../ops/case.ts';
import { caseSummary } from './case.ts';
import { CASE_STAFF, DESKS, type Method, nothing, WINDOW } from './method.ts';

const text = caseNote.shape.text;

/** What a desk does with a case beside moving it on. */
export const windowMethods = {
  'case.mine': {
    doc: 'Every case this window accepted or refused that is under way, and those that ended today.',
    input: nothing,
    output: z.strictObject({ rows: z.array(caseSummary) }),
    roles: WINDOW,
    signedIn: true,
    staff: ['WIN'],
    tier: 'local',
    deadlineMs: 5_000,
  },
  'case.unmask': {
    doc: 'Records who looked at the full numbers of a case and why (domain.md §7.3). The page shows them after this.',
    input: z.strictObject({ caseId: z.uuid(), reason: text }),
    output: nothing,
    roles: DESKS,
    signedIn: true,
    staff: CASE_STAFF,
    tier: 'local',
    deadlineMs: 5_000,
  },
  'case.note': {
    doc: 'A remark, or why a case is overdue (domain.md §5.4 rule 8).',
    input: z.strictObject({ caseId: z.uuid(), kind: caseNote.shape.kind.exclude(['unmasked']), text }),
    output: nothing,
    roles: DESKS,
    signedIn: true,
    staff: CASE_STAFF,
    tier: 'local-then-centre',
    deadlineMs: 5_000,
  },
} as const satisfies Record<string, Method>;
