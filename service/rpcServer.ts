import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { TerminalRole } from '../contract/config.ts';
import { YichuangError } from '../contract/errors.ts';
import type { ServicePush } from '../contract/serviceProtocol.ts';
import type { Access } from './access/access.ts';
import { servePage } from './pageServer.ts';
import { failure, readRequest } from './rpcFrames.ts';
import { MAX_UNREAD_BYTES, SocketRegister } from './socketRegister.ts';

export interface RpcServerOptions {
  call: (connection: string, role: TerminalRole, method: string, input: unknown) => Promise<unknown>;
  closeConnection: (connection: string) => void;
  role: TerminalRole;
  access: Access;
  /** Built pages to serve beside the RPC; absent: RPC only. */
  pagesDir?: string | undefined;
  host?: string;
  /** 0 picks a free one. */
  port: number;
  /** PEM; absent: plain HTTP. */
  tls?: { cert: string; key: string } | undefined;
}

const MAX_MESSAGE_BYTES = 1024 * 1024;
const HELLO_DEADLINE_MS = 5_000;
/** For the headers of a request: who sends them by the byte does not hold a connection for ever. */
const HEADERS_DEADLINE_MS = 10_000;
/** Calls of one socket that have no answer yet; a page has a handful. */
const MAX_UNDER_WAY = 64;
const CLOSE_UNAUTHORISED = 4401;
const CLOSE_TOO_MUCH = 1008;

/**
 * JSON-RPC 2.0 over WebSocket and the pages that speak it (design.md §9). Who may come in is the business of `access`;
 * nothing is answered before `session.hello`.
 */
export class RpcServer {
  readonly #options: RpcServerOptions;
  readonly #http: Server;
  readonly #sockets: SocketRegister;

  private constructor(options: RpcServerOptions) {
    this.#options = options;
    const { access, tls } = options;
    this.#sockets = new SocketRegister({ access, onGone: options.closeConnection });
    this.#http = tls ? createHttpsServer({ ...tls, minVersion: 'TLSv1.2' }) : createHttpServer();
    this.#http.headersTimeout = HEADERS_DEADLINE_MS;
    this.#http.requestTimeout = HEADERS_DEADLINE_MS;
    this.#http.maxConnections = access.maxSockets.total * 2;
    this.#http.on('request', (incoming, response) => {
      if (!access.isOurHost(incoming)) {
        response.writeHead(421).end();
      } else if (!access.serve(incoming, response)) {
        const webSocketOrigin = `${tls ? 'wss' : 'ws'}://${incoming.headers.host ?? ''}`;
        servePage(incoming, response, { pagesDir: options.pagesDir, webSocketOrigin, headers: access.pageHeaders });
      }
    });
    const server = new WebSocketServer({
      server: this.#http,
      path: '/rpc',
      maxPayload: MAX_MESSAGE_BYTES,
      verifyClient: ({ req }: { req: IncomingMessage }, answer: (ok: boolean, code?: number) => void) => {
        if (!access.isOurHost(req)) answer(false, 421);
        else if (!access.isOurOrigin(req)) answer(false, 403);
        else if (!this.#sockets.hasRoom(addressOf(req))) answer(false, 503);
        else answer(true);
      },
    });
    // What goes wrong with the port is told by `listen`; here it would end the process.
    server.on('error', () => {});
    server.on('connection', (socket, incoming) => this.#accept(socket, incoming));
  }

  /** @throws NodeJS.ErrnoException `EADDRINUSE` when the port is taken */
  static async listen(options: RpcServerOptions): Promise<RpcServer> {
    const server = new RpcServer(options);
    await new Promise<void>((resolve, reject) => {
      server.#http.once('error', reject);
      server.#http.listen(options.port, options.host ?? '127.0.0.1', () => {
        server.#http.removeListener('error', reject);
        resolve();
      });
    });
    return server;
  }

  get port(): number {
    return (this.#http.address() as AddressInfo | null)?.port ?? 0;
  }

  deliver({ connection, event, payload }: ServicePush): void {
    this.#sockets.send(
      connection,
      event,
      JSON.stringify({ jsonrpc: '2.0', method: 'event', params: { event, payload } }),
    );
  }

  async close(): Promise<void> {
    const ended = this.#sockets.close();
    this.#http.closeAllConnections();
    await ended;
    await new Promise<void>((resolve) => this.#http.close(() => resolve()));
  }

  #accept(socket: WebSocket, incoming: IncomingMessage): void {
    const address = addressOf(incoming);
    const helloTimer = setTimeout(() => socket.close(CLOSE_UNAUTHORISED), HELLO_DEADLINE_MS);
    let connection: string | null = null;
    let underWay = 0;
    this.#sockets.add(socket, address);
    socket.on('error', () => {});
    socket.on('close', (code) => {
      clearTimeout(helloTimer);
      this.#sockets.remove(socket, code);
    });
    socket.on('message', async (data) => {
      if (socket.bufferedAmount > MAX_UNREAD_BYTES) {
        socket.terminate();
        return;
      }
      const request = readRequest(textOf(data));
      if (!request) {
        socket.send(failure(null, new YichuangError('bad-input')));
        return;
      }
      const { id, method, params } = request;
      if (connection === null) {
        connection = method === 'session.hello' ? this.#options.access.nameConnection(incoming, params) : null;
        if (connection === null) {
          socket.close(CLOSE_UNAUTHORISED);
          return;
        }
        clearTimeout(helloTimer);
        this.#sockets.name(socket, connection);
      }
      if (underWay >= MAX_UNDER_WAY) {
        socket.close(CLOSE_TOO_MUCH);
        return;
      }
      underWay += 1;
      socket.send(await this.#answer(connection, address, id, method, params));
      underWay -= 1;
    });
  }

  async #answer(
    connection: string,
    address: string,
    id: string | number,
    method: string,
    params: Record<string, unknown>,
  ): Promise<string> {
    const { access, role, call } = this.#options;
    try {
      const result = await access.around({ connection, address, method }, () => call(connection, role, method, params));
      return JSON.stringify({ jsonrpc: '2.0', id, result });
    } catch (error) {
      return failure(id, error);
    }
  }
}

function addressOf(incoming: IncomingMessage): string {
  return incoming.socket.remoteAddress ?? '';
}

function textOf(data: RawData): string {
  return Array.isArray(data) ? Buffer.concat(data).toString() : Buffer.from(data as Buffer).toString();
}
