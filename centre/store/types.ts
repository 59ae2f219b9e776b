import type { OpEnvelope } from '../../contract/ops.ts';
import type { OpOutcome } from '../../contract/sync.ts';
import type { Catalogue } from '../../domain/catalogue/types.ts';
import type { Entity } from '../../domain/ledger/reduce.ts';
import type { Drawer, DrawerDay, KnownBlanks, PackRange } from './blankTypes.ts';
import type { EnrolledDevice, EnrolmentAttempt, EnrolmentCode, EnrolmentRefusal } from './deviceTypes.ts';
import type { BookingKeyStore, KnownHall } from './hallTypes.ts';
import type { HubRole, HubStore } from './hubTypes.ts';
import type { IdentityStore, KnownSignedHead } from './identityTypes.ts';
import type { PaymentStore } from './paymentTypes.ts';
import type { RelayStore } from './relayTypes.ts';
import type { ScopeStore } from './scopeTypes.ts';
import type { WaitingChanges, WaitingStore } from './waitingTypes.ts';

/**
 * What the centre asks of a database; rules live in centre/ledger/. One implementation (sqlStore.ts) serves SQLite and
 * PostgreSQL.
 */
export interface CentreStore
  extends PaymentStore,
    BookingKeyStore,
    RelayStore,
    HubStore,
    ScopeStore,
    IdentityStore,
    WaitingStore {
  /** The centre's own device and epoch: it authors ops like any terminal. */
  readonly self: { device: string; epoch: number };
  /** Rises when it shows that these data are an older copy: what was given away before that is not given again. */
  readonly dataEpoch: number;
  /**
   * From here on own ops are a chain of their own, until this store is closed: where the whole disk was put back, others may
   * have ops under the numbers that would come next.
   * @param above such as the seconds since 1970: above every chain that is not known here any more
   */
  beginChain(above: number): void;

  /**
   * One durable write transaction: `decide` sees the ledger under the write lock, and what it decides is stored whole
   * or not at all. Resolves only after COMMIT has reached the disk.
   * @param pushes what `decide` is going to look at
   * @throws StoreBusyError when another process holds the lock too long or the disk refuses; nothing was stored
   */
  write<T>(pushes: readonly Push[], decide: (known: KnownLedger) => { decision: Decision; value: T }): Promise<T>;

  /** What is known of a device's chains, outside a transaction. */
  readonly chains: Pick<KnownLedger, 'findHead' | 'newestEpoch' | 'findOp' | 'baseOf'>;
  /** Parked ops in log order, at most `limit`, from log position `after` on. */
  parkedOps(after: number, limit: number): Promise<ParkedOp[]>;
  /** Changes whenever another process has written. */
  outsideVersion(): number;

  addEnrolmentCode(code: EnrolmentCode): Promise<void>;
  /** Spends the code and stores the device in one transaction; a device known before gets the new token. */
  enrol(request: EnrolmentAttempt): Promise<{ ok: true; hall: string } | { ok: false; reason: EnrolmentRefusal }>;
  /** A device that is enrolled and not revoked. */
  findDeviceByToken(tokenHash: Uint8Array): Promise<(EnrolledDevice & { tokenHash: Uint8Array }) | null>;
  isDeviceActive(device: string): Promise<boolean>;
  /** Reads all that are enrolled at once: after a start they come back together, and each would be asked for by itself. */
  rememberDevices(): void;
  /** Machines in service that speak here themselves, and not through the hub of their hall. */
  countMachines(): number;
  /** @returns false when there is no such active device */
  revokeDevice(device: string, now: number): Promise<boolean>;

  /** Whether a scanned page of this hall has an image of this hash: only such images are taken in and given out. */
  isImageOf(hall: string, sha256: string): boolean;
  /** Streams of the cases whose public notice runs. */
  casesUnderNotice(): string[];
  stats(): { ops: number; cases: number; devices: number };
  listCases(): { number: string; opCount: number }[];
  close(): void;
}

export class StoreBusyError extends Error {
  override name = 'StoreBusyError';
}

export type { EnrolledDevice };

/** Who made a run of ops. Everything of one push belongs to one device and epoch. */
export interface Author {
  device: string;
  hall: string;
  /** The centre itself: the only one who may change staff. */
  centre: boolean;
  /** Of the device, such as `W07`; without it nothing is taken that only one terminal may say of itself. */
  terminal?: string | undefined;
}

export interface Push {
  author: Author;
  epoch: number;
  ops: readonly OpEnvelope[];
  /** Of its author over the last of these ops; checked already. */
  signed?: Pick<KnownSignedHead, 'signature' | 'publicKey'> | undefined;
  /** The epoch in which its author writes now; undefined: this one. */
  writesIn?: number | undefined;
}

export interface ChainHead {
  /** 0 and the genesis hash when nothing is stored yet. */
  seq: number;
  hash: string;
}

export interface Judgement {
  outcome: OpOutcome;
  /** Why it was not applied; null when it was. */
  code: string | null;
}

export interface KnownOp extends Judgement {
  hash: string;
  /** In the log; null while it is being taken. */
  logPosition: number | null;
}

/** What the log has of an op: where it stands first. */
export interface FirstOp extends Judgement {
  envelope: OpEnvelope;
  /** Null while it is being taken. */
  logPosition: number | null;
}

/** A projected stream and the hall that owns it. */
export interface HeldEntity {
  entity: Entity;
  hall: string;
}

/** What the ledger tells of the order within a stream while a group is decided. */
export interface ParkedOrder {
  isBehindParked(op: Pick<OpEnvelope, 'stream' | 'base_ver'>): boolean;
}

export interface KnownLedger {
  findHead(device: string, epoch: number): ChainHead | null;
  /** The newest epoch of a device that an op is known of; 0 for none. */
  newestEpoch(device: string): number;
  findOp(device: string, epoch: number, seq: number): KnownOp | null;
  /** Ops of a chain up to here went to the centre by another way: they are vouched for, and need not be here. 0: none. */
  baseOf(device: string, epoch: number): number;
  hasOpId(opId: string): boolean;
  /** Where an op stands first, and what became of it there. */
  findFirst(opId: string): FirstOp | null;
  findEntity(stream: string): HeldEntity | null;
  /** The hall that owns a projected stream: cheaper than the stream itself. Null where there is none. */
  hallOf(stream: string): string | null;
  /** Whether an op of this stream waits to be understood. */
  isParked(stream: string): boolean;
  /** Log positions of parked ops that others have already (`ParkedOp.isPublished`). Asks once for all of them. */
  publishedParked(): ReadonlySet<number>;
  /** Ops of this stream that wait to be understood, in log order. */
  parkedIn(stream: string): readonly ParkedOp[];
  /** @returns the stream of the case that holds this 受理编号 */
  findCaseByNumber(number: string): string | null;
  /** @returns the stream of the staff member with this number */
  findStaffByNumber(hall: string, number: string): string | null;
  scopeHead(scope: string): number;
  /** @returns the streams of a case's payments, in no order */
  findPaymentsOfCase(caseId: string): string[];
  /** @returns the stream of a payment of this hall that has this receipt */
  findPaymentByReceipt(hall: string, receipt: string): string | null;
  /** @returns the streams of the registrations accepted for this loan, in no order */
  findLinkedCases(loanId: string): string[];
  /** @returns the catalogue published under this version, or null */
  findCatalogue(version: string): Catalogue | null;
  /** The last number given in a series of certificates; 0 for none. */
  lastOf(series: string): number;
  readonly blanks: KnownBlanks;
  /** @returns the stream of the op with this id */
  findOpStream(opId: string): string | null;
  readonly hall: KnownHall;
}

export interface NewOp extends Judgement {
  op: OpEnvelope;
  /** Canonical, where somebody has made it already; null: to be made from the op. */
  bodyText: string | null;
  /** Of its author when it came. */
  hall: string;
  receivedAt: number;
  places: Place[];
  /** From a scope of the centre, not from its author. */
  mirrored: boolean;
  /** This hub is to hand it on to the centre. */
  forward: boolean;
  /** It is known already, under another number. */
  isRepeat: boolean;
}

export interface Place {
  scope: string;
  pos: number;
}

export interface LoggedOp {
  logPosition: number;
  op: OpEnvelope;
  author: Author;
}

export interface ParkedOp extends LoggedOp {
  /** Others have it: it came by a scope of the centre, or was parked by a program that still published such ops. */
  isPublished: boolean;
}

/** Everything one write transaction changes. */
export interface Decision {
  /** In log order. */
  newOps: NewOp[];
  heads: { device: string; epoch: number; head: ChainHead }[];
  entities: { stream: string; held: HeldEntity }[];
  scopes: { scope: string; hall: string; head: number }[];
  /** Series of certificate numbers, each with the number given last. */
  sequences: { series: string; last: number }[];
  /** `days` are to be added to what is stored of the same drawer and day. */
  blanks: { packs: PackRange[]; days: DrawerDay[]; counts: (Drawer & { day: string; stream: string })[] };
  /** Parked ops that are understood now, and held ones of which the centre has decided; these get their places now. */
  settled: (Judgement & { logPosition: number; op: OpEnvelope; places: Place[] })[];
  /** Log positions of ops that the centre is known to have. */
  reached: number[];
  /** Log positions of ops that stand in a scope of the centre, under whichever number. */
  met: number[];
  /** Log positions of ops that were here, and are this hub's to forward from now on. */
  handedOn: number[];
  /** Read so far of the centre's scopes. */
  cursors: { scope: string; pos: number; digest: string }[];
  /** Checked already. */
  signedHeads: readonly KnownSignedHead[];
  /** Where chains begin here, vouched for by another hub. */
  bases: { device: string; epoch: number; head: ChainHead }[];
  /** Read so far of the log of the active hub. */
  followed: number | null;
  /** The role from now on. */
  role: HubRole | null;
  /** Pushes that wait from now on, and that wait no more. */
  waiting?: WaitingChanges | undefined;
}
