import type { ModbusEvalConfig } from '../../../contract/config/modbus.ts';
import type { DeviceEventPayload } from '../../../contract/deviceProtocol.ts';
import type { Seat } from '../../bus/types.ts';
import { ModbusPresses } from '../modbusPresses.ts';
import type { Driver, DriverEnvironment } from '../types.ts';

/** A 好差评 box on a Modbus line that counts what was pressed (devices.md §4.1, §4.6). */
export class ModbusEvalDriver extends ModbusPresses<ModbusEvalConfig> implements Driver {
  static readonly driverName = 'modbus-eval';

  static create(seat: Seat, config: ModbusEvalConfig, environment: DriverEnvironment): ModbusEvalDriver {
    return new ModbusEvalDriver(seat, config, environment);
  }

  /**
   * @returns the grade given last since the last poll, or null
   * @throws YichuangError `device-offline`, `device-refused`; TransportError
   */
  async poll(): Promise<DeviceEventPayload<'rating.given'> | null> {
    const { registers, levels } = this.config;
    const pressed = await this.pressed([registers.level]);
    if (!pressed) return null;
    const [value = 0] = pressed.values;
    const level = levels[value];
    if (level === undefined) {
      this.environment.log('rating.unknown-value', { value });
      return null;
    }
    return { level, presses: pressed.presses };
  }
}
