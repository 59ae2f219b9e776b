import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** This very command, run again as `yichuang centre`. */
const COMMAND = import.meta.filename.endsWith('.ts')
  ? path.resolve(import.meta.dirname, '../yichuang.ts')
  : import.meta.filename;

export interface CentreProcess {
  url: string;
  child: ChildProcess;
  stop(): Promise<void>;
}

/**
 * Starts a centre in a process of its own and waits for its ready line.
 * @param onLog lines of its stderr
 * @throws Error when it ends before it is ready
 */
export async function startCentreProcess(
  dataDir: string,
  port: number,
  onLog: (line: string) => void,
): Promise<CentreProcess> {
  const args = [COMMAND, 'centre', '--data', dataDir, '--port', String(port)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = once(child, 'exit');
  createInterface({ input: child.stderr }).on('line', onLog);
  const early = gone.then(([code]) => {
    throw new Error(`the centre ended with ${String(code)} before it was ready`);
  });
  early.catch(() => {});
  const [line] = (await Promise.race([once(createInterface({ input: child.stdout }), 'line'), early])) as [string];
  const { url } = JSON.parse(line) as { url: string };
  return {
    url,
    child,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await gone;
    },
  };
}
