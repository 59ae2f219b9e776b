import type { FrameFinder } from '../line/requestLine.ts';
import { REPLY } from './dialect.ts';

const KNOWN = new Set<number>(Object.values(REPLY));

/** Answers of speech modules are single bytes without a frame; what is none of them is dropped. */
export class ReplyFinder implements FrameFinder<number> {
  readonly held = 0;

  push(bytes: Uint8Array): number[] {
    return [...bytes].filter((byte) => KNOWN.has(byte));
  }

  expire(): number[] {
    return [];
  }

  reset(): number {
    return 0;
  }
}
