import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import type { Random } from './random.ts';

/** Randomness of Node's own modules and of `Math`, from the seed. @returns puts the real one back */
export function installChance(random: Random): () => void {
  const real = {
    randomBytes: crypto.randomBytes,
    randomUUID: crypto.randomUUID,
    randomInt: crypto.randomInt,
  };
  const { random: mathRandom } = Math;
  const replaced = {
    randomBytes: (size: number) => random.bytes(size),
    randomUUID: () => {
      const bytes = random.bytes(16);
      bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
      bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
      return toUuid(bytes);
    },
    randomInt: (from: number, to?: number) => (to === undefined ? random.int(0, from) : random.int(from, to)),
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
