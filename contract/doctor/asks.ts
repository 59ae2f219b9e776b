import type { DeviceKind } from '../deviceKinds.ts';
import type { Picture } from './reasons.ts';

/** What a person is asked to do, and is waited for. */
export const ASKS = {
  card: { sentence: '请放一张身份证。', picture: 'card' },
  key: { sentence: '请按一下呼叫按键上的任意一个键。', picture: 'key' },
  grade: { sentence: '请按一下评价器上的任意一个评价。', picture: 'key' },
} as const satisfies Record<string, { sentence: string; picture: Picture }>;
export type Ask = keyof typeof ASKS;

/** What is done with each kind, said while it is done. */
export const TESTS: Readonly<Record<DeviceKind, string>> = {
  idReader: '正在询问读卡器',
  ticketPrinter: '正在询问打印机，并打一张检测小票',
  certificatePrinter: '正在看联机信号，不动纸',
  displays: '正在让屏显示“测试 8888”',
  voices: '正在播放“设备检测”',
  keypad: '正在询问按键',
  rating: '正在询问评价器',
};
