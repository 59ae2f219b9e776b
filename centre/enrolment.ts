import { randomBytes, randomInt } from 'node:crypto';
import type { EnrolRequest } from '../contract/sync.ts';
import { secretHash } from './digest.ts';
import type { DeviceKind, EnrolmentRefusal } from './store/deviceTypes.ts';
import type { CentreStore } from './store/types.ts';

/** Without 0 O 1 I L: the code is read aloud and typed. 16 of 31 signs are 79 bits, far beyond guessing over a line. */
const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_GROUPS = 4;
const GROUP_LENGTH = 4;
const DEFAULT_TTL_MINUTES = 60;
const MAX_TTL_MINUTES = 31 * 24 * 60;

export interface EnrolmentOrder {
  /** The terminal the code is for, such as `W07`. */
  terminal: string;
  hall: string;
  /** Default: a terminal. The hub of a hall is a `relay`. */
  kind?: DeviceKind | undefined;
  /** Default 60, at most a month. */
  ttlMinutes?: number | undefined;
}

/**
 * Makes a code that enrols one terminal once. The store keeps its hash only.
 * @throws RangeError when terminal, hall or time are not acceptable
 */
export async function createEnrolmentCode(
  store: CentreStore,
  { terminal, hall, kind = 'terminal', ttlMinutes = DEFAULT_TTL_MINUTES }: EnrolmentOrder,
  now: () => number,
): Promise<string> {
  if (!/^[A-Z]\d{2}$/.test(terminal)) throw new RangeError('terminal: expected a letter and two digits, such as W07');
  assertHall(hall);
  if (!(ttlMinutes > 0 && ttlMinutes <= MAX_TTL_MINUTES)) throw new RangeError(`ttlMinutes: 0 to ${MAX_TTL_MINUTES}`);
  const groups = Array.from({ length: CODE_GROUPS }, () =>
    Array.from({ length: GROUP_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join(''),
  );
  const code = groups.join('-');
  await store.addEnrolmentCode({
    codeHash: secretHash(code),
    terminal,
    hall,
    kind,
    expiresAt: Math.round(now() + ttlMinutes * 60_000),
  });
  return code;
}

/** @throws RangeError for what could not be a hall of a configuration file (contract/config.ts) */
export function assertHall(hall: string): void {
  if (!/^[a-z0-9-]{1,40}$/.test(hall)) throw new RangeError('hall: expected small letters, digits and -');
}

/** Spends a code. The token is told once and kept as a hash. */
export async function redeemCode(
  store: CentreStore,
  { code, device, terminal, publicKey }: EnrolRequest,
  now: number,
): Promise<{ ok: true; token: string; hall: string } | { ok: false; reason: EnrolmentRefusal }> {
  const token = randomBytes(32).toString('base64url');
  const result = await store.enrol({
    codeHash: secretHash(code.trim().toUpperCase()),
    device,
    terminal,
    tokenHash: secretHash(token),
    publicKey: publicKey ?? null,
    now,
  });
  return result.ok ? { ok: true, token, hall: result.hall } : result;
}
