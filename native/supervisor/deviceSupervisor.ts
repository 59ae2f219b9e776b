import type { DeviceHealth, DeviceKey, DeviceStatus } from '../../contract/deviceProtocol.ts';
import { ERRORS, type ErrorCode, isErrorCode, YichuangError } from '../../contract/errors.ts';
import type { Driver, DriverEnvironment, HealthReport } from '../driver/types.ts';
import { type Transport, TransportError } from '../transport/types.ts';
import { BackOff } from './backOff.ts';
import { Session } from './session.ts';

/** One opening, and the driver that speaks over it. */
export interface Opened<D extends Driver> {
  transport: Transport;
  driver: D;
}

export interface SupervisorOptions<D extends Driver> {
  device: DeviceKey;
  driverName: string;
  port: string;
  /** A new transport and a new driver for every call. */
  open: () => Promise<Opened<D>>;
  environment: DriverEnvironment;
  /** In [0, 1), for the jitter of the back-off. */
  random: () => number;
  /** Wall clock for `since`. */
  date: () => Date;
  onStatus: (status: DeviceStatus) => void;
  /** A call into the operating system does not come back: only a new process helps (devices.md §6.2). */
  onHang: (call: 'open' | 'close', device: DeviceKey) => void;
  /** Between heartbeats of an idle device, 3,000–10,000. */
  heartbeatMs?: number;
}

const HEARTBEAT_MS = 5000;
/** After a miss it is asked again sooner, to know. */
const RECHECK_MS = 1000;
const MAX_MISSES = 3;

const OPEN_FAILURES: Readonly<Record<string, ErrorCode>> = {
  'port-missing': 'device-port-missing',
  'port-busy': 'device-busy',
  'port-ambiguous': 'device-port-ambiguous',
  'wrong-mode': 'device-port-wrong-mode',
  forbidden: 'device-port-forbidden',
};

/**
 * Keeps one device usable: opens its port, asks after its health, closes and opens again when it falls silent. The
 * status comes from answers of the device only, never from the port being open.
 */
export class DeviceSupervisor<D extends Driver> {
  readonly #options: SupervisorOptions<D>;
  readonly #backOff: BackOff;
  readonly #loop: Promise<void>;
  /** The opening at hand, usable or still starting. */
  #current: Session<D> | null = null;
  /** The opening that tasks may use. */
  #session: Session<D> | null = null;
  #status: DeviceStatus;
  #closed = false;
  #misses = 0;
  #counted: Readonly<Record<string, number>> = {};
  #nextBeatAt = 0;
  #wake: () => void = () => {};
  #attempt = Promise.withResolvers<void>();

  constructor(options: SupervisorOptions<D>) {
    this.#options = options;
    this.#backOff = new BackOff(options.random);
    this.#status = this.#makeStatus('starting', null, null);
    this.#loop = this.#live();
  }

  get status(): DeviceStatus {
    return this.#status;
  }

  /**
   * Exclusive use of the device. While it starts the task waits for the first outcome; it is never done twice.
   * @param deadlineMs of the task, when it may take longer than a minute
   * @throws YichuangError of the task, or `device-offline`, `device-busy`, `device-port-missing`
   */
  async run<T>(task: (driver: D) => Promise<T>, deadlineMs?: number): Promise<T> {
    if (this.#status.health === 'starting') await this.#attempt.promise;
    const session = this.#session;
    if (!session) throw this.#unavailable();
    try {
      const value = await session.exclusively(task, deadlineMs);
      this.#answered();
      return value;
    } catch (error) {
      this.#afterFailure(session, error);
      throw error instanceof TransportError ? new YichuangError('device-offline', { cause: error }) : error;
    }
  }

  /** Asks the device now until it answers or is given up; one that is offline is opened at once instead of after its pause. */
  async test(): Promise<DeviceStatus> {
    const session = this.#session;
    if (session) {
      do await this.#beat(session);
      while (this.#misses > 0 && !session.lost);
    } else {
      this.#wake();
      await this.#attempt.promise;
    }
    return this.#status;
  }

  /** Its port may be back: opened now instead of after its pause, which begins anew as well. */
  openNow(): void {
    if (this.#current) return;
    this.#backOff.reset();
    this.#wake();
  }

  /** What the drivers counted, over all openings. */
  get counters(): Readonly<Record<string, number>> {
    return sum(this.#counted, this.#current?.driver.counters?.() ?? {});
  }

  /** Ends supervision and closes the port. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#current?.lose();
    this.#wake();
    await this.#loop;
  }

  async #live(): Promise<void> {
    while (!this.#closed) {
      const session = await this.#open();
      if (session) {
        this.#current = session;
        await this.#attend(session);
        this.#session = null;
        this.#current = null;
        await this.#end(session);
      }
      const attempt = this.#attempt;
      this.#attempt = Promise.withResolvers();
      attempt.resolve();
      if (!this.#closed) await this.#sleep(this.#backOff.next());
    }
    this.#attempt.resolve();
  }

  async #open(): Promise<Session<D> | null> {
    let opened: Opened<D>;
    try {
      opened = await this.#options.open();
    } catch (error) {
      this.#offline(error);
      if (error instanceof TransportError && error.code === 'deadline')
        this.#options.onHang('open', this.#options.device);
      return null;
    }
    return new Session(opened.transport, opened.driver, () => this.#wake());
  }

  /** Until the device is lost or supervision ends. */
  async #attend(session: Session<D>): Promise<void> {
    const { now } = this.#options.environment;
    const startedAt = now();
    this.#misses = 0;
    try {
      const report = await session.exclusively(async (driver) => {
        await driver.initialise();
        return driver.heartbeat();
      });
      this.#session = session;
      this.#reported(report);
      this.#attempt.resolve();
    } catch (error) {
      if (this.#closed) return;
      if (isRefusal(error)) this.#apply(refusalReport(error));
      else this.#offline(error);
      return;
    }
    while (!session.lost && !this.#closed) {
      await this.#sleep(this.#nextBeatAt - now());
      if (!session.lost && now() >= this.#nextBeatAt) await this.#beat(session);
    }
    this.#backOff.workedFor(now() - startedAt);
    if (!this.#closed) this.#offline(null);
  }

  async #beat(session: Session<D>): Promise<void> {
    try {
      const report = await session.exclusively((driver) => driver.heartbeat());
      if (report.health === 'offline') this.#missed(session);
      else this.#reported(report);
    } catch (error) {
      this.#options.environment.log('heartbeat.failed', { code: codeOf(error) });
      if (isRefusal(error)) this.#reported(refusalReport(error));
      else this.#missed(session);
    }
  }

  async #end(session: Session<D>): Promise<void> {
    this.#counted = sum(this.#counted, session.driver.counters?.() ?? {});
    session.driver.dispose();
    session.lose();
    try {
      await session.transport.close();
    } catch {
      this.#options.onHang('close', this.#options.device);
    }
  }

  #reported(report: HealthReport): void {
    this.#misses = 0;
    this.#nextBeatAt = this.#options.environment.now() + (this.#options.heartbeatMs ?? HEARTBEAT_MS);
    this.#apply(report);
  }

  /** A device in use shows that it is there; one that is not well is asked on until it is. */
  #answered(): void {
    this.#misses = 0;
    if (this.#status.health !== 'online') return;
    this.#nextBeatAt = this.#options.environment.now() + (this.#options.heartbeatMs ?? HEARTBEAT_MS);
  }

  /** Silence counts; anything else the task met may have changed the device's health, so it is asked at once. */
  #afterFailure(session: Session<D>, error: unknown): void {
    if (error instanceof TransportError) session.lose();
    if (session.lost || session !== this.#session) return;
    if (codeOf(error) === 'device-offline') this.#missed(session);
    else {
      this.#nextBeatAt = this.#options.environment.now();
      this.#wake();
    }
  }

  #missed(session: Session<D>): void {
    this.#misses += 1;
    const { heartbeatMs = HEARTBEAT_MS, environment } = this.#options;
    this.#nextBeatAt = environment.now() + Math.min(RECHECK_MS, heartbeatMs);
    if (this.#misses >= MAX_MISSES) {
      // Before anybody is told that the opening is over: who asks now must not hear that it is well.
      this.#offline(null);
      session.lose();
    } else this.#wake();
  }

  #unavailable(): YichuangError {
    const { reason } = this.#status;
    return new YichuangError(isErrorCode(reason) ? reason : 'device-offline');
  }

  #offline(error: unknown): void {
    const transportCode = error instanceof TransportError ? error.code : null;
    const reason = OPEN_FAILURES[transportCode ?? ''] ?? 'device-offline';
    const candidates = error instanceof TransportError ? error.candidates : [];
    if (error) this.#options.environment.log('device.not-opened', { code: codeOf(error), candidates });
    const words = candidates.length === 0 ? ERRORS[reason] : `${ERRORS[reason]}（${candidates.join('、')}）`;
    this.#apply({ health: 'offline', reason, message: words });
  }

  #apply({ health, reason, message }: HealthReport): void {
    const words = message ?? (isErrorCode(reason) ? ERRORS[reason] : null);
    const { health: before, reason: reasonBefore, message: wordsBefore } = this.#status;
    if (health === before && reason === reasonBefore && words === wordsBefore) return;
    this.#status = this.#makeStatus(health, reason, words);
    this.#options.onStatus(this.#status);
  }

  #makeStatus(health: DeviceHealth, reason: string | null, message: string | null): DeviceStatus {
    const { device, driverName, port, date } = this.#options;
    return { device, driver: driverName, port, health, reason, message, since: date().toISOString() };
  }

  #sleep(ms: number): Promise<void> {
    if (ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
      void this.#options.environment.delay(ms).then(resolve);
    });
  }
}

/** A device that refuses is there, and cannot be used as it is configured. */
function isRefusal(error: unknown): error is YichuangError {
  return error instanceof YichuangError && error.code === 'device-refused';
}

function refusalReport({ code }: YichuangError): HealthReport {
  return { health: 'fault', reason: code, message: ERRORS[code] };
}

function codeOf(error: unknown): string {
  return error instanceof YichuangError || error instanceof TransportError ? error.code : 'internal';
}

function sum(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> {
  const total: Record<string, number> = { ...a };
  for (const [name, count] of Object.entries(b)) total[name] = (total[name] ?? 0) + count;
  return total;
}
