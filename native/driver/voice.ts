import type { Driver } from './types.ts';

/** One announcement, as pieces and as the sentence they make (domain/announcement/sentence.ts). */
export interface Utterance {
  readonly pieces: readonly string[];
  readonly text: string;
  /** For the elder: a third slower, in the same voice. */
  readonly slow: boolean;
}

/** What speaks in a zone. */
export interface Voice extends Driver {
  /**
   * Resolves when it was spoken to the end, or was broken off.
   * @param signal raised: falls silent as soon as it can
   * @throws YichuangError `voice-refused`, `voice-failed`, `device-offline`
   */
  speak(utterance: Utterance, signal: AbortSignal): Promise<void>;
}

/** By how much slow speech is longer; of a third it is still one voice, and understood better (users.md §C.16). */
export const SLOWER = 1.3;
