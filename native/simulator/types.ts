/** Fault switches (devices.md §6.8). Each simulator says which it knows. */
export const FAULTS = [
  'silence',
  'half-frame',
  'garbage',
  'bad-checksum',
  'late',
  'duplicate',
  'wrong-address',
  'busy',
  'reboot',
  'disconnect',
  'slow',
  'paper-out',
  'near-end',
  'cover-open',
] as const;

export type Fault = (typeof FAULTS)[number];

export interface SimulatorOptions {
  /** A serial path (an end of a pty pair) or `tcp://127.0.0.1:0`. */
  port: string;
  fault?: Fault | undefined;
  /** Paces output like a real line; also the base of the reader benchmark. */
  baudRate?: number | undefined;
  /** A printer keeps here what came out, for a person to look at. */
  saveDir?: string | undefined;
  /** One line per exchange, without personal data. */
  onExchange?: ((line: string) => void) | undefined;
}

export interface Simulator {
  /** The address a terminal would configure; the real port when 0 was asked. */
  readonly port: string;
  setFault(fault: Fault | null): void;
  close(): Promise<void>;
}
