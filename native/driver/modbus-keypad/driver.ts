import type { ModbusKeypadConfig } from '../../../contract/config/modbus.ts';
import type { DeviceEventPayload } from '../../../contract/deviceProtocol.ts';
import type { Seat } from '../../bus/types.ts';
import { ModbusPresses } from '../modbusPresses.ts';
import type { Driver, DriverEnvironment } from '../types.ts';

const KEY_MIN = 1;
/** Register value of a keypad whose number was not begun. */
const NO_NUMBER = 0xffff;

/** Keys on a Modbus line that counts its presses (devices.md §4.1). */
export class ModbusKeypadDriver extends ModbusPresses<ModbusKeypadConfig> implements Driver {
  static readonly driverName = 'modbus-keypad';

  static create(seat: Seat, config: ModbusKeypadConfig, environment: DriverEnvironment): ModbusKeypadDriver {
    return new ModbusKeypadDriver(seat, config, environment);
  }

  /**
   * @returns what was pressed since the last poll, or null
   * @throws YichuangError `device-offline`, `device-refused`; TransportError
   */
  async poll(): Promise<DeviceEventPayload<'keypad.key'> | null> {
    const { key, number } = this.config.registers;
    const pressed = await this.pressed(number === null ? [key] : [key, number]);
    if (!pressed) return null;
    const { presses } = pressed;
    const [code = 0, typed = NO_NUMBER] = pressed.values;
    if (code < KEY_MIN) {
      this.environment.log('keypad.no-key', { presses });
      return null;
    }
    return { key: String(code), presses, number: typed === NO_NUMBER ? null : typed };
  }
}
