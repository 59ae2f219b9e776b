import type { ModbusLedConfig } from '../../../contract/config/modbus.ts';
import { YichuangError } from '../../../contract/errors.ts';
import type { DisplayWords } from '../../../domain/announcement/display.ts';
import type { Priority, Seat } from '../../bus/types.ts';
import { ModbusUnit } from '../../modbus/unit.ts';
import type { Display } from '../display.ts';
import { type DriverEnvironment, type HealthReport, ONLINE } from '../types.ts';
import { type Block, blocksOf, readBackOf } from './blocks.ts';

const BUSY = 6;

/** LED displays on a Modbus line: numbers or text (devices.md §4.1). Registers are written only when they change. */
export class ModbusLedDriver implements Display {
  static readonly driverName = 'modbus-led';
  static readonly sharesLine = true;

  readonly #unit: ModbusUnit;
  readonly #config: ModbusLedConfig;
  readonly #environment: DriverEnvironment;
  /** First register of a block → what was written there and confirmed. */
  readonly #written = new Map<number, string>();
  #wanted: Block[] | null = null;
  #writtenAt = 0;

  static create(seat: Seat, config: ModbusLedConfig, environment: DriverEnvironment): ModbusLedDriver {
    return new ModbusLedDriver(seat, config, environment);
  }

  constructor(seat: Seat, config: ModbusLedConfig, environment: DriverEnvironment) {
    this.#unit = new ModbusUnit(seat, config, environment);
    this.#config = config;
    this.#environment = environment;
  }

  /** @throws YichuangError `device-offline` */
  async initialise(): Promise<void> {
    await this.#firstRegister();
  }

  /**
   * Reads what stands there. A display that lost it, or was not written for a minute, is given it again.
   * @throws YichuangError `device-offline`
   */
  async heartbeat(): Promise<HealthReport> {
    const value = await this.#firstRegister();
    const { refreshSeconds } = this.#config;
    const old = this.#environment.now() - this.#writtenAt >= refreshSeconds * 1000;
    const lost = this.#wanted !== null && value !== null && value !== readBackOf(this.#wanted);
    if (this.#wanted && (old || lost)) {
      this.#written.clear();
      await this.#write(this.#wanted, 'display');
    }
    return ONLINE;
  }

  /** @throws YichuangError `display-busy`, `display-refused`, `device-offline` */
  async show(words: DisplayWords): Promise<void> {
    this.#wanted = blocksOf(words, this.#config);
    await this.#write(this.#wanted, words.attention ? 'call' : 'display').catch((error: unknown) => {
      throw refusal(error);
    });
  }

  counters(): Readonly<Record<string, number>> {
    return this.#unit.counters;
  }

  dispose(): void {
    this.#unit.end();
  }

  /** Null: the display answers but cannot be read there. */
  async #firstRegister(): Promise<number | null> {
    const { shows, registers } = this.#config;
    try {
      const [value = null] = await this.#unit.read('holding', shows === 'text' ? registers.text : registers.number, 1);
      return value;
    } catch (error) {
      if (error instanceof YichuangError && error.code === 'device-refused') return null;
      throw error;
    }
  }

  async #write(blocks: readonly Block[], priority: Priority): Promise<void> {
    for (const { address, values } of blocks) {
      const content = values.join();
      if (this.#written.get(address) === content) continue;
      this.#written.delete(address);
      await this.#unit.write(address, values, priority);
      this.#written.set(address, content);
    }
    this.#writtenAt = this.#environment.now();
  }
}

function refusal(error: unknown): unknown {
  if (!(error instanceof YichuangError) || error.code !== 'device-refused') return error;
  const busy = (error.details as { exception?: number } | null)?.exception === BUSY;
  return new YichuangError(busy ? 'display-busy' : 'display-refused', { details: error.details });
}
