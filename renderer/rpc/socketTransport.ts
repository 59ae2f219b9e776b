import { isErrorCode, YichuangError } from '../../contract/errors.ts';
import type { MethodInput, MethodName, MethodOutput, TerminalInfo } from '../../contract/rpc.ts';
import { reconnectDelay } from './backoff.ts';
import type { RpcClient } from './client.ts';
import { Listeners } from './listeners.ts';

/** Longer than any deadline of the contract that a page uses (`identity.read`, 65 s). */
const GIVE_UP_MS = 70_000;

export interface SocketOptions {
  url: string;
  /** From `#token=…`; carried by every `session.hello`. */
  token: string | null;
  /** Names this page to an office server, which finds its session again after the line broke. */
  page?: string;
  /**
   * A line on which a call, or its opening, goes unanswered for this long is given up and made anew, ms. For pages that
   * nobody looks after; absent: calls wait as long as the contract lets them.
   */
  deadAfterMs?: number;
  open?: (url: string) => WebSocket;
  random?: () => number;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  timer: ReturnType<typeof setTimeout>;
}

interface Frame {
  id?: number;
  result?: unknown;
  error?: { message: string; data?: { code?: unknown; details?: unknown } };
  method?: string;
  params?: { event: string; payload: unknown };
}

/**
 * JSON-RPC 2.0 over WebSocket. The handshake (`session.hello` with the token) is made here on every connection, before
 * the state becomes `up`; its answer is handed to the page's next `session.hello`. Reconnects for ever.
 */
export function createSocketClient(options: SocketOptions): RpcClient & { close(): void } {
  const listeners = new Listeners();
  const waiting = new Map<number, Waiting>();
  const random = options.random ?? Math.random;
  let socket: WebSocket | null = null;
  let retry: ReturnType<typeof setTimeout> | null = null;
  let lastId = 0;
  let attempt = 0;
  let closed = false;
  let greeting: TerminalInfo | null = null;

  function request(method: string, params: unknown): Promise<unknown> {
    const current = socket;
    if (!current || current.readyState !== WebSocket.OPEN) {
      return Promise.reject(new YichuangError('service-restarting'));
    }
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(id);
        reject(new YichuangError('deadline'));
        if (options.deadAfterMs !== undefined) abandon(current);
      }, options.deadAfterMs ?? GIVE_UP_MS);
      waiting.set(id, { resolve, reject, timer });
      current.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    });
  }

  function connect(): void {
    retry = null;
    const opened = options.open ? options.open(options.url) : new WebSocket(options.url);
    socket = opened;
    if (options.deadAfterMs !== undefined) {
      const timer = setTimeout(() => {
        if (opened.readyState === WebSocket.CONNECTING) abandon(opened);
      }, options.deadAfterMs);
      opened.addEventListener('open', () => clearTimeout(timer));
    }
    opened.addEventListener('open', () => {
      request('session.hello', withSecrets({})).then(
        (info) => {
          attempt = 0;
          greeting = info as TerminalInfo;
          listeners.setState('up');
        },
        () => opened.close(),
      );
    });
    opened.addEventListener('message', (message) => receive(String(message.data)));
    opened.addEventListener('close', () => lost(opened));
    opened.addEventListener('error', () => opened.close());
  }

  function withSecrets(params: object): object {
    return {
      ...params,
      ...(options.token !== null && { token: options.token }),
      ...(options.page !== undefined && { page: options.page }),
    };
  }

  function receive(text: string): void {
    const frame = JSON.parse(text) as Frame;
    if (frame.method === 'event' && frame.params) {
      listeners.emit(frame.params.event, frame.params.payload);
      return;
    }
    const call = frame.id === undefined ? undefined : waiting.get(frame.id);
    if (frame.id === undefined || !call) return;
    waiting.delete(frame.id);
    clearTimeout(call.timer);
    if (frame.error) call.reject(toError(frame.error));
    else call.resolve(frame.result);
  }

  /** The goodbye of a dead line is not waited for either. */
  function abandon(dead: WebSocket): void {
    dead.close();
    lost(dead);
  }

  function lost(gone: WebSocket): void {
    if (socket !== gone) return;
    socket = null;
    greeting = null;
    for (const call of waiting.values()) {
      clearTimeout(call.timer);
      call.reject(new YichuangError('service-restarting'));
    }
    waiting.clear();
    if (closed) return;
    if (listeners.state() === 'up') listeners.setState('restarting');
    retry = setTimeout(connect, reconnectDelay(attempt, random()));
    attempt += 1;
  }

  connect();

  return {
    async call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
      if (method !== 'session.hello') return (await request(method, input)) as MethodOutput<M>;
      const first = greeting;
      greeting = null;
      return (first ?? (await request(method, withSecrets(input)))) as MethodOutput<M>;
    },
    on: (event, listener) => listeners.on(event, listener),
    state: () => listeners.state(),
    onState: (listener) => listeners.onState(listener),
    close() {
      closed = true;
      if (retry) clearTimeout(retry);
      socket?.close();
    },
  };
}

function toError(error: { message: string; data?: { code?: unknown; details?: unknown } }): YichuangError {
  const code = error.data?.code;
  return new YichuangError(isErrorCode(code) ? code : 'internal', {
    message: error.message,
    details: error.data?.details ?? null,
  });
}
