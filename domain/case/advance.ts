import type { PrintedThrough } from '../blanks/types.ts';
import type { Lane, LaneEvent, Route } from './lanes.ts';
import type {
  CertificateRecord,
  Express,
  FeeLine,
  MissingPaper,
  Receiver,
  StatutoryGround,
  VoidReason,
} from './progress.ts';
import type { MaterialTaken } from './types.ts';

/** What each transition after the window's first decision carries. Steps before that are part of `case.accepted`. */
export interface AdvanceData {
  T11: { /** The notice of refusal was never printed: the law takes the case for accepted. */ deemed: true };
  T12: Record<never, never>;
  T14: { route: Route };
  T15: { missing: MissingPaper[] /** Local calendar day, ISO. */; deadline: string };
  T16: { received: MaterialTaken[] };
  T17: { reason: string };
  T18: { text: string /** Last local calendar day of the period, ISO. */; until: string };
  T19: Record<never, never>;
  T20: { reason: string };
  T21: { reason: string };
  T22: { report: string };
  T23: { opinion: string };
  T24: { opinion: string };
  T25: Record<never, never>;
  T26: Record<never, never>;
  /** Numbers are given by the centre while it makes the op; none for an item without output. */
  T27: { certificates: Pick<CertificateRecord, 'number' | 'kind' | 'holders'>[] };
  /** One blank for every certificate that has none. */
  T28: {
    blanks: { number: string; blank: string }[];
    /** For a printer that keeps a journal; absent: by hand. */
    through?: PrintedThrough | undefined;
  };
  T29: Record<never, never>;
  T30: SpoiledBlank;
  T31: { opinion: string };
  T32: SpoiledBlank;
  T33: { window: string };
  T34: { receiver: Receiver; slipReturned: boolean };
  T35: Record<never, never>;
  T36: { express: Express };
  T37: { proof: string };
  T38: Record<never, never>;
  T39: { list: string };
  T40: { reason: string /** Names of the applicants who signed. */; signed: string[] };
  T41: { ground: StatutoryGround; reason: string };
  T45: { note: string /** The registration whose mortgage secures the loan. */; linkedCaseId?: string | undefined };
}

export interface SpoiledBlank {
  blank: string;
  reason: VoidReason;
  note: string;
  /** Staff number of the second person. */
  witness: string;
}

export type AdvanceId = keyof AdvanceData;

/** Body of `case.advanced`. */
export type Advance = { [T in AdvanceId]: { transition: T; data: AdvanceData[T] } }[AdvanceId];

/** What the lanes FEE, TAX and the rest find; only FEE carries money. */
export interface LaneChange {
  lane: Lane;
  event: LaneEvent;
  /** The finding for `done`, the reason for `return`, `block` and `skip`. */
  note?: string | undefined;
  /** FEE `done` only. */
  fee?: { lines: FeeLine[]; payer: string } | undefined;
}
