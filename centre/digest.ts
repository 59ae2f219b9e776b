import { hash, timingSafeEqual } from 'node:crypto';

/** SHA-256 of a UTF-8 text as lower-case hex: the `Digest` the ledger of domain/ asks for. */
export function sha256Hex(text: string): string {
  return hash('sha256', text);
}

/** SHA-256 of a secret: what the store keeps of tokens and enrolment codes. */
export function secretHash(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}

/** Whether two hashes are equal, in a time that tells nothing about where they differ. */
export function equalHashes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
