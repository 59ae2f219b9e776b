import { createServer, type Socket } from 'node:net';
import { SerialPort } from 'serialport';

/** The printer's end of the cable. */
export interface Line {
  /** As a terminal would write it. */
  readonly port: string;
  readonly connected: boolean;
  send(bytes: Uint8Array): void;
  /**
   * Pulls the cable. TCP takes a new connection afterwards. A serial end stays closed, and the other end hears only
   * silence, as with RS-232: socat keeps its ptys open; to let a port vanish, end socat.
   */
  drop(): void;
  close(): Promise<void>;
}

export interface LineEvents {
  onData(bytes: Uint8Array): void;
  onConnect(): void;
}

/**
 * Listens on `tcp://host:port` (0 picks a free port), or opens a serial path, e.g. one end of a pty pair.
 * @throws what the operating system says when the port cannot be had
 */
export function openLine(port: string, baudRate: number, events: LineEvents): Promise<Line> {
  return port.startsWith('tcp://') ? listen(new URL(port), events) : openSerial(port, baudRate, events);
}

async function listen(address: URL, events: LineEvents): Promise<Line> {
  let current: Socket | null = null;
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    // A terminal that lost its connection comes back before the old one is seen to die: the newest counts.
    current?.destroy();
    current = socket;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      if (socket === current) events.onData(bytes);
    });
    socket.on('close', () => {
      sockets.delete(socket);
      if (socket === current) current = null;
    });
    events.onConnect();
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
    drop: () => {
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

async function openSerial(path: string, baudRate: number, events: LineEvents): Promise<Line> {
  const serial = new SerialPort({ path, baudRate, autoOpen: false });
  serial.on('error', () => {}); // a broken line ends in 'close'; writes are checked against isOpen
  serial.on('data', (bytes: Buffer) => events.onData(bytes));
  await new Promise<void>((resolve, reject) => serial.open((error) => (error ? reject(error) : resolve())));
  events.onConnect();
  const closed = new Promise<void>((resolve) => serial.once('close', () => resolve()));
  const drop = () => {
    if (serial.isOpen) serial.close(() => {});
  };
  return {
    port: path,
    get connected() {
      return serial.isOpen;
    },
    send: (bytes) => {
      if (serial.isOpen) serial.write(Buffer.from(bytes));
    },
    drop,
    close: async () => {
      drop();
      await closed;
    },
  };
}
