import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { TerminalRole } from '../contract/config.ts';
import { toWireError, YichuangError } from '../contract/errors.ts';
import type { ServicePush } from '../contract/serviceProtocol.ts';
import { Admission, equal } from './admission.ts';
import { servePage } from './pageServer.ts';

export interface RpcServerOptions {
  call: (connection: string, role: TerminalRole, method: string, input: unknown) => Promise<unknown>;
  closeConnection: (connection: string) => void;
  role: TerminalRole;
  /** Carried by the first message of every program that connects. */
  token: string;
  /** Built pages to serve beside the RPC; absent: RPC only. */
  pagesDir?: string | undefined;
  /** 0 picks a free one. */
  port: number;
}

const request = z.strictObject({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string().max(64), z.number()]),
  method: z.string().max(64),
  params: z.record(z.string(), z.unknown()).default({}),
});

const MAX_MESSAGE_BYTES = 1024 * 1024;
const HELLO_DEADLINE_MS = 5_000;
const CLOSE_UNAUTHORISED = 4401;

/**
 * JSON-RPC 2.0 over WebSocket on the loopback address (design.md §9): for terminals without Electron, for tests, and
 * for a page opened in a browser of this machine. Nothing is answered before `session.hello` brought the token.
 */
export class RpcServer {
  readonly #options: RpcServerOptions;
  readonly #http: Server;
  readonly #sockets = new Map<string, WebSocket>();
  readonly #admission = new Admission();

  private constructor(options: RpcServerOptions) {
    this.#options = options;
    this.#http = createServer((incoming, response) => {
      if (!this.#isLocalHost(incoming)) {
        response.writeHead(421).end();
      } else if (!this.#admission.serve(incoming, response)) {
        servePage(incoming, response, { pagesDir: options.pagesDir, webSocketOrigin: `ws://127.0.0.1:${this.port}` });
      }
    });
    const sockets = new WebSocketServer({
      server: this.#http,
      path: '/rpc',
      maxPayload: MAX_MESSAGE_BYTES,
      verifyClient: ({ req, origin }: { req: IncomingMessage; origin?: string }) =>
        this.#isLocalHost(req) && (!origin || origin === `http://127.0.0.1:${this.port}`),
    });
    sockets.on('connection', (socket, incoming) => this.#accept(socket, this.#admission.isAdmitted(incoming)));
  }

  /** @throws NodeJS.ErrnoException `EADDRINUSE` when the port is taken */
  static async listen(options: RpcServerOptions): Promise<RpcServer> {
    const server = new RpcServer(options);
    await new Promise<void>((resolve, reject) => {
      server.#http.once('error', reject);
      server.#http.listen(options.port, '127.0.0.1', () => {
        server.#http.removeListener('error', reject);
        resolve();
      });
    });
    return server;
  }

  get port(): number {
    return (this.#http.address() as AddressInfo | null)?.port ?? 0;
  }

  get rpcUrl(): string {
    return `ws://127.0.0.1:${this.port}/rpc`;
  }

  /** The address of the page for one browser of this machine; it works once. */
  get pageUrl(): string {
    return `http://127.0.0.1:${this.port}${this.#admission.path}`;
  }

  deliver({ connection, event, payload }: ServicePush): void {
    const message = JSON.stringify({ jsonrpc: '2.0', method: 'event', params: { event, payload } });
    const targets = connection === null ? [...this.#sockets.values()] : [this.#sockets.get(connection)];
    for (const socket of targets) if (socket?.readyState === WebSocket.OPEN) socket.send(message);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.values()) socket.terminate();
    this.#http.closeAllConnections();
    await new Promise<void>((resolve) => this.#http.close(() => resolve()));
  }

  /** A page of another origin that points its name at 127.0.0.1 is not served. */
  #isLocalHost(incoming: IncomingMessage): boolean {
    return incoming.headers.host === `127.0.0.1:${this.port}`;
  }

  /** @param isAdmitted the browser that came in by the printed address; a program brings the token instead */
  #accept(socket: WebSocket, isAdmitted: boolean): void {
    // Random: a name that came again after a restart would inherit the session of another page.
    const connection = `ws-${randomUUID()}`;
    const helloTimer = setTimeout(() => socket.close(CLOSE_UNAUTHORISED), HELLO_DEADLINE_MS);
    let isKnown = false;
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(helloTimer);
      this.#sockets.delete(connection);
      if (isKnown) this.#options.closeConnection(connection);
    });
    socket.on('message', async (data) => {
      const parsed = request.safeParse(parseJson(String(data)));
      if (!parsed.success) {
        socket.send(failure(null, new YichuangError('bad-input')));
        return;
      }
      const { id, method, params } = parsed.data;
      if (!isKnown) {
        if (method !== 'session.hello' || !(isAdmitted || this.#isToken(params.token))) {
          socket.close(CLOSE_UNAUTHORISED);
          return;
        }
        isKnown = true;
        clearTimeout(helloTimer);
        this.#sockets.set(connection, socket);
      }
      try {
        const result = await this.#options.call(connection, this.#options.role, method, params);
        socket.send(JSON.stringify({ jsonrpc: '2.0', id, result }));
      } catch (error) {
        socket.send(failure(id, error));
      }
    });
  }

  #isToken(token: unknown): boolean {
    return typeof token === 'string' && equal(token, this.#options.token);
  }
}

const RPC_CODES: Partial<Record<string, number>> = { 'unknown-method': -32601, 'bad-input': -32602 };

function failure(id: string | number | null, error: unknown): string {
  const { code, message, details } = toWireError(error);
  return JSON.stringify({
    jsonrpc: '2.0',
    id,
    error: { code: RPC_CODES[code] ?? -32000, message, data: { code, details } },
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
