import modbusSerial from 'modbus-serial';
import { YichuangError } from '../../contract/errors.ts';
import type { Priority, Seat } from '../bus/types.ts';
import type { DriverEnvironment } from '../driver/types.ts';
import { TransportError } from '../transport/types.ts';
import { RtuPort } from './rtuPort.ts';

const { default: ModbusRTU } = modbusSerial;
type Client = InstanceType<typeof ModbusRTU>;

export interface UnitOptions {
  /** Address on the line, 1–247. */
  unit: number;
  timeoutMs: number;
}

type Table = 'input' | 'holding';
type Next<T> = (error: unknown, result: T) => void;

/** Exception 06: the device asks to be asked again (devices.md §4.1). */
const BUSY = 6;
const BUSY_TRIES = 5;
const BUSY_PAUSE_MS = 200;
/** Registers may be written twice: a write that nobody confirmed is done once more. */
const WRITE_TRIES = 2;

/** One Modbus device on a line: requests one at a time, each answered, refused, or given up after its time. */
export class ModbusUnit {
  readonly #seat: Seat;
  readonly #options: UnitOptions;
  readonly #environment: DriverEnvironment;
  readonly #port: RtuPort;
  readonly #client: Client;
  #breakOff: (error: unknown) => void = () => {};
  #retries = 0;

  constructor(seat: Seat, options: UnitOptions, environment: DriverEnvironment) {
    this.#seat = seat;
    this.#options = options;
    this.#environment = environment;
    this.#port = new RtuPort(seat, environment, (error) => this.#breakOff(error));
    this.#client = new ModbusRTU(this.#port);
    this.#client.setTimeout(options.timeoutMs);
    this.#client.open(() => {});
    seat.onClose(() => this.end());
  }

  get counters() {
    return { ...this.#port.framer.counters, retries: this.#retries };
  }

  /**
   * @returns `count` registers, 0–65,535 each
   * @throws YichuangError `device-offline` (no answer), `device-refused` (details: the exception); TransportError
   */
  async read(table: Table, address: number, count: number, priority: Priority = 'poll'): Promise<number[]> {
    const { unit } = this.#options;
    const { data } = await this.#ask<{ data: number[] }>(priority, (next) => {
      if (table === 'input') this.#client.writeFC4(unit, address, count, next);
      else this.#client.writeFC3(unit, address, count, next);
    });
    return data;
  }

  /**
   * Writes one register by function 06, several by function 10 (hex); asked once more when nobody confirmed.
   * @throws YichuangError `device-offline`, `device-refused`; TransportError
   */
  async write(address: number, values: readonly number[], priority: Priority): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#writeOnce(address, values, priority);
      } catch (error) {
        const silent = error instanceof YichuangError && error.code === 'device-offline';
        if (!silent || attempt >= WRITE_TRIES) throw error;
        this.#retries += 1;
      }
    }
  }

  /** Lets go whoever waits. */
  end(): void {
    this.#breakOff(new TransportError('closed', this.#seat.port));
    this.#client.destroy(() => {});
  }

  async #writeOnce(address: number, values: readonly number[], priority: Priority): Promise<void> {
    const { unit } = this.#options;
    const [single] = values;
    if (values.length === 1 && single !== undefined) {
      const echo = await this.#ask<{ address: number; value: number }>(priority, (next) =>
        this.#client.writeFC6(unit, address, single, next),
      );
      if (echo.address !== address || echo.value !== single) throw new YichuangError('device-offline');
      return;
    }
    const echo = await this.#ask<{ address: number; length: number }>(priority, (next) =>
      this.#client.writeFC16(unit, address, [...values], next),
    );
    if (echo.address !== address || echo.length !== values.length) throw new YichuangError('device-offline');
  }

  async #ask<T>(priority: Priority, send: (next: Next<T>) => void): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#seat.exchange(priority, () => this.#transact(send));
      } catch (error) {
        if (!isBusy(error) || attempt >= BUSY_TRIES) throw error;
        this.#retries += 1;
        await this.#environment.delay(BUSY_PAUSE_MS);
      }
    }
  }

  #transact<T>(send: (next: Next<T>) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#breakOff = reject;
      send((error, result) => (error ? reject(judge(error)) : resolve(result)));
    }).finally(() => {
      this.#breakOff = () => {};
    });
  }
}

/** `modbus-serial` says how it ended in a name and a number. */
function judge(error: unknown): Error {
  const exception = error instanceof Object && 'modbusCode' in error ? Number(error.modbusCode) : null;
  if (exception !== null) return new YichuangError('device-refused', { details: { exception } });
  return new YichuangError('device-offline', { cause: error });
}

function isBusy(error: unknown): boolean {
  return (
    error instanceof YichuangError &&
    error.code === 'device-refused' &&
    (error.details as { exception?: number } | null)?.exception === BUSY
  );
}
