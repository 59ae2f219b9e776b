import type { DeviceHealth } from '../../contract/deviceProtocol.ts';
import type { Transport } from '../transport/types.ts';

/** What a heartbeat or a test found out. Always from a protocol answer, never from `isOpen`. */
export interface HealthReport {
  health: Exclude<DeviceHealth, 'starting'>;
  /** Stable word, or null when all is well. */
  reason: string | null;
  /** For the clerk, Chinese; null when all is well. */
  message: string | null;
}

/** Answered, and nothing is wrong. */
export const ONLINE: HealthReport = { health: 'online', reason: null, message: null };

/** Cannot be asked: it has no way to answer. */
export const MUTE: HealthReport = { health: 'unknown', reason: null, message: null };

/**
 * Meaning of the bytes of one kind of device, over one opened transport. The device supervisor makes a new driver for
 * every opening, serialises its calls, and calls `heartbeat` when the device is idle.
 */
export interface Driver {
  /** Brings the device into a known state; called once, right after opening. */
  initialise(): Promise<void>;
  heartbeat(): Promise<HealthReport>;
  /** Of this opening: `partial` frames, bytes of `garbage`, `retries`; for the doctor's report. */
  counters?(): Readonly<Record<string, number>>;
  /** Forgets pending work; the transport is closed by the supervisor. */
  dispose(): void;
}

export interface DriverClass<D extends Driver, Options> {
  readonly driverName: string;
  create(transport: Transport, options: Options, environment: DriverEnvironment): D;
}

/** Injected, so that tests and the simulator own the time. */
export interface DriverEnvironment {
  now(): number;
  delay(ms: number): Promise<void>;
  /** Diagnostics without personal data. */
  log(event: string, fields?: Record<string, unknown>): void;
}
