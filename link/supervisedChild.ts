import { type ChildProcess, fork } from 'node:child_process';
import { YichuangError } from '../contract/errors.ts';
import { type CallHandler, type EventHandler, type MessagePipe, Peer } from './peer.ts';

export interface SupervisedChildOptions {
  name: string;
  /** Script to run. */
  entry: string;
  /** The bundled Node 24; never Electron's own binary. */
  execPath: string;
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Sent as the call `start` right after every start; the child is `up` when it answers. */
  start: () => Promise<unknown> | unknown;
  startDeadlineMs?: number;
  onCall?: CallHandler;
  onEvent?: EventHandler;
  onState?: (state: ChildState) => void;
  /** The child answered `start` with an error of contract/errors.ts. */
  onRefused?: (error: YichuangError) => void;
  /** One line of the child's stderr. */
  onLog?: (line: string) => void;
}

export type ChildState = 'starting' | 'up' | 'restarting' | 'stopped';

const BACK_OFF_FIRST_MS = 200;
const BACK_OFF_MAX_MS = 10_000;
/** A child that stayed up this long starts again from the first back-off step. */
const STEADY_MS = 30_000;

/**
 * A forked process that is kept alive: restarted with back-off, pending calls rejected when it goes, a new readiness
 * promise for every start. Calls made while it restarts wait for it, within their own deadline.
 */
export class SupervisedChild {
  readonly #options: SupervisedChildOptions;
  #child: ChildProcess | null = null;
  #peer: Peer | null = null;
  #ready = Promise.withResolvers<Peer>();
  #backOffMs = BACK_OFF_FIRST_MS;
  #restartTimer: NodeJS.Timeout | null = null;
  #stopped = false;
  #state: ChildState = 'starting';

  constructor(options: SupervisedChildOptions) {
    this.#options = options;
    this.#ready.promise.catch(() => {});
    this.#spawn();
  }

  get state(): ChildState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async call(method: string, params: unknown, deadlineMs: number): Promise<unknown> {
    const startedAt = performance.now();
    const peer = await withDeadline(this.#ready.promise, deadlineMs, method);
    return peer.call(method, params, Math.max(1, deadlineMs - (performance.now() - startedAt)));
  }

  /** An event to the child; dropped while it is not up, since a new one knows nothing of what the event is about. */
  emit(event: string, payload: unknown): void {
    if (this.#state === 'up') this.#peer?.emit(event, payload);
  }

  /** Asks the child to end; kills it after `graceMs`. */
  async stop(graceMs = 3000): Promise<void> {
    this.#stopped = true;
    if (this.#restartTimer) clearTimeout(this.#restartTimer);
    this.#setState('stopped');
    this.#ready.reject(new YichuangError('service-restarting'));
    const child = this.#child;
    if (!child || child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    if (child.connected) child.disconnect();
    // On Windows this signal ends a process at once; there the closed pipe is the request.
    if (process.platform !== 'win32') child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await gone;
    clearTimeout(timer);
  }

  /** Ends a child that hangs; supervision starts a new one. */
  restart(): void {
    this.#child?.kill('SIGKILL');
  }

  #spawn(): void {
    const { entry, execPath, args = [], env = {}, onCall, onEvent, onLog } = this.#options;
    const startedAt = performance.now();
    const child = fork(entry, [...args], {
      execPath,
      env: { ...copyEnv(process.env), ...env },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'json',
    });
    this.#child = child;
    if (child.stderr && onLog) eachLine(child.stderr, onLog);
    const peer = new Peer(childPipe(child), { ...(onCall && { onCall }), ...(onEvent && { onEvent }) });
    this.#peer = peer;
    const gone = (): void => {
      peer.close(new YichuangError('service-restarting'));
      if (this.#stopped || this.#child !== child) return;
      this.#child = null;
      if (this.#state === 'up') {
        this.#ready = Promise.withResolvers<Peer>();
        this.#ready.promise.catch(() => {});
      }
      this.#setState('restarting');
      if (performance.now() - startedAt > STEADY_MS) this.#backOffMs = BACK_OFF_FIRST_MS;
      this.#restartTimer = setTimeout(() => this.#spawn(), this.#backOffMs);
      this.#backOffMs = Math.min(this.#backOffMs * 2, BACK_OFF_MAX_MS);
    };
    child.once('exit', gone);
    // One that could not be started has no pid and never exits; other errors (a signal not sent) change nothing.
    child.on('error', () => {
      if (child.pid === undefined) gone();
    });
    // A child without its pipe hears nothing more; it is as good as gone.
    child.once('disconnect', () => {
      if (!this.#stopped) child.kill('SIGKILL');
    });
    void this.#handshake(peer, child);
  }

  async #handshake(peer: Peer, child: ChildProcess): Promise<void> {
    try {
      const params = await this.#options.start();
      await peer.call('start', params, this.#options.startDeadlineMs ?? 15_000);
      if (this.#peer !== peer || this.#stopped) return;
      this.#setState('up');
      this.#ready.resolve(peer);
    } catch (error) {
      if (this.#peer === peer && error instanceof YichuangError) this.#options.onRefused?.(error);
      child.kill('SIGKILL');
    }
  }

  #setState(state: ChildState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState?.(state);
  }
}

/** The parent's end of the pipe, seen from a forked process. */
export function parentPipe(): MessagePipe {
  return {
    send: (message) => {
      if (process.connected) process.send?.(message);
    },
    onMessage: (listener) => {
      process.on('message', listener);
    },
  };
}

function childPipe(child: ChildProcess): MessagePipe {
  return {
    send: (message) => {
      if (child.connected) child.send(message as object, () => {});
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
  };
}

function copyEnv(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function eachLine(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}

function withDeadline<T>(promise: Promise<T>, deadlineMs: number, method: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new YichuangError('deadline', { details: { method } })), deadlineMs);
    promise.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
