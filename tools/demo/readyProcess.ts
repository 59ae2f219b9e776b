import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const LAST_WORDS = 5;

/**
 * Starts a Node script and waits for the JSON of its first line.
 * @param onLog lines of its stderr
 * @throws Error with its last lines when it ends before it is ready
 */
export async function startReadyProcess<T>(
  args: readonly string[],
  onLog: (line: string) => void,
): Promise<{ ready: T; child: ChildProcess; stop(): Promise<void> }> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = once(child, 'exit');
  const lastWords: string[] = [];
  const log = createInterface({ input: child.stderr }).on('line', (line) => {
    lastWords.push(line);
    if (lastWords.length > LAST_WORDS) lastWords.shift();
    onLog(line);
  });
  const early = Promise.all([gone, once(log, 'close')]).then(([[code]]) => {
    throw new Error(`${args[1]} ended with ${String(code)} before it was ready: ${lastWords.join(' | ')}`);
  });
  early.catch(() => {});
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([once(lines, 'line'), early])) as [string];
  return {
    ready: JSON.parse(line) as T,
    child,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await gone;
    },
  };
}
