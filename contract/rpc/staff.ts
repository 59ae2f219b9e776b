import { z } from 'zod';
import { staffRole } from '../ops.ts';
import { CASE_STAFF, DESKS, type Method, nothing } from './method.ts';

/** The people of the hall. */
export const staffMethods = {
  'staff.list': {
    doc: 'Names and roles of the staff of the hall, those who left included: a case remembers only their numbers.',
    input: nothing,
    output: z.strictObject({
      people: z.array(
        z.strictObject({ number: z.string(), name: z.string(), roles: z.array(staffRole), active: z.boolean() }),
      ),
    }),
    roles: DESKS,
    signedIn: true,
    staff: CASE_STAFF,
    tier: 'local',
    deadlineMs: 5_000,
  },
} as const satisfies Record<string, Method>;
