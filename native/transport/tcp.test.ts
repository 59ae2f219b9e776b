import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openTransport } from './open.ts';
import type { Transport } from './types.ts';

const servers: Server[] = [];
const sockets: Socket[] = [];
const opened: Transport[] = [];

async function serve(onClient: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    sockets.push(socket);
    onClient(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `tcp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

async function open(port: string): Promise<Transport> {
  const transport = await openTransport({ port, baudRate: 9600 });
  opened.push(transport);
  return transport;
}

function ends(transport: Transport): string[] {
  const reasons: string[] = [];
  transport.onClose((reason) => reasons.push(reason));
  return reasons;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((transport) => transport.close()));
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

describe('a serial device server', () => {
  it('carries bytes both ways and closes', async () => {
    const far: Buffer[] = [];
    const port = await serve((socket) => socket.on('data', (bytes) => far.push(bytes) && socket.write('pong')));
    const transport = await open(port);
    const received: Uint8Array[] = [];
    transport.onData((bytes) => received.push(bytes));
    const reasons = ends(transport);
    await transport.write(Buffer.from('ping'));
    await vi.waitFor(() => expect(Buffer.concat(received).toString()).toBe('pong'));
    expect(Buffer.concat(far).toString()).toBe('ping');
    await Promise.all([transport.close(), transport.close()]);
    expect(reasons).toEqual(['closed']);
    await expect(transport.write(Buffer.from('x'))).rejects.toMatchObject({ code: 'closed' });
  });

  it('hands over what was written before it was closed', async () => {
    const far: Buffer[] = [];
    const port = await serve((socket) => socket.on('data', (bytes) => far.push(bytes)));
    const transport = await open(port);
    await transport.write(Buffer.alloc(50_000, 1));
    await transport.close();
    await vi.waitFor(() => expect(Buffer.concat(far).length).toBe(50_000));
  });

  it.each(['end', 'destroy', 'resetAndDestroy'] as const)('that ends with %s is noticed once', async (how) => {
    const clients: Socket[] = [];
    const transport = await open(await serve((socket) => clients.push(socket)));
    const reasons = ends(transport);
    clients[0]?.[how]();
    await vi.waitFor(() => expect(reasons).toEqual([how === 'resetAndDestroy' ? 'error' : 'disconnected']));
    await transport.close();
    expect(reasons).toHaveLength(1);
  });

  it('that takes nothing gets nothing afterwards either: what was held back is dropped with the connection', async () => {
    const held = Promise.withResolvers<Socket>();
    const port = await serve((socket) => {
      socket.pause();
      held.resolve(socket);
    });
    // Time on the wire is left out, so that only the patience counts.
    const transport = await openTransport({ port, baudRate: 1e12 });
    opened.push(transport);
    const socket = await held.promise;
    let received = 0;
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const bytes = new Uint8Array(32 * 1024 * 1024);
    await expect(transport.write(bytes, 100)).rejects.toMatchObject({ code: 'deadline' });
    const closed = transport.close();
    socket.on('data', (data) => {
      received += data.length;
    });
    socket.resume();
    await Promise.all([closed, ended]);
    expect(received).toBeLessThan(bytes.length);
  });

  it('that is used by another program is busy', async () => {
    const port = await serve((socket) => socket.end('Port already in use\r\n'));
    await expect(open(port)).rejects.toMatchObject({ code: 'port-busy' });
  });

  it('that speaks RFC 2217 is told from one in raw mode', async () => {
    const port = await serve((socket) => socket.write(Buffer.from('fffb03fffd03', 'hex')));
    await expect(open(port)).rejects.toMatchObject({ code: 'wrong-mode' });
  });

  it('that closes at once is refused', async () => {
    await expect(open(await serve((socket) => socket.destroy()))).rejects.toMatchObject({ code: 'refused' });
  });

  it('that does not listen is refused, an unusable address is missing', async () => {
    const port = await serve(() => {});
    await new Promise((resolve) => servers.pop()?.close(resolve));
    await expect(open(port)).rejects.toMatchObject({ code: 'refused' });
    await expect(open('tcp://127.0.0.1:0')).rejects.toMatchObject({ code: 'port-missing' });
    await expect(open(`tcp://${'x'.repeat(70)}:4001`)).rejects.toMatchObject({ code: 'port-missing' });
  });
});
