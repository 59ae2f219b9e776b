import type { DeviceEvent, DeviceEventPayload, DeviceKey } from '../../contract/deviceProtocol.ts';
import type { LineDriverClass } from '../bus/types.ts';
import type { Driver, DriverClass, DriverEnvironment } from '../driver/types.ts';
import type { DeviceSupervisor } from '../supervisor/deviceSupervisor.ts';
import type { PortOptions } from '../transport/types.ts';

/** A device as configured, and how to end it. */
export interface Running<D extends Driver = Driver> {
  readonly supervisor: DeviceSupervisor<D>;
  close(): Promise<void>;
}

/** What a kind of device is made with. */
export interface Workshop {
  readonly environment: DriverEnvironment;
  emit<E extends DeviceEvent>(event: E, payload: DeviceEventPayload<E>): void;
  /**
   * The device, opened, asked after and opened again for as long as it is not closed. Drivers that share a line are
   * given a seat on it, all others a port of their own.
   */
  supervise<D extends Driver, Config extends PortOptions>(
    device: DeviceKey,
    driver: DriverClass<D, Config> | LineDriverClass<D, Config>,
    config: Config,
  ): Running<D>;
}
