import { type DevicesConfig, listDevices } from '../contract/config/devices.ts';
import type { DeviceKind } from '../contract/deviceKinds.ts';
import {
  type DeviceEvent,
  type DeviceEventPayload,
  type DeviceInput,
  type DeviceKey,
  type DeviceMethod,
  type DeviceOutput,
  deviceMethods,
} from '../contract/deviceProtocol.ts';
import { YichuangError } from '../contract/errors.ts';
import type { Driver, DriverClass, DriverEnvironment } from './driver/types.ts';
import { type RunningOf, startDevice } from './kind/kinds.ts';
import type { Running, Workshop } from './kind/types.ts';
import { DeviceSupervisor, type SupervisorOptions } from './supervisor/deviceSupervisor.ts';
import type { OpenTransport, PortOptions } from './transport/types.ts';

export interface DevicesOptions extends Pick<SupervisorOptions<Driver>, 'environment' | 'random' | 'date' | 'onHang'> {
  open: OpenTransport;
  emit: <E extends DeviceEvent>(event: E, payload: DeviceEventPayload<E>) => void;
}

type Handlers = { [M in DeviceMethod]: (input: DeviceInput<M>) => Promise<DeviceOutput<M>> };

/** All devices of one terminal, behind the methods and events of contract/deviceProtocol.ts. */
export class Devices {
  readonly #options: DevicesOptions;
  readonly #running = new Map<DeviceKey, { config: string; device: Running }>();
  readonly #workshop: Workshop;
  #configuring: Promise<void> = Promise.resolve();

  constructor(options: DevicesOptions) {
    this.#options = options;
    this.#workshop = {
      environment: options.environment,
      emit: options.emit,
      supervise: (device, driver, config) => this.#supervise(device, driver, config),
    };
  }

  /** @throws YichuangError `unknown-method`, `bad-input` (details: the paths that are wrong), or of the method */
  async call(method: string, params: unknown): Promise<unknown> {
    // The first call of a supervised process has this name; it carries the same as `devices.configure`.
    const name = method === 'start' ? 'devices.configure' : method;
    if (!isDeviceMethod(name)) throw new YichuangError('unknown-method');
    const input = deviceMethods[name].input.safeParse(params);
    if (!input.success) {
      throw new YichuangError('bad-input', { details: input.error.issues.map((issue) => issue.path.join('.')) });
    }
    // The schema of this very method has just accepted the input.
    const handler = this.#handlers[name] as (input: unknown) => Promise<unknown>;
    return handler(input.data);
  }

  async close(): Promise<void> {
    await this.#configuring;
    await this.#end([...this.#running.keys()]);
  }

  readonly #handlers: Handlers = {
    'devices.configure': async (config) => {
      this.#configuring = this.#configuring.then(() => this.#configure(config));
      await this.#configuring;
      return {};
    },
    'devices.status': async () => [...this.#running.values()].map(({ device }) => device.supervisor.status),
    'devices.test': async ({ device }) => this.#find(device).supervisor.test(),
    'reader.read': async ({ waitMs }) => this.#of('idReader').poller.read(waitMs),
    'reader.watch': async ({ on }) => {
      this.#of('idReader').poller.watch(on);
      return {};
    },
    'printer.print': async ({ document }) =>
      this.#of('ticketPrinter').supervisor.run((printer) => printer.print(document)),
    'certificate.send': (input) => this.#of('certificatePrinter').send(input),
  };

  /** A device whose configuration did not change is left alone. Ports are let go before others are opened. */
  async #configure(config: DevicesConfig): Promise<void> {
    const wanted = new Map(listDevices(config).map((each) => [each.key, each]));
    const changed = [...this.#running].filter(
      ([key, { config: before }]) => JSON.stringify(wanted.get(key)?.config) !== before,
    );
    await this.#end(changed.map(([key]) => key));
    for (const { key, kind, config: own } of wanted.values()) {
      if (this.#running.has(key)) continue;
      const device = await startDevice(kind, key, own, this.#workshop);
      this.#running.set(key, { config: JSON.stringify(own), device });
    }
  }

  async #end(keys: readonly DeviceKey[]): Promise<void> {
    const ending = keys.map((key) => this.#running.get(key)?.device.close());
    for (const key of keys) this.#running.delete(key);
    await Promise.all(ending);
  }

  #supervise<D extends Driver, Config extends PortOptions>(
    device: DeviceKey,
    driver: DriverClass<D, Config>,
    config: Config,
  ): Running<D> {
    const { open, emit, environment, random, date, onHang } = this.#options;
    const own: DriverEnvironment = {
      ...environment,
      log: (event, fields) => environment.log(event, { device, ...fields }),
    };
    const supervisor = new DeviceSupervisor({
      device,
      driverName: driver.driverName,
      port: config.port,
      open: () => open({ port: config.port, baudRate: config.baudRate, flowControl: config.flowControl }),
      create: (transport) => driver.create(transport, config, own),
      environment: own,
      random,
      date,
      onStatus: (status) => emit('device.status', status),
      onHang,
    });
    return { supervisor, close: () => supervisor.close() };
  }

  /** @throws YichuangError `device-not-configured` */
  #find(key: DeviceKey): Running {
    const running = this.#running.get(key);
    if (!running) throw new YichuangError('device-not-configured');
    return running.device;
  }

  /** @param name whose it is, of a kind with several devices */
  #of<K extends DeviceKind>(kind: K, name?: string): RunningOf<K> {
    return this.#find(name === undefined ? kind : `${kind}.${name}`) as RunningOf<K>;
  }
}

function isDeviceMethod(name: string): name is DeviceMethod {
  return Object.hasOwn(deviceMethods, name);
}
