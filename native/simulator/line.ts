import { createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SerialPort } from 'serialport';
import { endOnHangup } from '../transport/hangup.ts';

/** The device's end of a line: a listening TCP port, as behind a serial device server, or one end of a pty pair. */
export interface Line {
  /** Where a terminal connects; the real port when 0 was asked. */
  readonly port: string;
  readonly connected: boolean;
  /** Dropped when nobody is connected, like on a real line. */
  send(bytes: Uint8Array): void;
  /**
   * Drops the connection. TCP takes the next one. A pty pair stays in place, because socat keeps it open: see
   * `LineOptions.serialHangUp`; to let a port vanish, end socat.
   */
  hangUp(): Promise<void>;
  close(): Promise<void>;
}

export interface LineOptions {
  onData(bytes: Uint8Array): void;
  onConnect?(): void;
  /** `refuse`: what most serial device servers do (devices.md §6.7). `replace`: the newest counts. */
  secondClient: 'refuse' | 'replace';
  /** `reopen`: a short loss of power. `silence`: a pulled cable. */
  serialHangUp: 'reopen' | 'silence';
}

const IN_USE = 'Port already in use\r\n';
/** A pty knows no speed; pacing stands for it. */
const PTY_BAUD = 115_200;

/**
 * Written on bare sockets and serial ports, not on the transports of the drivers: a simulator is a second opinion. Of those
 * it has only what the binding of serial ports lacks.
 * @param port `tcp://127.0.0.1:0` (a free one) or the path of a pty
 * @throws what the operating system says when the port cannot be had
 */
export function openLine(port: string, options: LineOptions): Promise<Line> {
  return port.startsWith('tcp://') ? listen(new URL(port), options) : attach(port, options);
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

async function listen(address: URL, options: LineOptions): Promise<Line> {
  let current: Socket | null = null;
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      if (socket === current) current = null;
    });
    if (current && options.secondClient === 'refuse') {
      socket.end(IN_USE);
      return;
    }
    // A terminal that lost its connection comes back before the old one is seen to die.
    current?.destroy();
    current = socket;
    socket.on('data', (bytes) => {
      if (socket === current) options.onData(bytes);
    });
    options.onConnect?.();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(address.port), address.hostname, resolve);
  });
  const bound = server.address();
  const boundPort = typeof bound === 'object' && bound ? bound.port : address.port;
  return {
    port: `tcp://${address.hostname}:${boundPort}`,
    get connected() {
      return current !== null;
    },
    send: (bytes) => void current?.write(bytes),
    hangUp: async () => {
      current?.destroy();
      current = null;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function attach(path: string, options: LineOptions): Promise<Line> {
  let serial = await openSerial(path, options);
  return {
    port: path,
    get connected() {
      return serial.isOpen;
    },
    send: (bytes) => {
      if (serial.isOpen) serial.write(Buffer.from(bytes));
    },
    hangUp: async () => {
      await closeSerial(serial);
      if (options.serialHangUp === 'reopen') serial = await openSerial(path, options);
    },
    close: () => closeSerial(serial),
  };
}

async function openSerial(path: string, options: LineOptions): Promise<SerialPort> {
  const serial = new SerialPort({ path, baudRate: PTY_BAUD, autoOpen: false });
  // A broken line ends in 'close'; writes are checked against isOpen.
  serial.on('error', () => {});
  serial.on('data', (bytes: Buffer) => options.onData(bytes));
  // Where the port is gone before it is read again, only the reading ends.
  serial.once('open', () => endOnHangup(serial));
  serial.once('end', () => serial.close(() => {}));
  await new Promise<void>((resolve, reject) => serial.open((error) => (error ? reject(error) : resolve())));
  options.onConnect?.();
  return serial;
}

async function closeSerial(serial: SerialPort): Promise<void> {
  if (!serial.isOpen) return;
  await new Promise<void>((resolve) => serial.close(() => resolve()));
}
