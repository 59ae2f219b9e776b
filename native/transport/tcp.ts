import type { Socket } from 'node:net';
import { connectTo, SocketTransport } from './socket.ts';
import { type PortOptions, type Transport, TransportError, type TransportErrorCode } from './types.ts';

/**
 * A serial device server that refuses says so in words right after connecting, and one set to RFC 2217 begins with
 * telnet options; neither may reach a driver (devices.md §6.7).
 */
const GREETING_MS = 300;
const TELNET_IAC = 0xff;
const TELNET_OPTIONS = new Set([0xfb, 0xfc, 0xfd, 0xfe]);

/**
 * Connects to `tcp://host:port`, a serial device server in raw mode. A driver speaks first, so bytes that come before
 * anything was asked are the server's own.
 * @throws TransportError `refused` (no connection within 3 s), `wrong-mode` (the server speaks RFC 2217), `port-busy` (another
 * program uses the server), `port-missing` (no such host or not an address)
 */
export async function openTcp(options: PortOptions): Promise<Transport> {
  const socket = await connectTo(options.port);
  const transport = new SocketTransport(socket, options);
  try {
    await quietStart(socket, options.port);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return transport;
}

function quietStart(socket: Socket, port: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let greeting = Buffer.alloc(0);
    const finish = (ended: boolean) => {
      clearTimeout(timer);
      socket.off('data', onData);
      socket.off('close', onClose);
      const problem = judgeGreeting(greeting, ended);
      if (problem) reject(new TransportError(problem.code, `${port}: ${problem.detail}`));
      else resolve();
    };
    const onData = (bytes: Buffer) => {
      greeting = Buffer.concat([greeting, bytes]).subarray(0, 256);
    };
    const onClose = () => finish(true);
    const timer = setTimeout(() => finish(false), GREETING_MS);
    socket.on('data', onData);
    socket.on('close', onClose);
  });
}

function judgeGreeting(greeting: Buffer, ended: boolean): { code: TransportErrorCode; detail: string } | null {
  if (greeting[0] === TELNET_IAC && TELNET_OPTIONS.has(greeting[1] ?? 0)) {
    return { code: 'wrong-mode', detail: 'the server speaks RFC 2217, not raw TCP: use rfc2217://' };
  }
  if (saysInUse(greeting)) return { code: 'port-busy', detail: 'server port in use' };
  return ended ? { code: 'refused', detail: 'closed right after connecting' } : null;
}

/** The words of a server whose port another program has. */
export function saysInUse(greeting: Uint8Array): boolean {
  return /in use|busy/i.test(Buffer.from(greeting).toString('latin1'));
}
