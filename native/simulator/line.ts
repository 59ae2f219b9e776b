import { createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { openTransport } from '../transport/open.ts';
import type { Transport } from '../transport/types.ts';

/** The device's end of a line: a listening TCP port, as behind a serial device server, or one end of a pty pair. */
export interface Line {
  /** Where a terminal connects; the real port when 0 was asked. */
  readonly port: string;
  /** Dropped when nobody is connected, like on a real line. */
  send(bytes: Uint8Array): void;
  /** Drops the connection; the next one is taken. A pty pair stays in place: there it is a power failure. */
  hangUp(): Promise<void>;
  close(): Promise<void>;
}

/** What a real server answers the second client (devices.md §6.7). */
const IN_USE = 'Port already in use\r\n';

/** @param port `tcp://127.0.0.1:0` or the path of a pty */
export function openLine(port: string, onData: (bytes: Uint8Array) => void): Promise<Line> {
  return port.startsWith('tcp://') ? listen(port, onData) : attach(port, onData);
}

/**
 * Sends at the speed of a line of `baudRate`: ten bits a byte, in steps of what is due. Timers are coarse, so the due
 * times are counted from the start and an error does not add up.
 */
export async function sendPaced(line: Line, bytes: Uint8Array, baudRate: number): Promise<void> {
  const startedAt = performance.now();
  for (let sent = 0; sent < bytes.length; ) {
    const due = Math.floor(((performance.now() - startedAt) * baudRate) / 10_000);
    if (due > sent) {
      line.send(bytes.subarray(sent, due));
      sent = Math.min(due, bytes.length);
    }
    if (sent < bytes.length) await delay(Math.max(1, ((sent + 1) * 10_000) / baudRate + startedAt - performance.now()));
  }
}

function listen(port: string, onData: (bytes: Uint8Array) => void): Promise<Line> {
  const url = new URL(port);
  let client: Socket | null = null;
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {});
    if (client) {
      socket.end(IN_USE);
      return;
    }
    client = socket;
    socket.on('data', onData);
    socket.on('end', () => socket.end());
    socket.on('close', () => {
      client = null;
    });
  });
  const hangUp = async () => {
    client?.destroy();
    client = null;
  };
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(url.port), url.hostname, () => {
      const address = server.address();
      const listening = typeof address === 'object' && address !== null ? address.port : Number(url.port);
      resolve({
        port: `tcp://${url.hostname}:${listening}`,
        send: (bytes) => client?.write(bytes),
        hangUp,
        close: async () => {
          await hangUp();
          await new Promise<void>((closed) => server.close(() => closed()));
        },
      });
    });
  });
}

async function attach(port: string, onData: (bytes: Uint8Array) => void): Promise<Line> {
  // A pty knows no speed: the pacing of `sendPaced` stands for it.
  const open = () => openTransport({ port, baudRate: 115_200 });
  let transport: Transport | null = await open();
  transport.onData(onData);
  const detach = async () => {
    const old = transport;
    transport = null;
    await old?.close();
  };
  return {
    port,
    send: (bytes) => {
      transport?.write(bytes).catch(() => {});
    },
    hangUp: async () => {
      await detach();
      transport = await open();
      transport.onData(onData);
    },
    close: detach,
  };
}
