import { createHash } from 'node:crypto';
import type { EnrolAnswer } from '../contract/sync.ts';
import { readMeta, removeMeta, writeMeta } from '../db/meta.ts';
import type { Store } from '../db/store.ts';
import { makeSigningKey, SigningKey } from '../signing/key.ts';
import type { CentreApi } from './centreApi.ts';
import { CentreError } from './centreError.ts';

export interface Enrolment {
  /** First address of the hubs: a token belongs to one hall. */
  home: string;
  terminal: string;
  code: string;
}

/** Whether this code was spent by this machine: whoever is refused tries a new one, and no old one again. */
export function isSpent({ db }: Store, code: string): boolean {
  return readMeta(db, 'hub-code') === codeHash(code);
}

/**
 * Joins by a one-time code, with a new key: that of an earlier enrolment may be the reason for this one. What waits here goes
 * out under the new one, which signs the chain as a whole.
 * @throws CentreError
 */
export async function enrol(store: Store, api: CentreApi, { home, terminal, code }: Enrolment): Promise<void> {
  const key = keyFor(store, code);
  const { publicKey } = SigningKey.open(key);
  const request = { code, device: store.ledger.device, terminal };
  const answer: EnrolAnswer = await api.enrol({ ...request, publicKey }).catch((error: unknown) => {
    // A program from before there were keys refuses what it does not know, and has not spent the code.
    if (error instanceof CentreError && error.kind === 'protocol') return api.enrol(request);
    throw error;
  });
  store.ledger.transact(() => {
    writeMeta(store.db, 'hub-url', home);
    writeMeta(store.db, 'hub-token', answer.token);
    writeMeta(store.db, 'hub-code', codeHash(code));
    removeMeta(store.db, 'joining-code');
    removeMeta(store.db, 'joining-key');
    store.identity.signBy(key);
    if (answer.authority && !store.identity.believe(answer.authority.device, answer.authority.publicKey))
      throw new CentreError('refused', 'the key of the centre is not the one that is known here');
  });
}

/** Kept before it is shown: when the answer is lost, the code is spent for this key, and for no other. */
function keyFor({ db, ledger }: Store, code: string): string {
  const known = readMeta(db, 'joining-code') === codeHash(code) ? readMeta(db, 'joining-key') : null;
  if (known !== null) return known;
  const made = makeSigningKey();
  ledger.transact(() => {
    writeMeta(db, 'joining-code', codeHash(code));
    writeMeta(db, 'joining-key', made);
  });
  return made;
}

function codeHash(code: string): string {
  return createHash('sha256').update(code.trim().toUpperCase()).digest('hex');
}
