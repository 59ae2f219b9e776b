import { execFile, execFileSync } from 'node:child_process';
import { connect, createServer, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openPtyPair } from '../../../tests/fixtures/pty.ts';
import { fromHex } from '../../../tests/fixtures/samVectors.ts';
import { startSer2net } from '../../../tests/fixtures/ser2net.ts';
import { openTransport } from '../open.ts';
import type { PortOptions, Transport } from '../types.ts';

/** Our client in front of ser2net, and pyserial in front of the same: two opinions of RFC 2217 that are not ours. */

const cleanUps: (() => Promise<unknown> | unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const eventually = <T>(check: () => T) => vi.waitFor(check, { timeout: 45_000 });

async function open(port: string, options: Partial<PortOptions> = {}): Promise<Transport> {
  const transport = await openTransport({ port, baudRate: 9600, ...options });
  cleanUps.push(() => transport.close());
  return transport;
}

function collect(transport: Transport): () => string {
  let bytes = '';
  transport.onData((chunk) => {
    bytes += Buffer.from(chunk).toString('hex');
  });
  return () => bytes;
}

async function startServer() {
  const pair = await openPtyPair();
  cleanUps.push(() => pair.close());
  const server = await startSer2net(pair.b);
  cleanUps.push(() => server.close());
  return { pair, server };
}

/** What a client sends to the server, in hex. */
async function tap(address: string): Promise<{ address: string; sent: () => string }> {
  const [host = '', port = ''] = address.split(':');
  let sent = '';
  const sockets: Socket[] = [];
  const proxy = createServer((near) => {
    const far = connect(Number(port), host);
    sockets.push(near, far);
    for (const socket of [near, far]) socket.on('error', () => {});
    near.on('data', (bytes) => {
      sent += bytes.toString('hex');
    });
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  cleanUps.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => proxy.close(resolve));
  });
  const bound = proxy.address();
  return { address: `127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`, sent: () => sent };
}

const EVERY_BYTE = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

/** Writes every byte value, and prints what it reads. A pty has no DTR, so ser2net never answers that it set it. */
const PYSERIAL = `
import serial, sys
port = serial.serial_for_url('rfc2217://' + sys.argv[1] + '?ign_set_control', baudrate=9600, timeout=10)
port.write(bytes(range(256)))
port.flush()
print(port.read(256).hex())
port.close()
`;

describe('a serial device server in RFC 2217', () => {
  it('carries every byte value both ways, as it does for pyserial', async () => {
    const { pair, server } = await startServer();
    const device = await open(pair.a, { baudRate: 115_200 });
    const atDevice = collect(device);
    const ours = await tap(server.rfc2217);
    const transport = await open(`rfc2217://${ours.address}`);
    const received = collect(transport);
    await Promise.all([transport.write(EVERY_BYTE), device.write(EVERY_BYTE)]);
    await eventually(() =>
      expect([atDevice(), received()]).toEqual([EVERY_BYTE.toString('hex'), EVERY_BYTE.toString('hex')]),
    );
    await transport.close();

    const theirs = await tap(server.rfc2217);
    const before = atDevice().length;
    const python = promisify(execFile)('/usr/bin/python3', ['-c', PYSERIAL, theirs.address]);
    await eventually(() => expect(atDevice().slice(before)).toBe(EVERY_BYTE.toString('hex')));
    await device.write(EVERY_BYTE);
    expect((await python).stdout.trim()).toBe(EVERY_BYTE.toString('hex'));
    // The same speed asked for, the same control, the same purge of the input, the same doubled FF.
    for (const expected of ['fffa2c0100002580fff0', 'fffa2c0208fff0', 'fffa2c0301fff0', 'fffa2c0401fff0', 'fdfeffff']) {
      expect([ours.sent(), theirs.sent()]).toEqual([
        expect.stringContaining(expected),
        expect.stringContaining(expected),
      ]);
    }
  });

  it.each([4800, 9600, 115_200])('sets the speed of the line to %d', async (baudRate) => {
    const { pair, server } = await startServer();
    await open(`rfc2217://${server.rfc2217}`, { baudRate });
    expect(execFileSync('stty', ['-F', pair.b, 'speed'], { encoding: 'utf8' }).trim()).toBe(String(baudRate));
  });

  it.each([
    ['xonxoff', / ixon ixoff/],
    ['none', /-ixon -ixoff/],
  ] as const)('sets flow control %s', async (flowControl, expected) => {
    const { pair, server } = await startServer();
    await open(`rfc2217://${server.rfc2217}`, { flowControl });
    expect(execFileSync('stty', ['-F', pair.b, '-a'], { encoding: 'utf8' })).toMatch(expected);
  });

  it('is busy while another has it, and is free afterwards', async () => {
    const { server } = await startServer();
    const first = await open(`rfc2217://${server.rfc2217}`);
    await expect(open(`rfc2217://${server.rfc2217}`)).rejects.toMatchObject({ code: 'port-busy' });
    await first.close();
    await vi.waitFor(() => open(`rfc2217://${server.rfc2217}`), { timeout: 45_000 });
  });

  it('is told from one in raw mode, both ways', async () => {
    const { server } = await startServer();
    await expect(open(`rfc2217://${server.raw}`)).rejects.toMatchObject({ code: 'wrong-mode' });
    await expect(open(`tcp://${server.rfc2217}`)).rejects.toMatchObject({ code: 'wrong-mode' });
  });

  it('that goes away is noticed once', async () => {
    const { server } = await startServer();
    const transport = await open(`rfc2217://${server.rfc2217}`);
    const reasons: string[] = [];
    transport.onClose((reason) => reasons.push(reason));
    await server.close();
    await eventually(() => expect(reasons).toHaveLength(1));
    await expect(transport.write(Buffer.from('x'))).rejects.toMatchObject({ code: 'closed' });
  });
});

/** A server of one connection that says what it is told to say. */
async function serve(onData: (socket: Socket, bytes: Buffer) => void, greeting = ''): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    cleanUps.push(() => socket.destroy());
    socket.write(fromHex(greeting));
    socket.on('data', (bytes) => onData(socket, bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUps.push(() => new Promise((resolve) => server.close(resolve)));
  const bound = server.address();
  return `rfc2217://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`;
}

/** Grants what is asked, as the recorded server does; `change` may make something else of an answer. */
function granting(change: (code: number, value: Buffer) => Buffer | null = (_code, value) => value) {
  let held = Buffer.alloc(0);
  return (socket: Socket, bytes: Buffer) => {
    held = Buffer.concat([held, bytes]);
    for (let at = held.indexOf(fromHex('FF FA 2C')); at >= 0; at = held.indexOf(fromHex('FF FA 2C'))) {
      const end = held.indexOf(fromHex('FF F0'), at);
      if (end < 0) return;
      const code = held[at + 3] ?? 0;
      const value = change(code, held.subarray(at + 4, end));
      if (value) socket.write(Buffer.concat([fromHex('FF FA 2C'), Buffer.of(code + 100), value, fromHex('FF F0')]));
      held = held.subarray(end + 2);
    }
  };
}

describe('a server that is not like others', () => {
  it('and has no COM-PORT-OPTION is told', async () => {
    const port = await serve((socket) => socket.write(fromHex('FF FE 2C')), 'FF FB 03');
    await expect(open(port)).rejects.toMatchObject({ code: 'wrong-mode' });
  });

  it('and cannot set the speed is told', async () => {
    const port = await serve(
      granting((code, value) => (code === 1 ? fromHex('00 00 4B 00') : value)),
      'FF FD 2C',
    );
    await expect(open(port)).rejects.toThrow(/baudRate 9600 became 19200/);
  });

  it('and does not know masks and purging is used all the same', async () => {
    const port = await serve(
      granting((code, value) => (code >= 10 ? null : value)),
      'FF FD 2C',
    );
    await open(port);
  });

  it('reports errors of the line, and nothing of it reaches the data', async () => {
    const sockets: Socket[] = [];
    const grant = granting();
    const port = await serve((socket, bytes) => {
      if (sockets.length === 0) sockets.push(socket);
      grant(socket, bytes);
    }, 'FF FD 2C');
    const transport = await open(port);
    const received = collect(transport);
    const errors: string[] = [];
    transport.onLineError?.((names) => errors.push(...names));
    // Data ready, framing error with break, a modem line, then data.
    sockets[0]?.write(fromHex('FF FA 2C 6A 01 FF F0 FF FA 2C 6A 18 FF F0 FF FA 2C 6B B0 FF F0 41 FF FF'));
    await eventually(() => expect(received()).toBe('41ff'));
    expect(errors).toEqual(['framing', 'break']);
  });

  it('and asks to hold back is waited for', async () => {
    const sockets: Socket[] = [];
    let last = '';
    const grant = granting();
    const port = await serve((socket, bytes) => {
      if (sockets.length === 0) sockets.push(socket);
      last = bytes.toString('latin1');
      grant(socket, bytes);
    }, 'FF FD 2C');
    const transport = await open(port);
    const received = collect(transport);
    sockets[0]?.write(fromHex('FF FA 2C 6C FF F0 41'));
    await eventually(() => expect(received()).toBe('41'));
    const writing = transport.write(Buffer.from('held'));
    sockets[0]?.write(fromHex('42'));
    await eventually(() => expect(received()).toBe('4142'));
    expect(last).not.toContain('held');
    sockets[0]?.write(fromHex('FF FA 2C 6D FF F0'));
    await writing;
    await eventually(() => expect(last).toBe('held'));
  });

  it('and agrees again and again is not answered in circles', async () => {
    let options = 0;
    const grant = granting();
    const port = await serve((socket, bytes) => {
      for (let at = 0; at < bytes.length - 1; at++) {
        if (bytes[at] === 0xff && (bytes[at + 1] ?? 0) >= 0xfb) options += 1;
      }
      grant(socket, bytes);
      socket.write(fromHex('FF FB 00 FF FD 00 FF FB 03 FF FD 03 FF FD 2C'));
    }, 'FF FD 2C');
    await open(port);
    // What we began with, and not one more.
    expect(options).toBe(5);
  });
});
