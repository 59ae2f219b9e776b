import { type DeviceKind, kindOf, ownerOf } from './deviceKinds.ts';

/** What people call a kind of device, on the page, on the command line and in a report. */
export const KIND_NAMES: Readonly<Record<DeviceKind, string>> = {
  idReader: '身份证读卡器',
  ticketPrinter: '小票打印机',
  certificatePrinter: '证书打印机',
  displays: '窗口显示屏',
  voices: '语音播报',
  keypad: '呼叫按键',
  rating: '好差评评价器',
};

/** `displays.W07` → 窗口显示屏 W07 */
export function nameOfDevice(key: string): string {
  const owner = ownerOf(key);
  return owner === null ? KIND_NAMES[kindOf(key)] : `${KIND_NAMES[kindOf(key)]} ${owner}`;
}
