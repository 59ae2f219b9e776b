import type { ModbusEvalConfig, ModbusKeypadConfig } from '../../contract/config/modbus.ts';
import type { Seat } from '../bus/types.ts';
import { EventCounter } from '../modbus/eventCounter.ts';
import { readSpan } from '../modbus/span.ts';
import { ModbusUnit } from '../modbus/unit.ts';
import type { DriverEnvironment, HealthReport } from './types.ts';

/** A box with keys on a Modbus line: a register counts its presses, others say what was pressed (devices.md §4.1). */
export abstract class ModbusPresses<Config extends ModbusEvalConfig | ModbusKeypadConfig> {
  static readonly sharesLine = true;

  protected readonly config: Config;
  protected readonly environment: DriverEnvironment;
  readonly #unit: ModbusUnit;
  readonly #presses = new EventCounter();

  constructor(seat: Seat, config: Config, environment: DriverEnvironment) {
    this.#unit = new ModbusUnit(seat, config, environment);
    this.config = config;
    this.environment = environment;
  }

  abstract poll(): Promise<unknown>;

  /** What was pressed before the port was opened belongs to nobody: counting begins here. */
  async initialise(): Promise<void> {
    await this.poll();
  }

  async heartbeat(): Promise<HealthReport> {
    await this.#unit.read(this.config.table, this.config.registers.counter, 1);
    return { health: 'online', reason: null, message: null };
  }

  counters(): Readonly<Record<string, number>> {
    return this.#unit.counters;
  }

  dispose(): void {
    this.#unit.end();
  }

  /**
   * @param registers what else to read in the same request
   * @returns how often a key was pressed since the last look, and the registers asked for; null when never
   * @throws YichuangError `device-offline`, `device-refused`; TransportError
   */
  protected async pressed(registers: readonly number[]): Promise<{ presses: number; values: number[] } | null> {
    const { table, registers: known } = this.config;
    const [count = 0, ...values] = await readSpan(this.#unit, table, [known.counter, ...registers]);
    const presses = this.#presses.advance(count, this.environment.now());
    return presses === 0 ? null : { presses, values };
  }
}
