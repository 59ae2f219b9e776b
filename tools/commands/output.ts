/** One JSON line on stdout: what another program reads. */
export function printLine(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Calls `end` once for the usual ways to stop a program, then exits with 0. */
export function endOnSignal(end: () => Promise<void>): void {
  let isEnding = false;
  const stop = async () => {
    if (isEnding) return;
    isEnding = true;
    await end();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
}
