import { hash } from 'node:crypto';

/** SHA-256 of a UTF-8 text, lower-case hex: the `Digest` of the chain (domain/ledger/op.ts). */
export function sha256Hex(text: string): string {
  return hash('sha256', text);
}
