import { z } from 'zod';
import { slot } from '../ops/ticket.ts';
import { homeVisit } from '../ops/visit.ts';
import { type Method, nothing, WINDOW } from './method.ts';

const plannedVisit = z.strictObject({
  /** Of the appointment: `draft.appointment` of every case taken in there. */
  id: z.uuid(),
  /** Local day, ISO. */
  day: z.iso.date(),
  slot,
  address: z.string(),
  reasonClass: homeVisit.shape.reasonClass,
  itemCode: z.string(),
  itemName: z.string(),
  /** A case of this visit has come to the hub; more may follow. */
  isDone: z.boolean(),
  staffNames: z.array(z.string()),
  /** Whom to call before the door; null for a clerk who is not one of the two: no case is taken in by them. */
  contact: z.strictObject({ name: z.string(), phone: z.string() }).nullable(),
});

/** 上门服务 (domain.md §3.8): what the laptop that goes along knows by itself. */
export const visitsMethods = {
  'visits.planned': {
    doc: 'The home visits of today and the next six days for which this terminal goes along, earliest first; from what this machine holds, so also without the hub.',
    input: nothing,
    output: z.strictObject({ rows: z.array(plannedVisit) }),
    roles: WINDOW,
    signedIn: true,
    staff: ['WIN'],
    tier: 'local',
    deadlineMs: 5_000,
  },
} as const satisfies Record<string, Method>;

export type PlannedVisit = z.infer<typeof plannedVisit>;
