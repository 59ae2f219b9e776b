import type { Driver, DriverEnvironment } from '../driver/types.ts';
import type { Transport } from '../transport/types.ts';

/** Who goes first when several wait for one line (devices.md §6.4). */
export const PRIORITIES = ['call', 'display', 'poll'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** One device's place on a line that others may share: bytes arrive only within its own exchanges. */
export interface Seat extends Transport {
  /**
   * One request and its answer, with the line to itself. `work` says that nothing answered by throwing
   * `device-offline`; the next exchange then waits until the line is quiet.
   * @throws YichuangError `device-offline` at once for a device found absent a moment ago
   * @throws TransportError `closed` when the line ends first
   */
  exchange<T>(priority: Priority, work: () => Promise<T>): Promise<T>;
}

/** A driver whose devices share a line. */
export interface LineDriverClass<D extends Driver, Options> {
  readonly driverName: string;
  readonly sharesLine: true;
  create(seat: Seat, options: Options, environment: DriverEnvironment): D;
}
