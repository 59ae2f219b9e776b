import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** The terminal of the pages that the centre's own command serves beside it; nobody else comes in by the door inside. */
export const INSIDE_TERMINAL = 'C01';

const inside = new WeakSet<Socket>();

/** For a whole request to arrive, ms. */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * A second way in, plain and on this machine only: what is served beside the centre has no certificate of its own to show, and
 * need not know by whom the centre's is signed. A token is asked for as everywhere.
 * @param app not yet listening; the door closes with it
 * @returns its address
 */
export async function openInsideDoor(app: FastifyInstance): Promise<string> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) =>
    app.routing(request, response),
  );
  server.on('connection', (socket) => inside.add(socket));
  app.addHook('onClose', async () => {
    server.close();
    server.closeAllConnections();
  });
  await app.ready();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Whether somebody came in by that door. */
export function isInside(socket: Socket): boolean {
  return inside.has(socket);
}
