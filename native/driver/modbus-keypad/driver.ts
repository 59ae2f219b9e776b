import type { ModbusKeypadConfig } from '../../../contract/config/modbus.ts';
import type { DeviceEventPayload } from '../../../contract/deviceProtocol.ts';
import type { Seat } from '../../bus/types.ts';
import { EventCounter } from '../../modbus/eventCounter.ts';
import { readSpan } from '../../modbus/span.ts';
import { ModbusUnit } from '../../modbus/unit.ts';
import type { Driver, DriverEnvironment, HealthReport } from '../types.ts';

const KEY_MIN = 1;
/** Register value of a keypad whose number was not begun. */
const NO_NUMBER = 0xffff;

/** Keys on a Modbus line that counts its presses (devices.md §4.1). */
export class ModbusKeypadDriver implements Driver {
  static readonly driverName = 'modbus-keypad';
  static readonly sharesLine = true;

  readonly #unit: ModbusUnit;
  readonly #config: ModbusKeypadConfig;
  readonly #environment: DriverEnvironment;
  readonly #presses = new EventCounter();

  static create(seat: Seat, config: ModbusKeypadConfig, environment: DriverEnvironment): ModbusKeypadDriver {
    return new ModbusKeypadDriver(seat, config, environment);
  }

  constructor(seat: Seat, config: ModbusKeypadConfig, environment: DriverEnvironment) {
    this.#unit = new ModbusUnit(seat, config, environment);
    this.#config = config;
    this.#environment = environment;
  }

  /** What was pressed before the port was opened is over: counting begins here. */
  async initialise(): Promise<void> {
    await this.poll();
  }

  async heartbeat(): Promise<HealthReport> {
    await this.#unit.read(this.#config.table, this.#config.registers.counter, 1);
    return { health: 'online', reason: null, message: null };
  }

  /**
   * @returns what was pressed since the last poll, or null
   * @throws YichuangError `device-offline`, `device-refused`; TransportError
   */
  async poll(): Promise<DeviceEventPayload<'keypad.key'> | null> {
    const { table, registers } = this.#config;
    const { counter, key, number } = registers;
    const values = await readSpan(this.#unit, table, number === null ? [counter, key] : [counter, key, number]);
    const [count = 0, code = 0, typed = NO_NUMBER] = values;
    const presses = this.#presses.advance(count, this.#environment.now());
    if (presses === 0) return null;
    if (code < KEY_MIN) {
      this.#environment.log('keypad.no-key', { presses });
      return null;
    }
    return { key: String(code), presses, number: typed === NO_NUMBER ? null : typed };
  }

  counters(): Readonly<Record<string, number>> {
    return this.#unit.counters;
  }

  dispose(): void {
    this.#unit.end();
  }
}
