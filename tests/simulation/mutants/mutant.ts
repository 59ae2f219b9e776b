/** A planted bug: a piece of the program's source, and what stands there instead. */
export interface Edit {
  /** From the root of the repository. */
  file: string;
  /** Occurs exactly once. */
  find: string;
  replace: string;
}

export interface Mutant {
  name: string;
  /** What is wrong with the program then. */
  says: string;
  /** Where its 50 seeds begin; default 1. For what happens in few runs. */
  from?: number;
  /** The one of its 50 seeds that found it last, and is asked first (`isFound.ts`); default the first of them. */
  seenAt?: number;
  edits: readonly Edit[];
}
