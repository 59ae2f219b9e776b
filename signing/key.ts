import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** An Ed25519 key that signs. */
export class SigningKey {
  readonly #key: KeyObject;
  /** Raw, base64url. */
  readonly publicKey: string;

  private constructor(key: KeyObject) {
    this.#key = key;
    this.publicKey = String(createPublicKey(key).export({ format: 'jwk' }).x);
  }

  /** @param sealed PKCS #8, base64 @throws Error when it is no Ed25519 key */
  static open(sealed: string): SigningKey {
    const key = createPrivateKey({ key: Buffer.from(sealed, 'base64'), format: 'der', type: 'pkcs8' });
    if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 key');
    return new SigningKey(key);
  }

  /** @returns base64url */
  sign(text: string): string {
    return sign(null, Buffer.from(text), this.#key).toString('base64url');
  }

  /** As `sign`, on a thread of the pool. */
  signAside(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      sign(null, Buffer.from(text), this.#key, (error, signature) => {
        if (error) reject(error);
        else resolve(signature.toString('base64url'));
      });
    });
  }
}

/** @returns a new private key, PKCS #8, base64: for an encrypted store or a file of its own, and nowhere else */
export function makeSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
}
