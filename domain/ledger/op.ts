import type { BlankBodies, CountBodies } from '../blanks/types.ts';
import type { Advance, LaneChange } from '../case/advance.ts';
import type { PaymentEntry, Refusal } from '../case/progress.ts';
import type { ScanBodies } from '../case/scan.ts';
import type { Acceptance, SlipKind } from '../case/types.ts';
import type { Catalogue } from '../catalogue/types.ts';
import type { CalendarPublication } from '../clock/publishedCalendar.ts';
import type { AllHallBodies } from '../hall/reduceHall.ts';
import type { OutageBodies } from '../outage/types.ts';
import type { PaymentBodies } from '../payment/types.ts';
import type { PrintBodies } from '../printJob/types.ts';
import type { ReturnedBodies } from '../returned/types.ts';
import type { StaffRole } from '../staff/roles.ts';
import { canonicalJson } from './canonical.ts';

/** The bodies an op can carry, by kind (design.md §4). A new kind is one line here, one schema, one reducer case. */
export interface OpBodies
  extends AllHallBodies,
    BlankBodies,
    CountBodies,
    OutageBodies,
    PaymentBodies,
    PrintBodies,
    ReturnedBodies,
    ScanBodies {
  'case.accepted': Acceptance;
  /** At the window, before the notice is printed; T12 or T11 follows. */
  'case.refused': { acceptance: Acceptance; refusal: Refusal };
  'case.advanced': Advance;
  'case.lane': LaneChange;
  'case.paid': PaymentEntry;
  /** By a supervisor at the centre: from now on another window may go on with it alone. */
  'case.taken': { window: string; reason: string };
  /** Facts about a case have streams of their own (`slip:`, `note:`): they never conflict with its decisions. */
  'slip.printed': { caseId: string; slip: SlipKind; print: number; confirmation: 'device' | 'sent' };
  'note.added': CaseNote;
  'attempt.refused': RefusedAttempt;
  /** Once in every epoch but the first. */
  'epoch.began': EpochBegan;
  /** A terminal has a printer for certificates now, or has it no longer; one stream `printer:` for each machine. */
  'printer.announced': AnnouncedPrinter;
  'retention.ran': RetentionRun;
  'data.checked': DataChecked;
  'hub.took-over': HubTookOver;
  /** Of an alarm of a machine. */
  'health.acknowledged': { terminal: string; code: string };
  'device.revoked': DeviceRevoked;
  'session.opened': { staff: string; terminal: string };
  'session.closed': { staff: string; terminal: string; reason: SessionEnd };
  'staff.upserted': StaffMember;
  /** Both are the centre's, each in one stream, and whole: ledger/published.ts. */
  'catalogue.published': Catalogue;
  'calendar.published': CalendarPublication;
}

export interface StaffMember {
  /** The number on the badge. */
  number: string;
  name: string;
  roles: StaffRole[];
  /** PHC string of argon2id; never the password. */
  passwordHash: string;
  active: boolean;
}

/** How much a machine removed of what it may no longer keep; of the queue only since it has one. */
export interface RetentionRun {
  terminal: string;
  endedCases: number;
  openCases: number;
  drafts: number;
  preReviews?: number | undefined;
  appointments?: number | undefined;
  tickets?: number | undefined;
}

/** Everything a machine has was read in the night, and so many places were not what was written. */
export interface DataChecked {
  terminal: string;
  found: number;
  /** Kind of the first finding; absent: there was none. */
  code?: string | undefined;
}

/** Asked for, and refused: who, what and why, without a word of what was entered. */
export interface RefusedAttempt {
  method: string;
  code: string;
  caseId?: string | undefined;
  terminal: string;
}

/**
 * Why a machine goes on under a new epoch: its data were restored from a backup, an older copy of them was put in place,
 * or two copies were at work. `previous` is where the epoch before ended for this copy.
 */
export interface EpochBegan {
  reason: 'restored' | 'older-copy' | 'cloned';
  previous: { epoch: number; seq: number };
}

/** A machine that may not speak for its hall any more, and why. */
export interface DeviceRevoked {
  device: string;
  terminal: string;
  reason: string;
}

/** From here on this hub decides in the hall; in its own chain, by a supervisor's command. */
export interface HubTookOver {
  /** One more than any before: of two hubs, the one with the higher fence is right. */
  fence: number;
  hub: string;
  /** ISO instant. */
  at: string;
  reason: string;
}

/** Where certificates can be printed: every desk of the hall may have to say so. */
export interface AnnouncedPrinter {
  terminal: string;
  driver: string;
  present: boolean;
}

/** A remark on a case, or the public reason for being late (优化营商环境条例 §36). */
export interface CaseNote {
  caseId: string;
  kind: 'remark' | 'overdue-reason' | 'unmasked' | 'payment-alarm';
  text: string;
}

/** Why a session ended: by hand, left alone or locked, the same account elsewhere, its page or program gone. */
export type SessionEnd = 'logout' | 'idle' | 'taken' | 'stopped';

export type OpKind = keyof OpBodies;

/**
 * One change. `(device, epoch, seq)` is contiguous and gives order and idempotence; clocks give neither.
 * `hash` chains every op of a device and epoch.
 */
export interface Op<K extends OpKind = OpKind> {
  op_id: string;
  device: string;
  epoch: number;
  seq: number;
  kind: K;
  /** `case:<uuid>`, `scan:<uuid>`, `staff:<uuid>`, `blanks:<uuid>` (a pack) … */
  stream: string;
  /** Version of the stream this op was made against; 0 for the first. */
  base_ver: number;
  /** Staff number, or `system`. */
  actor: string;
  /** ISO instant of the device's clock: recorded and shown, never used for order. */
  at: string;
  /** Hybrid logical clock, `<ms hex 12>-<counter hex 4>`. */
  hlc: string;
  body: OpBodies[K];
  body_hash: string;
  prev_hash: string;
  hash: string;
}

export type OpDraft<K extends OpKind = OpKind> = Omit<Op<K>, 'body_hash' | 'prev_hash' | 'hash'>;

/** SHA-256 of a UTF-8 text, lower-case hex. Injected: domain/ does no I/O and knows no runtime. */
export type Digest = (text: string) => string;

/** What the first op of a device and epoch points back to. */
export function genesisHash(device: string, epoch: number, digest: Digest): string {
  return digest(`yichuang/1/${device}/${epoch}`);
}

/** @param bodyText canonical JSON of the body, for a caller that has it already */
export function sealOp<K extends OpKind>(
  draft: OpDraft<K>,
  prevHash: string,
  digest: Digest,
  bodyText = canonicalJson(draft.body),
): Op<K> {
  const body_hash = digest(bodyText);
  return {
    ...draft,
    body_hash,
    prev_hash: prevHash,
    hash: hashEnvelope({ ...draft, body_hash, prev_hash: prevHash }, digest),
  };
}

/**
 * @param options.hasBody false for an op whose body was removed by retention: its envelope alone is checked
 * @returns the first thing that does not fit, or null
 */
export function findOpDefect(
  op: Envelope & { body: unknown; hash: string },
  prevHash: string,
  digest: Digest,
  { hasBody = true }: { hasBody?: boolean } = {},
): 'body-hash' | 'prev-hash' | 'hash' | null {
  if (hasBody && sealedBody(op, digest) === null) return 'body-hash';
  if (op.prev_hash !== prevHash) return 'prev-hash';
  return hashEnvelope(op, digest) === op.hash ? null : 'hash';
}

/** @returns the canonical text of the body when it has the hash that the op names, or null */
export function sealedBody({ body, body_hash }: { body: unknown; body_hash: string }, digest: Digest): string | null {
  const text = canonicalText(body);
  return text !== null && digest(text) === body_hash ? text : null;
}

/** A body that has no canonical text, being too deep, has no hash either. */
function canonicalText(body: unknown): string | null {
  try {
    return canonicalJson(body);
  } catch {
    return null;
  }
}

/** Also of a kind that this program does not know. */
type Envelope = Omit<Op, 'body' | 'hash' | 'kind'> & { kind: string };

function hashEnvelope(op: Envelope, digest: Digest): string {
  const { actor, at, base_ver, body_hash, device, epoch, hlc, kind, op_id, prev_hash, seq, stream } = op;
  // In the order of their names: canonicalJson then has nothing to sort.
  return digest(
    canonicalJson({ actor, at, base_ver, body_hash, device, epoch, hlc, kind, op_id, prev_hash, seq, stream }),
  );
}

export function streamOf(op: { stream: string }): { kind: string; id: string } {
  const colon = op.stream.indexOf(':');
  return { kind: op.stream.slice(0, colon), id: op.stream.slice(colon + 1) };
}

/** @returns the stream of the case that a fact with a stream of its own is about */
export function caseOf(op: { body: unknown }): string | null {
  const { body } = op;
  const isFact = typeof body === 'object' && body !== null && 'caseId' in body && typeof body.caseId === 'string';
  return isFact ? `case:${body.caseId}` : null;
}

export function isKind<K extends OpKind>(op: Op, kind: K): op is Op<K> {
  return op.kind === kind;
}
