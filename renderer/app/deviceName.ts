import { kindOf, ownerOf } from '../../contract/deviceKinds.ts';
import { t } from '../strings/index.ts';

/** Zones of the loudspeakers as the plan of a hall names them at first. */
const FLOOR = /^floor-(\d+)$/;

/** What people call a device: 读卡, or of a kind with several 窗口屏 W07, 语音 2 楼. */
export function deviceName(key: string, length: 'short' | 'full'): string {
  const kind = t.device[length][kindOf(key)];
  const owner = ownerOf(key);
  if (owner === null) return kind;
  const [, floor] = FLOOR.exec(owner) ?? [];
  return t.device.of(kind, floor === undefined ? owner : t.place.floor(Number(floor)));
}
