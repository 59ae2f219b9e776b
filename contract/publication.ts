import type { z } from 'zod';

/** What a centre publishes to every hall was written by hand: each wrong cell is named. */
export class PublicationError extends Error {
  override name = 'PublicationError';
  readonly problems: { path: string; message: string }[];

  constructor(problems: { path: string; message: string }[]) {
    super(problems.map((problem) => `${problem.path}: ${problem.message}`).join('\n'));
    this.problems = problems;
  }
}

/** @throws PublicationError naming every wrong cell by its path; `(root)` for the whole */
export function parsePublication<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new PublicationError(
    result.error.issues.map((issue) => ({
      path: [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys : [])].join('.') || '(root)',
      message: issue.message,
    })),
  );
}

/** Places of values that stood before already. */
export function findRepeated(values: readonly string[]): number[] {
  return values.flatMap((value, at) => (values.indexOf(value) < at ? [at] : []));
}
