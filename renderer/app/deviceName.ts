import { kindOf, ownerOf } from '../../contract/deviceKinds.ts';
import { t } from '../strings/index.ts';

/** What people call a device: 读卡, or 窗口屏 W07 of a kind with several. */
export function deviceName(key: string, length: 'short' | 'full'): string {
  const kind = t.device[length][kindOf(key)];
  const owner = ownerOf(key);
  return owner === null ? kind : t.device.of(kind, owner);
}
