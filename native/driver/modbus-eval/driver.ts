import type { ModbusEvalConfig } from '../../../contract/config/modbus.ts';
import type { DeviceEventPayload } from '../../../contract/deviceProtocol.ts';
import type { Seat } from '../../bus/types.ts';
import { EventCounter } from '../../modbus/eventCounter.ts';
import { readSpan } from '../../modbus/span.ts';
import { ModbusUnit } from '../../modbus/unit.ts';
import type { Driver, DriverEnvironment, HealthReport } from '../types.ts';

/** A 好差评 box on a Modbus line that counts what was pressed (devices.md §4.1, §4.6). */
export class ModbusEvalDriver implements Driver {
  static readonly driverName = 'modbus-eval';
  static readonly sharesLine = true;

  readonly #unit: ModbusUnit;
  readonly #config: ModbusEvalConfig;
  readonly #environment: DriverEnvironment;
  readonly #presses = new EventCounter();

  static create(seat: Seat, config: ModbusEvalConfig, environment: DriverEnvironment): ModbusEvalDriver {
    return new ModbusEvalDriver(seat, config, environment);
  }

  constructor(seat: Seat, config: ModbusEvalConfig, environment: DriverEnvironment) {
    this.#unit = new ModbusUnit(seat, config, environment);
    this.#config = config;
    this.#environment = environment;
  }

  /** A grade given before the port was opened belongs to nobody: counting begins here. */
  async initialise(): Promise<void> {
    await this.poll();
  }

  async heartbeat(): Promise<HealthReport> {
    await this.#unit.read(this.#config.table, this.#config.registers.counter, 1);
    return { health: 'online', reason: null, message: null };
  }

  /**
   * @returns the grade given last since the last poll, or null
   * @throws YichuangError `device-offline`, `device-refused`; TransportError
   */
  async poll(): Promise<DeviceEventPayload<'rating.given'> | null> {
    const { table, registers, levels } = this.#config;
    const [count = 0, value = 0] = await readSpan(this.#unit, table, [registers.counter, registers.level]);
    const presses = this.#presses.advance(count, this.#environment.now());
    if (presses === 0) return null;
    const level = levels[value];
    if (level === undefined) {
      this.#environment.log('rating.unknown-value', { value });
      return null;
    }
    return { level, presses };
  }

  counters(): Readonly<Record<string, number>> {
    return this.#unit.counters;
  }

  dispose(): void {
    this.#unit.end();
  }
}
