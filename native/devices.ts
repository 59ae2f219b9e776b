import {
  type DeviceEvent,
  type DeviceEventPayload,
  type DeviceInput,
  type DeviceKey,
  type DeviceMethod,
  type DeviceOutput,
  type DevicesConfig,
  deviceMethods,
} from '../contract/deviceProtocol.ts';
import { YichuangError } from '../contract/errors.ts';
import { SamReaderDriver } from './driver/sam-ga450/driver.ts';
import type { Driver, DriverClass, DriverEnvironment } from './driver/types.ts';
import { CardPoller } from './reader/cardPoller.ts';
import { DeviceSupervisor, type SupervisorOptions } from './supervisor/deviceSupervisor.ts';
import type { OpenTransport, PortOptions } from './transport/types.ts';

export interface DevicesOptions extends Pick<SupervisorOptions<Driver>, 'environment' | 'random' | 'date' | 'onHang'> {
  open: OpenTransport;
  emit: <E extends DeviceEvent>(event: E, payload: DeviceEventPayload<E>) => void;
}

type Printer = Driver & {
  print(document: DeviceInput<'printer.print'>['document']): Promise<DeviceOutput<'printer.print'>>;
};

/** A device as configured, and how to end it. */
interface Running<D extends Driver> {
  config: string;
  supervisor: DeviceSupervisor<D>;
  close(): Promise<void>;
}

type Handlers = { [M in DeviceMethod]: (input: DeviceInput<M>) => Promise<DeviceOutput<M>> };

/** All devices of one terminal, behind the methods and events of contract/deviceProtocol.ts. */
export class Devices {
  readonly #options: DevicesOptions;
  #reader: (Running<SamReaderDriver> & { poller: CardPoller }) | null = null;
  #printer: Running<Printer> | null = null;
  #configuring: Promise<void> = Promise.resolve();

  constructor(options: DevicesOptions) {
    this.#options = options;
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
    await Promise.all([this.#reader?.close(), this.#printer?.close()]);
    this.#reader = null;
    this.#printer = null;
  }

  readonly #handlers: Handlers = {
    'devices.configure': async (config) => {
      this.#configuring = this.#configuring.then(() => this.#configure(config));
      await this.#configuring;
      return {};
    },
    'devices.status': async () => {
      return [this.#reader, this.#printer].flatMap((running) => (running ? [running.supervisor.status] : []));
    },
    'devices.test': async ({ device }) => configured(this.#running(device)).supervisor.test(),
    'reader.read': async ({ waitMs }) => configured(this.#reader).poller.read(waitMs),
    'reader.watch': async ({ on }) => {
      configured(this.#reader).poller.watch(on);
      return {};
    },
    'printer.print': async ({ document }) =>
      configured(this.#printer).supervisor.run((printer) => printer.print(document)),
  };

  /** A device whose configuration did not change is left alone. */
  async #configure({ idReader, ticketPrinter }: DevicesConfig): Promise<void> {
    if (this.#reader?.config !== JSON.stringify(idReader)) {
      await this.#reader?.close();
      this.#reader = idReader ? this.#startReader(idReader) : null;
    }
    if (this.#printer?.config !== JSON.stringify(ticketPrinter)) {
      await this.#printer?.close();
      this.#printer = ticketPrinter ? await this.#startPrinter(ticketPrinter) : null;
    }
  }

  #startReader(config: NonNullable<DevicesConfig['idReader']>) {
    const running = this.#start('idReader', SamReaderDriver, config);
    const poller = new CardPoller({
      readCard: () => running.supervisor.run((reader) => reader.readCard()),
      onCard: ({ card, readMs }) => this.#options.emit('reader.card', { card, readMs }),
      onFailed: ({ code, message }) => this.#options.emit('reader.failed', { code, message }),
      environment: this.#options.environment,
    });
    const close = () => {
      poller.close();
      return running.close();
    };
    return { ...running, poller, close };
  }

  /** The printer's driver is loaded only where there is a printer. */
  async #startPrinter(config: NonNullable<DevicesConfig['ticketPrinter']>): Promise<Running<Printer>> {
    const { EscposDriver } = await import('./driver/escpos/driver.ts');
    return this.#start<Printer, typeof config>('ticketPrinter', EscposDriver, config);
  }

  #start<D extends Driver, Config extends PortOptions>(
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
    return { config: JSON.stringify(config), supervisor, close: () => supervisor.close() };
  }

  #running(device: DeviceKey): Running<Driver> | null {
    return device === 'idReader' ? this.#reader : this.#printer;
  }
}

function isDeviceMethod(name: string): name is DeviceMethod {
  return Object.hasOwn(deviceMethods, name);
}

function configured<T>(running: T | null): T {
  if (running === null) throw new YichuangError('device-not-configured');
  return running;
}
