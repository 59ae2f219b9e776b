/** A machine at which people work, or the hub of a hall. */
export type DeviceKind = 'terminal' | 'relay';

export interface EnrolledDevice {
  id: string;
  terminal: string;
  hall: string;
  kind: DeviceKind;
}

export interface EnrolmentCode {
  codeHash: Uint8Array;
  terminal: string;
  hall: string;
  kind: DeviceKind;
  /** Milliseconds since 1970, UTC. */
  expiresAt: number;
}

export interface EnrolmentAttempt {
  codeHash: Uint8Array;
  device: string;
  terminal: string;
  tokenHash: Uint8Array;
  /** In force from now on; null: of a program that does not sign. */
  publicKey: string | null;
  /** Milliseconds since 1970, UTC. */
  now: number;
}

export type EnrolmentRefusal = 'unknown-code' | 'used-code' | 'expired-code' | 'other-terminal';
