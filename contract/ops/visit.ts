import { z } from 'zod';
import { PRE_REVIEW_NUMBER } from '../../domain/preReview/number.ts';
import { GRADES, RATING_WAYS } from '../../domain/rating/types.ts';
import { condition, ITEM_CODE, MATERIAL_CODE } from './codes.ts';
import { party, projectKind, property } from './party.ts';
import { floor, instant, slot, staffNumber, terminalId } from './ticket.ts';

/** Bodies of pre-reviews, appointments and ratings (domain/preReview, domain/appointment, domain/rating). */

const reason = z.string().trim().min(1).max(200);
const note = z.string().max(500);

export const grade = z.union(GRADES.map((each) => z.literal(each)));

export const homeVisit = z.strictObject({
  address: z.string().min(1).max(200),
  reasonClass: z.enum(['elder', 'disabled', 'ill', 'other']),
  staff: z.tuple([staffNumber, staffNumber]),
  terminal: terminalId,
});

export const appointmentBooked = z.strictObject({
  code: z.string().regex(/^\d{8}$/),
  name: z.string().min(1).max(50),
  phone: z.string().regex(/^[\d+ -]{5,20}$/),
  itemCode: z.string().regex(ITEM_CODE),
  floor,
  day: z.iso.date(),
  slot,
  source: z.enum(['wechat', 'phone', 'desk', 'card']),
  visit: homeVisit.optional(),
});

export const preReviewSaved = z.strictObject({
  number: z.string().regex(PRE_REVIEW_NUMBER),
  itemCode: z.string().regex(ITEM_CODE),
  projectKind: projectKind.optional(),
  catalogueVersion: z.string().min(1).max(20),
  conditions: z.array(condition).max(10),
  parties: z.array(party).max(50),
  typedNumber: z.string().min(15).max(18).nullable(),
  property: property.nullable(),
  materials: z.array(z.strictObject({ code: z.string().regex(MATERIAL_CODE), has: z.boolean() })).max(60),
  elder: z.boolean(),
  notice: z.string().min(1).max(20),
  terminal: terminalId,
  guided: z.boolean(),
  at: instant,
});

export const visitBodies = {
  'rating.given': z.strictObject({
    ticketId: z.uuid().nullable(),
    caseId: z.uuid().nullable(),
    about: z.string().min(1).max(20),
    terminal: terminalId,
    clerk: staffNumber,
    grade: grade.nullable(),
    way: z.enum(RATING_WAYS).nullable(),
    at: instant,
  }),
  'rating.answered': z.strictObject({
    ticketId: z.uuid().nullable(),
    caseId: z.uuid().nullable(),
    about: z.string().min(1).max(20),
    terminal: terminalId,
    clerk: staffNumber,
    grade,
    way: z.literal('qr'),
    at: instant,
  }),
  'workorder.opened': z.strictObject({
    ratingId: z.uuid(),
    about: z.string().min(1).max(20),
    clerk: staffNumber,
    at: instant,
  }),
  'workorder.contacted': z.strictObject({ at: instant, note }),
  'workorder.settled': z.strictObject({ at: instant, result: z.enum(['fixed', 'explained', 'unreachable']), note }),
  'prereview.saved': preReviewSaved,
  'prereview.judged': z.strictObject({ at: instant, missing: z.array(z.string().regex(MATERIAL_CODE)).max(60) }),
  'prereview.ended': z.strictObject({ at: instant, how: z.enum(['accepted', 'refused', 'cancelled', 'expired']) }),
  'prereview.sent-back': z.strictObject({ at: instant, terminal: terminalId, reason }),
  'appointment.booked': appointmentBooked,
  'appointment.cancelled': z.strictObject({ at: instant, reason }),
  'appointment.exchanged': z.strictObject({ at: instant, ticketId: z.uuid() }),
  'appointment.missed': z.strictObject({ at: instant }),
  'appointment.done': z.strictObject({ at: instant }),
} as const;
