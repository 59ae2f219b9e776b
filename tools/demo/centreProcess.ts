import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { COMMAND } from '../commands/installation.ts';

export interface CentreProcess {
  url: string;
  /** Of the back office for browsers; null when it was not asked for. */
  officeUrl: string | null;
  child: ChildProcess;
  stop(): Promise<void>;
}

/**
 * Starts a centre in a process of its own and waits for its ready line.
 * @param officePort of the back office for browsers; null: without
 * @param onLog lines of its stderr
 * @throws Error when it ends before it is ready
 */
export async function startCentreProcess(
  dataDir: string,
  port: number,
  officePort: number | null,
  onLog: (line: string) => void,
): Promise<CentreProcess> {
  const office = officePort === null ? [] : ['--office-port', String(officePort), '--office-demo'];
  const args = [COMMAND, 'centre', '--data', dataDir, '--port', String(port), ...office];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = once(child, 'exit');
  createInterface({ input: child.stderr }).on('line', onLog);
  const early = gone.then(([code]) => {
    throw new Error(`the centre ended with ${String(code)} before it was ready`);
  });
  early.catch(() => {});
  const [line] = (await Promise.race([once(createInterface({ input: child.stdout }), 'line'), early])) as [string];
  const { url, office: officeUrl = null } = JSON.parse(line) as { url: string; office?: string };
  return {
    url,
    officeUrl,
    child,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await gone;
    },
  };
}
