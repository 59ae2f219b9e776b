import type { OpEnvelope } from '../../contract/ops.ts';
import type { RelayDevice, RelayEntry } from '../../contract/relay.ts';
import type { BecameOfAnswer, BecameOfRequest, OpOutcome, OutcomesAnswer } from '../../contract/sync.ts';
import type { EnrolledDevice } from './deviceTypes.ts';

/** How the hub of a hall reaches the centre. */
export interface Upstream {
  url: string;
  hall: string;
  /** Null until the hub is enrolled. */
  token: string | null;
  /** Device id of the centre to which the cursors belong; null: none yet. */
  device: string | null;
}

export interface ForwardEntry extends RelayEntry {
  logPosition: number;
}

/** What the centre said of an op of ours. */
export interface CentreAnswer {
  logPosition: number;
  outcome: 'applied' | 'parked' | 'rejected' | 'refused';
  code: string | null;
}

/** An op that is held here, and of which the centre has said that it is parked. */
export interface ParkedAtCentre {
  logPosition: number;
  device: string;
  epoch: number;
  seq: number;
}

/** Whose an op is, and its number; nothing of what it says. */
export interface LoneRow {
  device: string;
  epoch: number;
  seq: number;
  kind: string;
}

/**
 * Scopes of the centre that are read anew, because what was read of them is not what it has. Rows that are not met again then
 * are lone: the centre has lost them, and nobody has sent them again. None is removed, since it may be the only copy.
 */
export interface UnmetStore {
  /** The scope is read from the beginning; what was published here of it is looked for. */
  readAnew(scope: string): void;
  /** The past of the scope comes as a snapshot, without what is long over: that is not looked for. */
  noteSnapshot(scope: string): void;
  /** All of the scope has been read. @returns what was not met, but for what waits to be forwarded */
  endReading(scope: string): LoneRow[];
  /** Rows that are here alone, but for what waits to be forwarded. */
  countLone(): number;
  /** The same, after a place in the log. */
  loneRows(after: number, limit: number): (LoneRow & { logPosition: number; opId: string; bodyHash: string })[];
  /** Cases of which a row is here alone and has effect, and in which something waits. */
  overtakenCases(): string[];
  /** The case of a row; null: it is of none. */
  caseOfRow(logPosition: number): string | null;
  /** What was published of a case, in its order. */
  stepsOf(stream: string): PublishedStep[];
  /** The centre has these and has refused them: nobody needs to send them again. */
  dropLone(logPositions: readonly number[]): void;
}

/** An op of a stream at its place. */
export interface PublishedStep {
  logPosition: number;
  op: OpEnvelope;
  outcome: OpOutcome;
  /** The centre has lost it, and nobody has sent it again. */
  isLone: boolean;
}

/** What a hub keeps beside a centre's data (docs/adr/0022), and what the centre tells a hub. */
export interface RelayStore extends UnmetStore {
  /** Null in the data of a centre. */
  upstream(): Upstream | null;
  /** Another address is another centre, and asks for another enrolment. */
  setUpstream(url: string, hall: string): void;
  saveToken(token: string, hall: string): void;
  /** With another centre than before, its scopes are read from the beginning. */
  saveUpstreamDevice(device: string): void;

  /** Whoever was ever enrolled in a hall, with the ends of their chains. */
  devicesOfHall(hall: string): RelayDevice[];
  /** A device that is in service. */
  findDevice(id: string): EnrolledDevice | null;
  /** The hall of a device, in service or not; null when it was never enrolled. */
  hallOfDevice(device: string): string | null;
  /** Name of a terminal; undefined: a hub, or nobody who is known. */
  terminalOf(device: string): string | undefined;
  /** Takes over the centre's list of a hall; who is not on it is no longer in service. */
  takeDevices(hall: string, devices: readonly RelayDevice[], now: number): void;
  /** Takes in whom nobody knows here yet, from another hub: about all others the centre has told. */
  addDevices(hall: string, devices: readonly RelayDevice[], now: number): void;

  /** Ops of which the centre has not said that it has them, in log order; at least one when there is one. */
  toForward(limit: { rows: number; bytes: number }): ForwardEntry[];
  /** How many they are. */
  countToForward(): number;
  /**
   * What the centre lacks of chains that are here is to be forwarded again, whichever way it came here: from where the centre
   * stands as far as there is no hole. @returns how many ops
   */
  forwardAgain(devices: readonly RelayDevice[]): number;
  /** @returns the devices that wrote these ops */
  recordAnswers(answers: readonly CentreAnswer[]): string[];
  /** In log order. */
  parkedAtCentre(): ParkedAtCentre[];
  cursorOf(scope: string): number;
  /** Of everything read of a scope up to its cursor (domain/ledger/scopeDigest.ts). */
  digestOf(scope: string): string;

  /** Of ops of a chain after `after`, in order, up to the first that is held. */
  outcomesAfter(device: string, epoch: number, after: number, limit: number): OutcomesAnswer['results'];
  /** Of ops of this hall, by name and content; null where there is none. */
  becameOf(hall: string, ops: BecameOfRequest['ops']): BecameOfAnswer['results'];
  /** Goes on with a new chain of its own: the centre has more of the old one than these data. */
  beginEpoch(above: number): void;
}
