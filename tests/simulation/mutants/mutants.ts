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
  /** What is wrong with it. */
  says: string;
  edits: readonly Edit[];
}

export const MUTANTS: readonly Mutant[] = [];

/** @throws Error when there is no mutant of that name */
export function editsOf(name: string | undefined): readonly Edit[] {
  if (name === undefined) return [];
  const mutant = MUTANTS.find((each) => each.name === name);
  if (!mutant) throw new Error(`unknown mutant; there are ${MUTANTS.map((each) => each.name).join(', ')}`);
  return mutant.edits;
}
