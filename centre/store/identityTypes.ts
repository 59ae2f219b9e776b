import type { SignedHead } from '../../contract/signing.ts';

/** By which a device signs. */
export interface DeviceKey {
  publicKey: string;
  /** What its author handed over before there was a key: its epoch and last number. */
  from: { epoch: number; seq: number };
}

/** A signed head with the key it was signed by. */
export interface KnownSignedHead extends SignedHead {
  publicKey: string;
}

/** A device as a supervisor sees it; instants in milliseconds since 1970. */
export interface ListedDevice {
  id: string;
  terminal: string;
  hall: string;
  kind: 'terminal' | 'relay';
  enrolledAt: number;
  /** Of its newest op; null: none came. */
  lastHeardAt: number | null;
  publicKey: string | null;
  revokedAt: number | null;
  /** It showed a receipt for more than is here: when, and for up to which op. */
  contradicted: { at: number; epoch: number; acked: number } | null;
}

/** Keys of devices, what they signed, and what was promised to them (docs/adr/0045). */
export interface IdentityStore {
  /** Null: these data have never signed. */
  ownKey(): string | null;
  /** The first call decides by which key these data sign. @returns the key that was recorded, which may be another */
  recordOwnKey(publicKey: string): string;
  /** Null: none is known, so nothing of this device needs a signature. */
  keyOf(device: string): DeviceKey | null;
  /** As `keyOf`, of a terminal; null for a hub, which answers for what it forwards by the request itself. */
  authorKeyOf(device: string): DeviceKey | null;
  /** Every key it ever had, the one in force first. */
  keysOf(device: string): string[];
  /** The same with where each begins, the oldest first. */
  keyHistoryOf(device: string): DeviceKey[];
  /** @returns false when another key stands already: only an enrolment brings a new one */
  registerKey(device: string, key: DeviceKey, now: number): boolean;
  /** Heads of a chain after a number, in order, at most up to another. */
  signedHeads(device: string, epoch: number, after: number, upTo: number): KnownSignedHead[];
  /** Of the other hub of the hall: for what this one may have to forward some day. */
  addSignedHeads(heads: readonly KnownSignedHead[]): void;
  /** A receipt of ours is for more than is here. */
  noteContradicted(device: string, epoch: number, acked: number, now: number): void;
  /** Somebody has looked at it. @returns false when there was nothing */
  settleContradiction(device: string): boolean;
  listDevices(): ListedDevice[];
}
