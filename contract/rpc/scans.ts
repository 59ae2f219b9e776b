import { z } from 'zod';
import { ATTACHMENT_CHUNK_BYTES } from '../../domain/case/scan.ts';
import { materialCode, removalReason, scanBlob, scanSource, sha256 } from '../ops/scan.ts';
import { CASE_STAFF, FRONT_STAFF, type Method, nothing } from './method.ts';

/** Scanned pages of a case. A page goes to the service in three steps, since a message carries at most 1 MiB. */

const MAKERS = ['window', 'prereview'] as const;
const READERS = ['window', 'prereview', 'backoffice', 'supervisor'] as const;

const scanId = z.uuid().describe('chosen by the caller; the same id again is the same page');
const caseId = z.uuid().describe('the case, or before acceptance the `commandId` of the acceptance to come');
const base64 = z
  .string()
  .max(Math.ceil(ATTACHMENT_CHUNK_BYTES / 3) * 4)
  // Plain classes: a grouped expression over 700,000 characters exhausts the stack of the matcher.
  .regex(/^[A-Za-z0-9+/]+={0,2}$/);

const scanPage = z.strictObject({
  id: z.string(),
  caseId: z.string(),
  material: z.string(),
  /** From 1 within the material. */
  page: z.int(),
  blob: scanBlob,
  source: scanSource,
  at: z.iso.datetime(),
  by: z.string(),
  /** `held`: stored on this machine, not yet part of the case. */
  state: z.enum(['held', 'attached']),
  /** The image is on this machine. */
  here: z.boolean(),
});

const base = { signedIn: true, tier: 'local' } as const;

export const scansMethods = {
  'case.attach': {
    ...base,
    doc: 'Announces a page, image or PDF, of at most 20 MB; `case.attachChunk` and `case.attachFinish` follow. Announced again, it begins anew.',
    input: z.strictObject({
      scanId,
      caseId,
      material: materialCode,
      source: scanSource,
      name: z.string().max(255).describe('name of the file; its ending is compared with its content'),
      bytes: z.int().min(0),
      hold: z.boolean().default(false).describe('keep it here and attach it later by `scans.attachHeld`'),
    }),
    output: z.strictObject({ chunkBytes: z.int() }),
    roles: MAKERS,
    staff: FRONT_STAFF,
    deadlineMs: 10_000,
  },
  'case.attachChunk': {
    ...base,
    doc: 'The next bytes of an announced page, as base64 of at most 512 KiB. A piece that is here already is passed over.',
    input: z.strictObject({ scanId, offset: z.int().min(0), data: base64 }),
    output: z.strictObject({ received: z.int() }),
    roles: MAKERS,
    staff: FRONT_STAFF,
    deadlineMs: 15_000,
  },
  'case.attachFinish': {
    ...base,
    doc: 'Checks the page, makes it durable, and attaches it; before acceptance, or with `hold`, it is held. Held again under its id, it replaces what was held.',
    input: z.strictObject({ scanId, sha256: sha256.describe('of the bytes as scanned') }),
    output: scanPage,
    roles: MAKERS,
    staff: FRONT_STAFF,
    tier: 'local-then-centre',
    deadlineMs: 30_000,
  },
  'scans.list': {
    ...base,
    doc: 'The pages of a case, held ones included, in the order of material and page.',
    input: z.strictObject({ caseId }),
    output: z.strictObject({ pages: z.array(scanPage) }),
    roles: READERS,
    staff: CASE_STAFF,
    deadlineMs: 5_000,
  },
  'scans.page': {
    ...base,
    doc: 'A piece of at most 512 KiB of a page, as base64; `total` says how long the whole is. An image that another machine scanned is brought from the centre first.',
    input: z.strictObject({ scanId, offset: z.int().min(0).default(0) }),
    output: z.strictObject({
      data: z.string(),
      total: z.int(),
      media: z.enum(['image/jpeg', 'application/pdf']),
      sha256,
    }),
    roles: READERS,
    staff: CASE_STAFF,
    deadlineMs: 65_000,
  },
  'scans.attachHeld': {
    ...base,
    doc: 'Attaches what is held for an accepted case, in order, in one transaction.',
    input: z.strictObject({ caseId }),
    output: z.strictObject({ pages: z.array(scanPage) }),
    roles: MAKERS,
    staff: FRONT_STAFF,
    tier: 'local-then-centre',
    deadlineMs: 15_000,
  },
  'scans.reorder': {
    ...base,
    doc: 'Puts the pages of a material into the given order; every page of it is named once.',
    input: z.strictObject({ caseId, material: materialCode, order: z.array(scanId).min(1).max(999) }),
    output: z.strictObject({ pages: z.array(scanPage) }),
    roles: MAKERS,
    staff: FRONT_STAFF,
    tier: 'local-then-centre',
    deadlineMs: 10_000,
  },
  'scans.remove': {
    ...base,
    doc: 'Takes a page away. One that is attached stays in the record with the reason; one that is held is gone, its image too.',
    input: z.strictObject({ scanId, reason: removalReason }),
    output: nothing,
    roles: MAKERS,
    staff: FRONT_STAFF,
    tier: 'local-then-centre',
    deadlineMs: 10_000,
  },
} as const satisfies Record<string, Method>;
