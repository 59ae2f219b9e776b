import { SerialPort } from 'serialport';
import { CALL_DEADLINE_MS, withDeadline } from './deadline.ts';
import { Ending } from './ending.ts';
import { endOnHangup } from './hangup.ts';
import { type PortOptions, type Transport, TransportError, type TransportErrorCode } from './types.ts';

/** What `serialport` says in words only; Linux and Windows differ. */
const OPEN_ERRORS: readonly (readonly [RegExp, TransportErrorCode])[] = [
  [/no such (file|device)|file not found|cannot find the file/i, 'port-missing'],
  [/cannot lock port|resource busy|access (is )?denied/i, 'port-busy'],
  [/permission denied/i, 'forbidden'],
];

/**
 * Opens a serial port, eight bits, one stop bit, locked for this process.
 * @throws TransportError `port-missing`, `port-busy`, `forbidden` (no permission), `io`, or `deadline` when the operating
 * system hangs: the process should then be replaced, because the hung call holds a thread for ever
 */
export async function openSerial(options: PortOptions): Promise<Transport> {
  const { port: path, baudRate, flowControl = 'none', parity = 'none' } = options;
  // A new object for every opening: a used one sends what was written to it while closed (devices.md §5, finding 1).
  const serial = new SerialPort({
    path,
    baudRate,
    parity,
    autoOpen: false,
    lock: true,
    rtscts: flowControl === 'rtscts',
    xon: flowControl === 'xonxoff',
    xoff: flowControl === 'xonxoff',
  });
  serial.once('open', () => endOnHangup(serial));
  const transport = new SerialTransport(serial, baudRate);
  const opened = new Promise<void>((resolve, reject) => {
    serial.open((error) => (error ? reject(openError(path, error)) : resolve()));
  });
  try {
    await withDeadline(opened, CALL_DEADLINE_MS, `open ${path}`);
  } catch (error) {
    void opened.then(() => serial.close()).catch(() => {});
    throw error;
  }
  return transport;
}

class SerialTransport implements Transport {
  readonly #serial: SerialPort;
  readonly #baudRate: number;
  readonly #ending = new Ending();
  #onData: (bytes: Uint8Array) => void = () => {};
  #closing: Promise<void> | null = null;
  /** What was written did not leave: it must not leave later, and a close would wait for it. */
  #stuck = false;

  constructor(serial: SerialPort, baudRate: number) {
    this.#serial = serial;
    this.#baudRate = baudRate;
    // Reading from the first moment: an unplugged port is noticed only by a read (finding 2).
    serial.on('data', (bytes: Buffer) => this.#onData(bytes));
    serial.on('error', () => this.#ending.report('error'));
    serial.on('end', () => this.#ending.report('disconnected'));
    serial.on('close', (error: unknown) => {
      const disconnected = error instanceof Error || this.#closing === null;
      this.#ending.report(disconnected ? 'disconnected' : 'closed');
    });
  }

  get port(): string {
    return this.#serial.path;
  }

  async write(bytes: Uint8Array, patienceMs = CALL_DEADLINE_MS): Promise<void> {
    const what = `write ${this.port}`;
    if (this.#ending.reason || this.#closing || !this.#serial.isOpen) throw new TransportError('closed', what);
    const sent = new Promise<void>((resolve, reject) => {
      const fail = (error: Error) => reject(new TransportError('io', `${what}: ${error.message}`));
      this.#serial.write(Buffer.from(bytes), (error) => {
        if (error) fail(error);
        else this.#serial.drain((drainError) => (drainError ? fail(drainError) : resolve()));
      });
    });
    const wireMs = (bytes.length * 10_000) / this.#baudRate;
    try {
      await withDeadline(this.#ending.unlessEnded(sent, what), patienceMs + wireMs, what);
    } catch (error) {
      this.#stuck = true;
      throw error;
    }
  }

  async lines(): Promise<{ cts: boolean; dsr: boolean } | null> {
    if (this.#ending.reason || this.#closing || !this.#serial.isOpen) return null;
    const asked = new Promise<{ cts: boolean; dsr: boolean } | null>((resolve) => {
      this.#serial.get((error, status) => resolve(error || !status ? null : { cts: status.cts, dsr: status.dsr }));
    });
    return withDeadline(asked, CALL_DEADLINE_MS, `lines ${this.port}`).catch(() => null);
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#onData = listener;
  }

  onClose(listener: (reason: 'closed' | 'disconnected' | 'error') => void): void {
    this.#ending.listen(listener);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#serial.isOpen) {
      if (this.#stuck) await this.#drop();
      // A port that was pulled out answers `close` with an error; it is closed all the same.
      const closed = new Promise<void>((resolve) => this.#serial.close(() => resolve()));
      await withDeadline(closed, CALL_DEADLINE_MS, `close ${this.port}`);
    }
    this.#ending.report('closed');
  }

  async #drop(): Promise<void> {
    const dropped = new Promise<void>((resolve) => this.#serial.flush(() => resolve()));
    await withDeadline(dropped, CALL_DEADLINE_MS, `flush ${this.port}`).catch(() => {});
  }
}

function openError(path: string, error: Error): TransportError {
  const code = OPEN_ERRORS.find(([pattern]) => pattern.test(error.message))?.[1] ?? 'io';
  return new TransportError(code, `open ${path}: ${error.message}`);
}
