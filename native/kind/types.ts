import type { DeviceEvent, DeviceEventPayload, DeviceKey } from '../../contract/deviceProtocol.ts';
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
  /** The device, opened, asked after and opened again for as long as it is not closed. */
  supervise<D extends Driver, Config extends PortOptions>(
    device: DeviceKey,
    driver: DriverClass<D, Config>,
    config: Config,
  ): Running<D>;
}
