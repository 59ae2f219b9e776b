import { type ConfiguredDevice, listDevices, withoutDevices } from '../contract/config/devices.ts';
import type { TerminalConfig } from '../contract/config.ts';
import {
  type DeviceEvent,
  type DeviceEventPayload,
  type DeviceInput,
  type DeviceKey,
  type DeviceMethod,
  type DeviceOutput,
  type DeviceStatus,
  deviceEvents,
  deviceMethods,
} from '../contract/deviceProtocol.ts';
import { ERRORS, YichuangError } from '../contract/errors.ts';
import { SupervisedChild } from '../link/supervisedChild.ts';
import { Quarantine } from './quarantine.ts';

type Happening = Exclude<DeviceEvent, 'device.status' | 'device.hung'>;

const CONFIGURE_MS = 10_000;

export interface DeviceHostOptions {
  devices: TerminalConfig['devices'];
  entry: string;
  execPath: string;
  now: () => number;
  onStatus: (all: DeviceStatus[]) => void;
  /** What happens at the devices themselves; an event nobody takes is dropped. */
  on: { [E in Happening]?: (payload: DeviceEventPayload<E>) => void };
  /** The devices process died or hung, and what it was given last with it. */
  onRestarting: () => void;
  log: (line: string) => void;
}

/** The devices process as the service sees it. It may hang and be restarted alone; everything else goes on. */
export class DeviceHost {
  readonly #options: DeviceHostOptions;
  readonly #configured: ReadonlyMap<DeviceKey, ConfiguredDevice>;
  #child: SupervisedChild | null;
  readonly #status = new Map<DeviceKey, DeviceStatus>();
  readonly #quarantine: Quarantine;
  readonly #retries = new Set<NodeJS.Timeout>();
  readonly #takers = new Map<DeviceEvent, (payload: unknown) => void>();
  readonly #shown = new Map<string, DeviceInput<'display.show'>>();
  #isWatching = false;
  #isReaderLent = false;
  #sending = 0;

  constructor(options: DeviceHostOptions) {
    this.#options = options;
    this.#quarantine = new Quarantine(options.now);
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
    // Whoever sets up a machine without devices wants to know its ports.
    if (!this.#child && method === 'ports.list') this.#child = this.#start();
    if (!this.#child) throw new YichuangError('device-not-configured');
    if (method === 'display.show') this.#remember(input as DeviceInput<'display.show'>);
    if (method === 'certificate.send') this.#sending += 1;
    try {
      return deviceMethods[method].output.parse(await this.#child.call(method, input, deadlineMs)) as DeviceOutput<M>;
    } finally {
      if (method === 'certificate.send') this.#sending -= 1;
    }
  }

  /** A certificate is on its way to its printer: nothing else may touch it. */
  get isSendingCertificate(): boolean {
    return this.#sending > 0;
  }

  /** What the display of a window was given last; null: nothing yet. */
  shownAt(window: string): DeviceInput<'display.show'> | null {
    return this.#shown.get(window) ?? null;
  }

  /**
   * The next event of this kind, taken away from everybody else: a key pressed for a trial calls nobody.
   * @returns null when `signal` is raised first
   */
  take<E extends Happening>(event: E, signal: AbortSignal): Promise<DeviceEventPayload<E> | null> {
    return new Promise((resolve) => {
      const end = (payload: DeviceEventPayload<E> | null): void => {
        this.#takers.delete(event);
        signal.removeEventListener('abort', giveUp);
        resolve(payload);
      };
      const giveUp = (): void => end(null);
      if (signal.aborted) return resolve(null);
      signal.addEventListener('abort', giveUp);
      this.#takers.set(event, (payload) => end(payload as DeviceEventPayload<E>));
    });
  }

  /** While it is lent, a card laid on the reader is nobody's case. */
  lendReader(lent: boolean): void {
    this.#isReaderLent = lent;
    this.watchReader(this.#isWatching);
  }

  /** Cards are read by themselves while somebody is signed in, and not otherwise. */
  watchReader(on: boolean): void {
    this.#isWatching = on;
    if (!this.#child || !this.has('idReader') || this.#child.state !== 'up') return;
    this.#child.call('reader.watch', { on: on && !this.#isReaderLent }, 5_000).catch(() => {});
  }

  /** Asks one device now, also one that is left out because its port hung. @throws YichuangError as `call` */
  async test(device: DeviceKey, deadlineMs: number): Promise<DeviceStatus> {
    if (this.#quarantine.devices.has(device)) {
      for (const each of this.#onPortOf(device)) this.#quarantine.release(each);
      await this.#configure();
    }
    return this.call('devices.test', { device }, deadlineMs);
  }

  async stop(): Promise<void> {
    for (const retry of this.#retries) clearTimeout(retry);
    await this.#child?.stop();
  }

  #start(): SupervisedChild {
    const { entry, execPath, log } = this.#options;
    return new SupervisedChild({
      name: 'devices',
      entry,
      execPath,
      start: () => this.#usable(),
      onLog: log,
      onEvent: (event, payload) => this.#onEvent(event, payload),
      onState: (state) => {
        if (state === 'up') this.watchReader(this.#isWatching);
        if (state === 'restarting') {
          this.#markRestarting();
          this.#options.onRestarting();
        }
      },
    });
  }

  #onEvent(event: string, payload: unknown): void {
    if (event === 'device.status') {
      const status = deviceEvents['device.status'].safeParse(payload);
      if (!status.success) return;
      if (status.data.health === 'online') this.#quarantine.forget(status.data.device);
      this.#status.set(status.data.device, status.data);
      this.#options.onStatus(this.status());
    } else if (event === 'device.hung') {
      const hung = deviceEvents['device.hung'].safeParse(payload);
      if (hung.success) this.#leaveOut(hung.data.device);
    } else if (isHappening(event)) this.#happened(event, payload);
  }

  #happened<E extends Happening>(event: E, payload: unknown): void {
    const happening = deviceEvents[event].safeParse(payload);
    if (!happening.success) return;
    const taker = this.#takers.get(event);
    if (taker) taker(happening.data);
    // The schema of this very event has just accepted the payload.
    else this.#options.on[event]?.(happening.data as DeviceEventPayload<E>);
  }

  #remember(input: DeviceInput<'display.show'>): void {
    this.#shown.set(input.window, input);
  }

  #leaveOut(device: DeviceKey): void {
    const pause = this.#quarantine.add(device);
    this.#status.set(device, this.#describe(device, 'offline', 'device-hung', ERRORS['device-hung']));
    const retry = setTimeout(() => {
      this.#retries.delete(retry);
      void this.#configure();
    }, pause);
    this.#retries.add(retry);
  }

  /** All devices but those left out. A restart takes the same list, so a call that fails changes nothing. */
  async #configure(): Promise<void> {
    await this.#child?.call('devices.configure', this.#usable(), CONFIGURE_MS).catch(() => {});
  }

  #usable(): TerminalConfig['devices'] {
    return withoutDevices(this.#options.devices, this.#quarantine.devices);
  }

  #onPortOf(device: DeviceKey): DeviceKey[] {
    const port = this.#configured.get(device)?.config.port;
    return [...this.#configured].filter(([, { config }]) => config.port === port).map(([key]) => key);
  }

  #markRestarting(): void {
    const leftOut = this.#quarantine.devices;
    for (const device of this.#status.keys()) {
      if (leftOut.has(device)) continue;
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

function isHappening(event: string): event is Happening {
  return event !== 'device.status' && event !== 'device.hung' && Object.hasOwn(deviceEvents, event);
}
