/**
 * Prints under way, by what is printed and on which printer. A double click is one print; the same slip asked for on the
 * other printer waits its turn, so that no two prints have one number.
 */
const running = new Map<string, { printer: string; done: Promise<unknown> }>();

/** @param what kind and case */
export function printOnce<T>(printer: 'ticket' | 'office', what: string, print: () => Promise<T>): Promise<T> {
  const before = running.get(what);
  if (before?.printer === printer) return before.done as Promise<T>;
  const done = (before ? before.done.then(print, print) : print()).finally(() => {
    if (running.get(what)?.done === done) running.delete(what);
  });
  running.set(what, { printer, done });
  return done;
}
