import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { YichuangError } from '../../contract/errors.ts';

/** Longer than anything that is said. */
const DEADLINE_MS = 45_000;

export interface RunOptions {
  /** Raised: the program is ended. */
  signal: AbortSignal;
  /** Beside the environment of this process. */
  env?: Record<string, string>;
  input?: string;
}

/**
 * Runs a program to its end, or until the signal is raised.
 * @throws YichuangError `voice-program-missing`, `voice-failed` when it ended with an error or took too long
 */
export function runProgram([program = '', ...args]: readonly string[], options: RunOptions): Promise<void> {
  if (options.signal.aborted) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'ignore', 'ignore'],
      env: { ...process.env, ...options.env },
      windowsHide: true,
      signal: AbortSignal.any([options.signal, AbortSignal.timeout(DEADLINE_MS)]),
      killSignal: 'SIGKILL',
    });
    let failure: Error | null = null;
    child.once('error', (error: NodeJS.ErrnoException) => {
      failure = new YichuangError(error.code === 'ENOENT' ? 'voice-program-missing' : 'voice-failed');
      // A program that could not be started never closes.
      if (child.pid === undefined) reject(failure);
    });
    child.once('close', (code) => {
      if (options.signal.aborted) resolve();
      else if (failure !== null || code !== 0)
        reject(failure ?? new YichuangError('voice-failed', { details: { code } }));
      else resolve();
    });
    // A program that ends before it has read everything says so by its exit code.
    child.stdin?.on('error', () => {});
    child.stdin?.end(options.input);
  });
}

/** @param searchPath as in `PATH` @returns the first of `names` that can be run */
export function findProgram<N extends string>(names: readonly N[], searchPath = process.env.PATH ?? ''): N | null {
  const folders = searchPath.split(path.delimiter).filter((folder) => folder !== '');
  return names.find((name) => folders.some((folder) => isExecutable(path.join(folder, name)))) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
