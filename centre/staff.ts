import { argon2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import { opBodies } from '../contract/ops.ts';
import { type OpDraft, type StaffRole, sealOp } from '../domain/ledger/op.ts';
import { sha256Hex } from './digest.ts';
import type { Published } from './ingest.ts';
import { chainHead, planPush } from './ledger/plan.ts';
import { WorkingLedger } from './ledger/workingLedger.ts';
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
    const { device, epoch } = store.self;
    const stream = known.findStaffByNumber(hall, body.data.number) ?? `staff:${uuidv7()}`;
    const head = chainHead(ledger, device, epoch);
    const at = now();
    const seq = head.seq + 1;
    const draft: OpDraft<'staff.upserted'> = {
      op_id: uuidv7(),
      device,
      epoch,
      seq,
      kind: 'staff.upserted',
      stream,
      base_ver: known.findEntity(stream)?.entity.record.version ?? 0,
      actor: 'system',
      at: new Date(at).toISOString(),
      // Counting on with the chain keeps stamps of one millisecond apart, whichever process made them.
      hlc: `${at.toString(16).padStart(12, '0')}-${(seq & 0xffff).toString(16).padStart(4, '0')}`,
      body: body.data,
    };
    const op = { ...sealOp(draft, head.hash, sha256Hex), body: { ...body.data } };
    const verdict = planPush(ledger, { author: { device, hall, centre: true }, epoch, ops: [op] }, at);
    if (verdict.kind !== 'taken' || verdict.results[0]?.outcome !== 'applied') {
      throw new Error(`staff change was ${verdict.kind === 'taken' ? verdict.results[0]?.code : verdict.kind}`);
    }
    const decision = ledger.decision();
    return { decision, value: decision.scopes };
  });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
