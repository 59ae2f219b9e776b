import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { Readable } from 'node:stream';
import timers from 'node:timers/promises';
import { type Life, livesNow } from '../scope.ts';
import type { VirtualTime } from '../virtualTime.ts';
import type { Wire } from './wire.ts';

type Listener = (message: IncomingMessage) => void;

const real = {
  request: http.request as (...given: unknown[]) => ClientRequest,
  fetch: globalThis.fetch,
  delay: timers.setTimeout,
  timeout: AbortSignal.timeout,
};

let current: { wire: Wire; time: VirtualTime } | null = null;

/** From here on simulated code speaks HTTP over this wire. @returns takes it out again */
export function installWire(wire: Wire, time: VirtualTime): () => void {
  current = { wire, time };
  return () => {
    current = null;
  };
}

/** Null: real code, or none of a simulated machine. */
function here(): { wire: Wire; time: VirtualTime; life: Life } | null {
  const life = livesNow();
  return life && current ? { ...current, life } : null;
}

function request(...given: [string | URL | RequestOptions, ...(RequestOptions | Listener)[]]): ClientRequest {
  const at = here();
  if (!at) return real.request(...given);
  const [first, ...rest] = given;
  const onResponse = rest.find((each): each is Listener => typeof each === 'function');
  const isAddress = typeof first === 'string' || first instanceof URL;
  const options: RequestOptions = isAddress ? { ...optionsOf(new URL(first)), ...rest[0] } : first;
  const { hostname, host, timeout, method = 'GET', path, headers = {} } = options;
  at.wire.noteRequest(at.life, { method, path: String(path), headers: headers as Record<string, unknown> });
  const createConnection = () => {
    const socket = at.wire.connect(at.life, String(hostname ?? host).toUpperCase());
    return timeout ? socket.setTimeout(timeout) : socket;
  };
  // A connection for each request: one that is kept would outlive its machine.
  return real.request({ ...options, agent: undefined, createConnection }, onResponse);
}

function fetchBy(...[url, init = {}]: Parameters<typeof fetch>): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers, signal, body: given } = init;
    const asked = request(new URL(String(url)), { method, headers: Object.fromEntries(new Headers(headers)) });
    signal?.addEventListener('abort', () => asked.destroy(signal.reason as Error), { once: true });
    asked.on('error', reject);
    asked.on('response', (message) => {
      const isEmpty = message.statusCode === 204 || message.statusCode === 304;
      const body = isEmpty ? null : (Readable.toWeb(message) as ReadableStream);
      const answered = message.headers as Record<string, string>;
      resolve(new Response(body, { status: message.statusCode ?? 0, headers: answered }));
    });
    asked.end(given);
  });
}

function delay(ms = 0, value?: unknown, { signal }: { signal?: AbortSignal } = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(value), ms);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

/**
 * What a program takes from Node to speak HTTP goes over the wire when it runs on a simulated machine, and the time-outs it sets
 * for that pass by simulated time. Done once, before packages are loaded that keep `request` for themselves.
 */
http.request = request as typeof http.request;
globalThis.fetch = (...given) => (here() ? fetchBy(...given) : real.fetch(...given));
timers.setTimeout = ((...given: [number]) => (here() ? delay(...given) : real.delay(...given))) as typeof real.delay;
AbortSignal.timeout = (ms) => {
  const at = here();
  if (!at) return real.timeout(ms);
  const controller = new AbortController();
  at.time.after(ms, () => controller.abort(new DOMException('it took too long', 'TimeoutError')), at.life);
  return controller.signal;
};
syncBuiltinESMExports();

function optionsOf({ hostname, port, pathname, search }: URL): RequestOptions {
  return { hostname, port, path: `${pathname}${search}` };
}
