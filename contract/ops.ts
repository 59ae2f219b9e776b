import { z } from 'zod';
import { TRANSITION_IDS, type TransitionId } from '../domain/case/transitions.ts';
import type { Op, OpBodies, OpKind } from '../domain/ledger/op.ts';
import { newestBody, type UpCasts } from '../domain/ledger/upCast.ts';
import { STAFF_ROLES, type StaffRole } from '../domain/staff/roles.ts';
import { calendarSchema } from './calendar.ts';
import { catalogueSchema } from './catalogue.ts';
import {
  attemptRefused,
  dataChecked,
  deviceRevoked,
  epochBegan,
  healthAcknowledged,
  retentionRan,
} from './ops/audit.ts';
import { blankBodies } from './ops/blanks.ts';
import { advance, caseLink, caseNote, caseTaken, laneChange, paymentEntry, refusal, slipPrinted } from './ops/case.ts';
import { condition, ITEM_CODE, MATERIAL_CODE } from './ops/codes.ts';
import { acceptanceDetails } from './ops/details.ts';
import { greenChannel } from './ops/greenChannel.ts';
import { hallBodies } from './ops/hall.ts';
import { hubTookOver } from './ops/hub.ts';
import { outageBodies } from './ops/outage.ts';
import { party, projectKind, property } from './ops/party.ts';
import { paymentBodies } from './ops/payment.ts';
import { printBodies, printerAnnounced } from './ops/print.ts';
import { returnedBodies } from './ops/returned.ts';
import { scanOpBodies } from './ops/scan.ts';
import { ticketBodies } from './ops/ticket.ts';
import { visitBodies } from './ops/visit.ts';

/** Schemas of the sync envelope and of each kind of body (design.md §4). Strict: an unknown key is refused. */

const text = (max: number) => z.string().min(1).max(max);
const isoInstant = z.iso.datetime({ precision: 3 });
const hashHex = z.string().regex(/^[0-9a-f]{64}$/);

export const materialTaken = z.strictObject({
  code: z.string().regex(MATERIAL_CODE),
  form: z.enum(['original', 'viewed', 'shared']),
  copies: z.int().min(0).max(999),
  pages: z.int().min(0).max(9999),
});

export { override, party, projectKind, property } from './ops/party.ts';

/** The part of an acceptance that a page fills in; the service adds number, path, clerk and place. */
export const acceptanceDraft = z.strictObject({
  itemCode: z.string().regex(ITEM_CODE),
  projectKind: projectKind.optional().describe('D01 only: its promised time depends on it'),
  parties: z.array(party).max(50),
  property,
  conditions: z.array(condition).max(10),
  materials: z.array(materialTaken).max(60),
  note: z.string().max(4000).optional(),
  ticket: z
    .strictObject({ id: z.uuid(), number: text(10) })
    .optional()
    .describe('号票 with which the applicant was called; its number is called again for the pickup'),
  preReview: z.uuid().optional().describe('the pre-review it was accepted from'),
  appointment: z.uuid().optional().describe('the home visit at which it is taken in (上门服务)'),
  link: caseLink.optional().describe('the provident-fund loan whose mortgage this is'),
  ...acceptanceDetails,
});

const acceptance = z.strictObject({
  ...acceptanceDraft.shape,
  number: z
    .string()
    .regex(/^G?\d{14}$/)
    .describe('G before that of the provident fund'),
  catalogueVersion: text(20),
  path: z
    .array(z.enum(TRANSITION_IDS as [TransitionId, ...TransitionId[]]))
    .min(1)
    .max(20),
  source: z.enum(['window', 'entrusted', 'pf-hall', 'home-visit', 'branch']),
  window: text(20),
  greenChannel: greenChannel.optional(),
  hall: text(40),
  clerk: z.strictObject({ id: text(40), name: text(50) }),
});

export const staffRole = z.enum(Object.keys(STAFF_ROLES) as [StaffRole, ...StaffRole[]]);

export const opBodies = {
  ...scanOpBodies,
  'case.accepted': acceptance,
  'case.refused': z.strictObject({ acceptance, refusal }),
  'case.advanced': advance,
  'case.lane': laneChange,
  'case.paid': paymentEntry,
  'case.taken': caseTaken,
  ...paymentBodies,
  ...outageBodies,
  ...returnedBodies,
  ...ticketBodies,
  ...hallBodies,
  ...visitBodies,
  'slip.printed': slipPrinted,
  'note.added': caseNote,
  'attempt.refused': attemptRefused,
  'epoch.began': epochBegan,
  'retention.ran': retentionRan,
  'data.checked': dataChecked,
  'hub.took-over': hubTookOver,
  'health.acknowledged': healthAcknowledged,
  'device.revoked': deviceRevoked,
  'session.opened': z.strictObject({ staff: text(40), terminal: text(20) }),
  'session.closed': z.strictObject({
    staff: text(40),
    terminal: text(20),
    reason: z.enum(['logout', 'idle', 'taken', 'stopped']),
  }),
  ...blankBodies,
  ...printBodies,
  'printer.announced': printerAnnounced,
  'staff.upserted': z.strictObject({
    number: text(40),
    name: text(50),
    roles: z.array(staffRole).min(1),
    passwordHash: z.string().regex(/^\$argon2id\$/),
    active: z.boolean(),
  }),
  'catalogue.published': catalogueSchema,
  'calendar.published': calendarSchema,
} satisfies { [K in OpKind]: z.ZodType<OpBodies[K]> };

export const opEnvelope = z.strictObject({
  op_id: z.uuid(),
  device: z.uuid(),
  epoch: z.int().min(1),
  seq: z.int().min(1),
  kind: text(60),
  stream: z.string().regex(/^[a-z]+:[0-9a-f-]{36}$/),
  base_ver: z.int().min(0),
  actor: text(40),
  at: isoInstant,
  hlc: z.string().regex(/^[0-9a-f]{12}-[0-9a-f]{4}$/),
  body: z.record(z.string(), z.unknown()),
  body_hash: hashHex,
  prev_hash: hashHex,
  hash: hashHex,
});

export type OpEnvelope = z.infer<typeof opEnvelope>;

/** An op of which nobody has looked whether its kind and body are known. */
export type UnreadOp = Omit<OpEnvelope, 'body'> & { body: object };

/** The schemas of bodies as generated code, each made when its kind first comes: a centre checks every op it is sent. */
const compiledBodies = new Map<OpKind, z.ZodType>();

function compiledBody(kind: OpKind): z.ZodType {
  let compiled = compiledBodies.get(kind);
  if (!compiled) {
    compiled = z.compile(opBodies[kind]);
    compiledBodies.set(kind, compiled);
  }
  return compiled;
}

/**
 * The body stays as it came, spaces and all: that is what its hash was taken over, and every replica must hold the same.
 * One of an older program is judged in the shape of this one.
 * @returns the typed op; `unknown-kind` and `newer-body` for what a newer terminal has written: it is parked and not
 * refused (design.md §5)
 */
export function parseOp(
  envelope: UnreadOp,
  casts?: UpCasts,
): { ok: true; op: Op } | { ok: false; reason: 'unknown-kind' | 'newer-body' | 'bad-body' } {
  if (!Object.hasOwn(opBodies, envelope.kind)) return { ok: false, reason: 'unknown-kind' };
  const kind = envelope.kind as OpKind;
  const { stream } = envelope;
  const body = newestBody({ kind, stream, body: envelope.body as OpEnvelope['body'] }, casts);
  if (z.validate(compiledBody(kind), body)) return { ok: true, op: envelope as Op };
  const issues = opBodies[kind].safeParse(body).error?.issues ?? [];
  // All that is known fits, and there is more.
  const isNewer = issues.every(({ code }) => code === 'unrecognized_keys');
  return { ok: false, reason: isNewer ? 'newer-body' : 'bad-body' };
}
