import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { within } from '../fixtures/within.ts';

/** Processes of the `yichuang` command that are ended the hard way, and started again on the same data. */

export interface Command {
  /** What is started: the node options, if any, and the script. */
  script: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Before it, such as `ip netns exec NAME`. */
  prefix?: readonly string[];
}

/** The command of the checkout. */
export const COMMAND: Command = { script: [path.resolve(import.meta.dirname, '../../tools/yichuang.ts')] };

/** Longer than a start takes while many others are at work: it may have a long log to go through. */
const START_MS = 180_000;

/** What a process says once it serves. */
export type Ready = { url: string } | { rpc: string; token: string };

/** What is killed and started again. */
export interface Mortal {
  /** Set when it ended without being told to. */
  readonly crash: Error | null;
  /** Of the last start. */
  readonly ready: Promise<unknown>;
  start(): Promise<unknown>;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export class Machine<Said = { url: string }> implements Mortal {
  readonly #command: Command;
  readonly #args: readonly string[];
  #child: ChildProcess | null = null;
  #gone: Promise<unknown> = Promise.resolve();
  #log = '';
  crash: Error | null = null;
  ready: Promise<Said> = Promise.reject(new Error('not started'));

  constructor(command: Command, args: readonly string[]) {
    this.#command = command;
    this.#args = args;
    this.ready.catch(() => {});
  }

  /** What it wrote on stderr in all its lives. */
  get log(): string {
    return this.#log;
  }

  /** @returns when it is ready; rejects when it ends before. Further arguments are for this start alone. */
  start(...more: string[]): Promise<Said> {
    const { script, env, prefix = [] } = this.#command;
    const [program = '', ...args] = [...prefix, process.execPath, ...script, ...this.#args, ...more];
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    this.#child = child;
    let own = '';
    child.stderr.on('data', (chunk) => {
      own += chunk;
      this.#log += chunk;
    });
    const gone = once(child, 'exit').then(([code, signal]) => {
      const end = new Error(`${this.#args.join(' ')}\nended with ${String(code ?? signal)}:\n${own}`);
      if (!child.killed) this.crash ??= end;
      if (this.#child === child) this.#child = null;
      return end;
    });
    this.#gone = gone;
    const ready = Promise.race([
      once(createInterface({ input: child.stdout }), 'line').then(([line]) => JSON.parse(String(line)) as Said),
      gone.then((end) => Promise.reject(end)),
    ]);
    this.ready = within(ready, () => `the ready line of ${this.#args.join(' ')}; it said:\n${own}`, START_MS);
    this.ready.catch(() => {});
    return this.ready;
  }

  /** SIGKILL, at any moment of its life; one that has ended is as wanted. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#gone;
  }

  async stop(): Promise<void> {
    this.#child?.kill('SIGTERM');
    await within(this.#gone, () => `${this.#args.join(' ')} to end; it said:\n${this.#log}`, START_MS);
  }
}
