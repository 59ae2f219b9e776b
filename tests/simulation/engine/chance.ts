import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import type { Random } from './random.ts';

/** What stands before the 32 bytes of a private key (RFC 8410, 7). */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Randomness of Node's own modules and of `Math`, from the seed. @returns puts the real one back */
export function installChance(random: Random): () => void {
  const real = {
    randomBytes: crypto.randomBytes,
    randomUUID: crypto.randomUUID,
    randomInt: crypto.randomInt,
    generateKeyPairSync: crypto.generateKeyPairSync,
  };
  const { random: mathRandom } = Math;
  let keys = 0;
  const replaced = {
    randomBytes: (size: number) => random.bytes(size),
    randomUUID: () => {
      const bytes = random.bytes(16);
      bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
      bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
      return toUuid(bytes);
    },
    randomInt: (from: number, to?: number) => (to === undefined ? random.int(0, from) : random.int(from, to)),
    generateKeyPairSync: (type: string) => {
      if (type !== 'ed25519') throw new Error(`a key of kind ${type} is not made by the seed`);
      // Not of the seed: what a key is changes nothing that happens, and what happens is not to change with a key more.
      keys += 1;
      const key = Buffer.concat([ED25519_PKCS8, crypto.createHash('sha256').update(`key ${keys}`).digest()]);
      const privateKey = crypto.createPrivateKey({ key, format: 'der', type: 'pkcs8' });
      return { privateKey, publicKey: crypto.createPublicKey(privateKey) };
    },
  };
  Object.assign(crypto, replaced);
  Math.random = () => random.next();
  syncBuiltinESMExports();
  return () => {
    Object.assign(crypto, real);
    Math.random = mathRandom;
    syncBuiltinESMExports();
  };
}

export function toUuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
