import { expect, test } from 'vitest';
import { deviceName } from './deviceName.ts';

test('a device is called by its kind, one of several by whose it is, a loudspeaker by its floor', () => {
  expect(deviceName('idReader', 'short')).toBe('读卡');
  expect(deviceName('displays.W07', 'short')).toBe('窗口屏 W07');
  expect(deviceName('voices.floor-2', 'short')).toBe('语音 2 楼');
  expect(deviceName('voices.lobby', 'short')).toBe('语音 lobby');
});
