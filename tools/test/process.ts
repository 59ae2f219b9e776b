import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Command {
  command: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
}

export type Outcome = { ok: true } | { ok: false; reason: string };

/** In the environment of everything a run of the tests starts, so that leftovers are found again. */
const MARK = 'YICHUANG_TEST_RUN';

/**
 * Runs a command with its output streamed, in a process group of its own, and ends whatever it leaves behind.
 * A command that is killed, runs past its limit or cannot be started has failed.
 */
export async function runCommand(
  { command, args, env }: Command,
  options: { cwd: string; limitMs: number; onLeftovers?: (count: number) => void },
): Promise<Outcome> {
  const mark = `${process.pid}-${process.hrtime.bigint()}`;
  const child = spawn(command, [...args], {
    cwd: options.cwd,
    env: { ...process.env, ...env, [MARK]: mark },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: process.platform !== 'win32',
  });
  const interrupt = (signal: NodeJS.Signals): void => {
    killTree(child, mark);
    process.kill(process.pid, signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, interrupt);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    killTree(child, mark);
  }, options.limitMs);
  try {
    const reason = await new Promise<string | null>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => {
        if (code === 0) resolve(null);
        else resolve(signal ? `ended by ${signal}` : `exit code ${code}`);
      });
    });
    if (late) return { ok: false, reason: `did not end within ${Math.round(options.limitMs / 1000)} s` };
    return reason === null ? { ok: true } : { ok: false, reason };
  } finally {
    clearTimeout(timer);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, interrupt);
    const leftovers = killTree(child, mark);
    if (leftovers > 0) options.onLeftovers?.(leftovers);
  }
}

/** @returns how many processes were still there (Linux; elsewhere 0) */
function killTree(child: ChildProcess, mark: string): number {
  if (child.pid === undefined) return 0;
  if (process.platform === 'win32') {
    if (child.exitCode === null && child.signalCode === null) {
      spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    }
    return 0;
  }
  const left = markedProcesses(mark);
  tryKill(-child.pid);
  for (const pid of left) tryKill(pid);
  return left.length;
}

function markedProcesses(mark: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && environmentOf(pid).includes(`${MARK}=${mark}\0`));
}

/** Empty for a process that has ended or belongs to somebody else. */
function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}
