/**
 * What came of it, or null when it goes on after the caller has waited long enough. Nobody is told of an error then: what
 * became of it stands elsewhere.
 */
export async function unlessSlow<T>(work: Promise<T>, patienceMs: number): Promise<T | null> {
  const slow = Promise.withResolvers<null>();
  const timer = setTimeout(() => slow.resolve(null), patienceMs);
  work.catch(() => {});
  return Promise.race([work, slow.promise]).finally(() => clearTimeout(timer));
}
