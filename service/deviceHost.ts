import { type ConfiguredDevice, listDevices } from '../contract/config/devices.ts';
import type { TerminalConfig } from '../contract/config.ts';
import {
  type DeviceEventPayload,
  type DeviceInput,
  type DeviceKey,
  type DeviceMethod,
  type DeviceOutput,
  type DeviceStatus,
  deviceEvents,
  deviceMethods,
} from '../contract/deviceProtocol.ts';
import { YichuangError } from '../contract/errors.ts';
import { SupervisedChild } from '../link/supervisedChild.ts';

export interface DeviceHostOptions {
  devices: TerminalConfig['devices'];
  entry: string;
  execPath: string;
  now: () => number;
  onStatus: (all: DeviceStatus[]) => void;
  onCard: (payload: { card: DeviceOutput<'reader.read'>; readMs: number }) => void;
  onPhoto: (payload: DeviceEventPayload<'reader.photo'>) => void;
  onCardFailed: (payload: { code: string; message: string }) => void;
  log: (line: string) => void;
}

/** The devices process as the service sees it. It may hang and be restarted alone; everything else goes on. */
export class DeviceHost {
  readonly #options: DeviceHostOptions;
  readonly #configured: ReadonlyMap<DeviceKey, ConfiguredDevice>;
  readonly #child: SupervisedChild | null;
  readonly #status = new Map<DeviceKey, DeviceStatus>();
  #isWatching = false;

  constructor(options: DeviceHostOptions) {
    this.#options = options;
    this.#configured = new Map(listDevices(options.devices).map((each) => [each.key, each]));
    for (const device of this.#configured.keys()) {
      this.#status.set(device, this.#describe(device, 'starting', null, null));
    }
    this.#child = this.#status.size === 0 ? null : this.#start();
  }

  status(): DeviceStatus[] {
    return [...this.#status.values()];
  }

  has(device: DeviceKey): boolean {
    return this.#status.has(device);
  }

  /** @throws YichuangError `device-not-configured`, `deadline`, or the driver's own */
  async call<M extends DeviceMethod>(method: M, input: DeviceInput<M>, deadlineMs: number): Promise<DeviceOutput<M>> {
    if (!this.#child) throw new YichuangError('device-not-configured');
    return deviceMethods[method].output.parse(await this.#child.call(method, input, deadlineMs)) as DeviceOutput<M>;
  }

  /** Cards are read by themselves while somebody is signed in, and not otherwise. */
  watchReader(on: boolean): void {
    this.#isWatching = on;
    if (!this.#child || !this.has('idReader') || this.#child.state !== 'up') return;
    this.#child.call('reader.watch', { on }, 5_000).catch(() => {});
  }

  async stop(): Promise<void> {
    await this.#child?.stop();
  }

  #start(): SupervisedChild {
    const { entry, execPath, devices, log } = this.#options;
    return new SupervisedChild({
      name: 'devices',
      entry,
      execPath,
      start: () => devices,
      onLog: log,
      onEvent: (event, payload) => this.#onEvent(event, payload),
      onState: (state) => {
        if (state === 'up') this.watchReader(this.#isWatching);
        if (state === 'restarting') this.#markRestarting();
      },
    });
  }

  #onEvent(event: string, payload: unknown): void {
    if (event === 'device.status') {
      const status = deviceEvents['device.status'].safeParse(payload);
      if (!status.success) return;
      this.#status.set(status.data.device, status.data);
      this.#options.onStatus(this.status());
    } else if (event === 'reader.card') {
      const card = deviceEvents['reader.card'].safeParse(payload);
      if (card.success) this.#options.onCard(card.data);
    } else if (event === 'reader.photo') {
      const photo = deviceEvents['reader.photo'].safeParse(payload);
      if (photo.success) this.#options.onPhoto(photo.data);
    } else if (event === 'reader.failed') {
      const failure = deviceEvents['reader.failed'].safeParse(payload);
      if (failure.success) this.#options.onCardFailed(failure.data);
    }
  }

  #markRestarting(): void {
    for (const device of this.#status.keys()) {
      this.#status.set(device, this.#describe(device, 'starting', 'devices-restarting', '设备服务正在重新启动'));
    }
    this.#options.onStatus(this.status());
  }

  #describe(
    device: DeviceKey,
    health: DeviceStatus['health'],
    reason: string | null,
    message: string | null,
  ): DeviceStatus {
    const { driver = '', port = '' } = this.#configured.get(device)?.config ?? {};
    return { device, driver, port, health, reason, message, since: new Date(this.#options.now()).toISOString() };
  }
}
