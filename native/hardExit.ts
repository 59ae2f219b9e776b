/**
 * Ends this process although one of its calls hangs in the operating system. `process.exit` would wait for the thread
 * of that call, for ever.
 */
export function exitHung(reason: string): void {
  console.error(JSON.stringify({ event: 'process.hung', reason }));
  process.kill(process.pid, 'SIGKILL');
}
