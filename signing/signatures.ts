import { isSigned, isSignedSync } from './check.ts';
import type { SigningKey } from './key.ts';

/** How a machine that hears thousands checks and signs: each is 0.1 ms of a processor. */
export interface Signatures {
  isSigned(publicKey: string, text: string, signature: string): Promise<boolean>;
  sign(key: SigningKey, text: string): Promise<string>;
}

/** On the threads of the pool: the loop goes on meanwhile. */
export const POOLED: Signatures = { isSigned, sign: (key, text) => key.signAside(text) };

/** In the order in which it is asked, for a run that is to be repeated exactly. */
export const AT_ONCE: Signatures = {
  isSigned: async (...asked) => isSignedSync(...asked),
  sign: async (key, text) => key.sign(text),
};
