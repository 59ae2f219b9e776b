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
  edits: readonly Edit[];
}
