import { setTimeout as delay } from 'node:timers/promises';
import { type DevicesConfig, listDevices } from '../../contract/config/devices.ts';
import { DEVICE_KINDS } from '../../contract/deviceKinds.ts';
import type { DeviceKey } from '../../contract/deviceProtocol.ts';
import type { DoctorRun, Examination } from '../../contract/doctor/run.ts';
import { YichuangError } from '../../contract/errors.ts';
import { DOCTOR_RUN_MS } from '../../contract/rpc/doctor.ts';
import { hallMinute } from '../../domain/time/hallTime.ts';
import type { DeviceHost } from '../deviceHost.ts';
import { type Bench, examine } from './examine.ts';

export interface RunOptions {
  devices: DeviceHost;
  config: DevicesConfig;
  agency: string;
  terminal: string;
  /** False: nobody is at the desk. */
  ask: boolean;
  now: () => number;
  onChange: (run: DoctorRun) => void;
}

/** How long somebody is waited for. */
const ASK_MS = 20_000;
const PORTS_MS = 5_000;

/**
 * One run of the device doctor: all devices at the same time, as the owner of a shared line keeps their questions apart
 * (native/bus). Nothing is waited for beyond DOCTOR_RUN_MS.
 */
export class ExaminationRun {
  readonly #options: RunOptions;
  readonly #startedAt: number;
  readonly #until = performance.now() + DOCTOR_RUN_MS;
  readonly #rows: Map<DeviceKey, Examination>;
  readonly #skips = new Map<DeviceKey, AbortController>();
  readonly #bench: Bench;
  #ports: DoctorRun['ports'] = [];
  #endedAt: number | null = null;

  constructor(options: RunOptions) {
    const { agency, terminal, now, config } = options;
    this.#options = options;
    this.#startedAt = now();
    this.#rows = rowsOf(config);
    this.#bench = {
      devices: options.devices,
      within: (ms) => this.#within(ms),
      asking: (device, ask, wait) => this.#asking(device, ask, wait),
      slip: { agency, terminal, at: hallMinute(this.#startedAt) },
    };
  }

  get state(): DoctorRun {
    return {
      startedAt: new Date(this.#startedAt).toISOString(),
      endedAt: this.#endedAt === null ? null : new Date(this.#endedAt).toISOString(),
      endsBy: new Date(this.#startedAt + DOCTOR_RUN_MS).toISOString(),
      devices: [...this.#rows.values()],
      ports: this.#ports,
    };
  }

  /** Nobody will do what this device asks for. */
  skip(device: DeviceKey): void {
    this.#skips.get(device)?.abort();
  }

  async run(): Promise<DoctorRun> {
    const keys = listDevices(this.#options.config).map(({ key }) => key);
    await Promise.all([this.#listPorts(), ...keys.map((key) => this.#examine(key))]);
    this.#endedAt = this.#options.now();
    this.#tell();
    return this.state;
  }

  async #examine(device: DeviceKey): Promise<void> {
    this.#change(device, { phase: 'testing' });
    const reason = await Promise.race([examine(device, this.#bench), this.#timeIsUp()]);
    this.#change(device, { phase: 'done', ask: null, reason });
  }

  async #timeIsUp(): Promise<'out-of-time'> {
    await delay(this.#left, undefined, { ref: false });
    return 'out-of-time';
  }

  get #left(): number {
    return this.#until - performance.now();
  }

  #within(ms: number): number {
    if (this.#left <= 0) throw new YichuangError('deadline');
    return Math.min(ms, this.#left);
  }

  async #asking<T>(
    device: DeviceKey,
    ask: NonNullable<Examination['ask']>,
    wait: (signal: AbortSignal, waitMs: number) => Promise<T>,
  ): Promise<T | null> {
    if (!this.#options.ask) return null;
    const skipped = new AbortController();
    this.#skips.set(device, skipped);
    const waitMs = Math.round(this.#within(ASK_MS));
    const signal = AbortSignal.any([skipped.signal, AbortSignal.timeout(waitMs)]);
    this.#change(device, { phase: 'asking', ask });
    const given = wait(signal, waitMs);
    // After a skip nobody waits for it any more.
    given.catch(() => {});
    const skip = new Promise<null>((resolve) => skipped.signal.addEventListener('abort', () => resolve(null)));
    try {
      return await Promise.race([given, skip]);
    } finally {
      this.#skips.delete(device);
      this.#change(device, { phase: 'testing', ask: null });
    }
  }

  async #listPorts(): Promise<void> {
    this.#ports = await this.#options.devices.call('ports.list', {}, PORTS_MS).catch(() => []);
    this.#tell();
  }

  #change(device: DeviceKey, change: Partial<Examination>): void {
    const row = this.#rows.get(device);
    // Whoever was given up on may still come to an end.
    if (!row || row.phase === 'done') return;
    this.#rows.set(device, { ...row, ...change });
    this.#tell();
  }

  #tell(): void {
    this.#options.onChange(this.state);
  }
}

/** Every configured device, and every kind of which there is none. */
function rowsOf(config: DevicesConfig): Map<DeviceKey, Examination> {
  const configured = listDevices(config);
  const rows = DEVICE_KINDS.flatMap((kind): Examination[] => {
    const own = configured.filter((each) => each.kind === kind);
    if (own.length > 0) {
      return own.map(({ key, config: { driver, port } }) => ({
        device: key,
        kind,
        driver,
        port,
        phase: 'waiting',
        ask: null,
        reason: null,
      }));
    }
    const none = { driver: null, port: null, ask: null, phase: 'done' as const };
    return [{ device: kind, kind, ...none, reason: 'device-not-configured' }];
  });
  return new Map(rows.map((row) => [row.device, row]));
}
