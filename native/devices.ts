import { type DevicesConfig, listDevices } from '../contract/config/devices.ts';
import { type DeviceKind, kindOf } from '../contract/deviceKinds.ts';
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
import { Lines } from './bus/lines.ts';
import type { LineDriverClass } from './bus/types.ts';
import type { Driver, DriverClass, DriverEnvironment } from './driver/types.ts';
import { type RunningOf, startDevice } from './kind/kinds.ts';
import type { Running, Workshop } from './kind/types.ts';
import { describePort } from './ports/describe.ts';
import type { ListPorts } from './ports/list.ts';
import { PortWatch } from './ports/watch.ts';
import { policyOf } from './record/mask.ts';
import { Records } from './record/records.ts';
import { DeviceSupervisor, type Opened, type SupervisorOptions } from './supervisor/deviceSupervisor.ts';
import type { OpenTransport, PortOptions } from './transport/types.ts';

export interface DevicesOptions extends Pick<SupervisorOptions<Driver>, 'environment' | 'random' | 'date' | 'onHang'> {
  open: OpenTransport;
  list: ListPorts;
  emit: <E extends DeviceEvent>(event: E, payload: DeviceEventPayload<E>) => void;
}

type Handlers = { [M in DeviceMethod]: (input: DeviceInput<M>) => Promise<DeviceOutput<M>> };

/** All devices of one terminal, behind the methods and events of contract/deviceProtocol.ts. */
export class Devices {
  readonly #options: DevicesOptions;
  readonly #running = new Map<DeviceKey, { config: string; device: Running }>();
  readonly #workshop: Workshop;
  readonly #lines: Lines;
  readonly #records: Records;
  readonly #watch: PortWatch;
  #configuring: Promise<void> = Promise.resolve();

  constructor(options: DevicesOptions) {
    this.#options = options;
    this.#records = new Records(options.open, options.date);
    this.#lines = new Lines({ open: this.#records.opener('plain'), environment: options.environment });
    this.#watch = new PortWatch({
      list: options.list,
      environment: options.environment,
      offline: () => this.#offline().map(({ supervisor }) => supervisor.status.port),
      onAppeared: () => {
        for (const { supervisor } of this.#offline()) supervisor.openNow();
      },
    });
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
    this.#watch.end();
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
    'devices.test': async ({ device }) => {
      const { supervisor } = this.#find(device);
      this.#lines.probeNow(device);
      return supervisor.test();
    },
    'devices.record': async ({ device }) => {
      const { supervisor } = this.#find(device);
      const { port } = supervisor.status;
      const record = this.#records.of(port);
      return {
        port,
        counters: { ...record?.counters, ...supervisor.counters },
        entries: [...(record?.entries ?? [])],
      };
    },
    'ports.list': async () => {
      const ports = await this.#options.list();
      return ports.map((port) =>
        describePort(
          port,
          [...this.#running.values()].map(({ device }) => device.supervisor.status),
        ),
      );
    },
    'reader.read': async ({ waitMs }) => this.#of('idReader').poller.read(waitMs),
    'reader.watch': async ({ on }) => {
      this.#of('idReader').poller.watch(on);
      return {};
    },
    'printer.print': async ({ document }) =>
      this.#of('ticketPrinter').supervisor.run((printer) => printer.print(document)),
    'display.show': async ({ window, ...words }) => {
      await this.#of('displays', window).show(words);
      return {};
    },
    'voice.speak': async ({ zone, announcement, slow = false }) => ({
      spoken: await this.#of('voices', zone).speak(announcement, slow),
    }),
    'voice.stop': async ({ zone }) => {
      this.#of('voices', zone).stop();
      return {};
    },
    'certificate.send': (input) => this.#of('certificatePrinter').send(input),
  };

  /** A device whose configuration did not change is left alone. Ports are let go before others are opened. */
  async #configure(config: DevicesConfig): Promise<void> {
    const wanted = new Map(listDevices(config).map((each) => [each.key, each]));
    const changed = [...this.#running].filter(
      ([key, { config: before }]) => JSON.stringify(wanted.get(key)?.config) !== before,
    );
    await this.#end(changed.map(([key]) => key));
    this.#records.keepOnly(new Set([...wanted.values()].map((each) => each.config.port)));
    for (const { key, kind, config: own } of wanted.values()) {
      if (this.#running.has(key)) continue;
      const device = await startDevice(kind, key, own, this.#workshop);
      this.#running.set(key, { config: JSON.stringify(own), device });
    }
  }

  async #end(keys: readonly DeviceKey[]): Promise<void> {
    const ending = keys.map((key) => this.#running.get(key)?.device.close());
    for (const key of keys) {
      this.#running.delete(key);
      this.#lines.forget(key);
    }
    await Promise.all(ending);
  }

  #supervise<D extends Driver, Config extends PortOptions>(
    device: DeviceKey,
    driver: DriverClass<D, Config> | LineDriverClass<D, Config>,
    config: Config,
  ): Running<D> {
    const { emit, environment, random, date, onHang } = this.#options;
    const own: DriverEnvironment = {
      ...environment,
      log: (event, fields) => environment.log(event, { device, ...fields }),
    };
    const supervisor = new DeviceSupervisor<D>({
      device,
      driverName: driver.driverName,
      port: config.port,
      open: this.#opening(device, driver, config, own),
      environment: own,
      random,
      date,
      onStatus: (status) => {
        emit('device.status', status);
        if (status.health === 'offline') this.#watch.start();
      },
      onHang,
    });
    return { supervisor, close: () => supervisor.close() };
  }

  /** A port of its own, or a seat on the line of its port. */
  #opening<D extends Driver, Config extends PortOptions>(
    device: DeviceKey,
    driver: DriverClass<D, Config> | LineDriverClass<D, Config>,
    config: Config,
    environment: DriverEnvironment,
  ): () => Promise<Opened<D>> {
    const { port, baudRate, flowControl, parity } = config;
    const options = { port, baudRate, flowControl, parity };
    if ('sharesLine' in driver) {
      return async () => {
        const transport = await this.#lines.join(options, device);
        return { transport, driver: driver.create(transport, config, environment) };
      };
    }
    const open = this.#records.opener(policyOf(kindOf(device)));
    return async () => {
      const transport = await open(options);
      return { transport, driver: driver.create(transport, config, environment) };
    };
  }

  #offline(): Running[] {
    const all = [...this.#running.values()].map(({ device }) => device);
    return all.filter(({ supervisor }) => supervisor.status.health === 'offline');
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
