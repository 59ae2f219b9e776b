/** A byte channel to a device. One object is one opening: it is never reopened (devices.md §5, finding 1). */
export interface Transport {
  /** As configured: `/dev/ttyUSB0`, `COM5`, `usb:1a86:7523`, `tcp://10.0.0.5:4001`, `rfc2217://10.0.0.5:4002`. */
  readonly port: string;
  /**
   * Resolves when the operating system took the bytes; has its own deadline.
   * @param patienceMs how long flow control may hold the bytes back beyond their time on the wire; default 3 s
   * @throws TransportError `closed`, `deadline`; after `deadline` what was not taken is dropped when the port is closed
   */
  write(bytes: Uint8Array, patienceMs?: number): Promise<void>;
  /** The modem lines of the other side; null where there are none, as on a pty. Absent on a network. */
  lines?(): Promise<{ cts: boolean; dsr: boolean } | null>;
  /** A reader is attached from the opening on; bytes before the first listener are dropped. */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Called once, for whatever reason, also after `close`. */
  onClose(listener: (reason: 'closed' | 'disconnected' | 'error') => void): void;
  /** Of transports that are told: overrun, parity, framing, break, as a wrong speed or a bad cable shows. */
  onLineError?(listener: (errors: readonly string[]) => void): void;
  /** Idempotent; has its own deadline. */
  close(): Promise<void>;
}

export interface PortOptions {
  port: string;
  baudRate: number;
  flowControl?: 'none' | 'rtscts' | 'xonxoff' | undefined;
  parity?: 'none' | 'even' | 'odd' | undefined;
}

export type OpenTransport = (options: PortOptions) => Promise<Transport>;

export type TransportErrorCode =
  | 'port-missing'
  | 'port-busy'
  | 'port-ambiguous'
  /** No right to open it. */
  | 'forbidden'
  /** A serial device server that speaks another protocol, or does not take the settings of the line. */
  | 'wrong-mode'
  | 'refused'
  | 'closed'
  | 'deadline'
  | 'io';

export class TransportError extends Error {
  override name = 'TransportError';
  readonly code: TransportErrorCode;
  /** Ports that fit as well as each other, of `port-ambiguous`. */
  readonly candidates: readonly string[];

  constructor(code: TransportErrorCode, detail: string, candidates: readonly string[] = []) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.candidates = candidates;
  }
}
