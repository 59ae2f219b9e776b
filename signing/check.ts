import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto';

/** Keys in use; of a centre some thousand terminals. */
const MAX_KNOWN = 20_000;
const known = new Map<string, KeyObject>();

function importKey(publicKey: string): KeyObject {
  const found = known.get(publicKey);
  if (found) return found;
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: publicKey } });
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(publicKey, key);
  return key;
}

/** Whether `text` was signed by the private part of `publicKey`; asked on a thread of the pool. Never throws. */
export function isSigned(publicKey: string, text: string, signature: string): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const bytes = Buffer.from(signature, 'base64url');
      verify(null, Buffer.from(text), importKey(publicKey), bytes, (error, ok) => resolve(!error && ok));
    } catch {
      resolve(false);
    }
  });
}

/** As `isSigned`, at once. */
export function isSignedSync(publicKey: string, text: string, signature: string): boolean {
  try {
    return verify(null, Buffer.from(text), importKey(publicKey), Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}

/** What people compare of a key: the first half of its SHA-256 in groups of four. */
export function fingerprint(publicKey: string): string {
  const digits = hash('sha256', Buffer.from(publicKey, 'base64url'), 'hex').slice(0, 32);
  return digits.match(/.{4}/g)?.join('-') ?? digits;
}
