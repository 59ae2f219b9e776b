import { argon2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import { opBodies } from '../contract/ops.ts';
import type { StaffRole } from '../domain/staff/roles.ts';
import type { Published } from './ingest.ts';
import { WorkingLedger } from './ledger/workingLedger.ts';
import { takeOwnOp } from './office/ownOp.ts';
import type { CentreStore } from './store/types.ts';

const derive = promisify(argon2);

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;

/** @returns PHC string of argon2id: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, base64 without padding */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive('argon2id', { ...COST, message: Buffer.from(password, 'utf8'), nonce, tagLength: 32 });
  const { memory, passes, parallelism } = COST;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`;
}

export interface StaffChange {
  /** The number on the badge; the same number again changes that person. */
  number: string;
  name: string;
  roles: StaffRole[];
  password: string;
  /** False for someone who has left; default true. */
  active?: boolean;
}

/**
 * Adds or changes a member of staff, as an op in the centre's own chain: it reaches the terminals of the hall like any
 * other row, and they can check a login with the centre away.
 * @returns the scopes that have a new row
 * @throws RangeError when number, name, roles or password are not acceptable; the values are not repeated
 */
export async function upsertStaff(
  store: CentreStore,
  hall: string,
  { password, active = true, ...person }: StaffChange,
  now: () => number,
): Promise<Published[]> {
  if (password === '') throw new RangeError('staff: the password is empty');
  const body = opBodies['staff.upserted'].safeParse({ ...person, active, passwordHash: await hashPassword(password) });
  if (!body.success) {
    throw new RangeError(`staff: ${body.error.issues.map(({ path }) => path.join('.') || 'unknown key').join(', ')}`);
  }

  return store.write([], (known) => {
    const ledger = new WorkingLedger(known);
    const stream = known.findStaffByNumber(hall, body.data.number) ?? `staff:${uuidv7()}`;
    const own = { hall, kind: 'staff.upserted', stream, actor: 'system', body: body.data } as const;
    const refused = takeOwnOp(ledger, store.self, own, now());
    if (refused !== null) throw new Error(`staff change was refused: ${refused}`);
    const decision = ledger.decision();
    return { decision, value: decision.scopes };
  });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
