import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readMeta, writeMeta } from '../../db/meta.ts';
import type { Store } from '../../db/store.ts';

/**
 * The Ed25519 key by which a pre-review terminal signs passports. Made at its first start; the private part never leaves
 * the encrypted database, the public one is told to the hall.
 */
export class Signer {
  readonly #key: KeyObject;
  /** Raw, base64url. */
  readonly publicKey: string;

  private constructor(key: KeyObject) {
    this.#key = key;
    this.publicKey = String(createPublicKey(key).export({ format: 'jwk' }).x);
  }

  /** @returns the key of these data, and the stream that changed when it had to be announced */
  static open({ db, hall, ledger }: Store, terminal: string): { signer: Signer; changed: string[] } {
    return ledger.transact(() => {
      const sealed = readMeta(db, 'signer-key') ?? makeKey();
      writeMeta(db, 'signer-key', sealed);
      const key = createPrivateKey({ key: Buffer.from(sealed, 'base64'), format: 'der', type: 'pkcs8' });
      const signer = new Signer(key);
      const announced = hall.read('signer', ledger.device);
      const body = { terminal, publicKey: signer.publicKey };
      const isKnown =
        announced?.type === 'signer' &&
        announced.record.publicKey === body.publicKey &&
        announced.record.terminal === terminal;
      if (isKnown) return { signer, changed: [] };
      const stream = `signer:${ledger.device}`;
      ledger.append({ kind: 'signer.announced', stream, actor: 'system', body });
      return { signer, changed: [stream] };
    });
  }

  /** @returns 64 bytes */
  sign(data: Uint8Array): Uint8Array {
    return sign(null, data, this.#key);
  }
}

function makeKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
}
