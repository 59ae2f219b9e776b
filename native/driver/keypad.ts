import type { DeviceEventPayload } from '../../contract/deviceProtocol.ts';
import type { Driver } from './types.ts';

/** Keys at a window, whatever their protocol. */
export interface Keypad extends Driver {
  /** @returns what was pressed since the last poll, or null. @throws YichuangError `device-offline` */
  poll(): Promise<DeviceEventPayload<'keypad.key'> | null>;
}

/** A 好差评 box, whatever its protocol. */
export interface RatingBox extends Driver {
  /** @returns the grade given since the last poll, or null. @throws YichuangError `device-offline` */
  poll(): Promise<DeviceEventPayload<'rating.given'> | null>;
}
