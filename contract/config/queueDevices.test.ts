import { describe, expect, test } from 'vitest';
import { ConfigError, parseTerminalConfig } from '../config.ts';
import { listDevices } from './devices.ts';

function parse(devices: unknown) {
  return parseTerminalConfig(JSON.stringify({ terminal: { id: 'S02', hall: 'main' }, devices })).devices;
}

function problemsOf(devices: unknown): string[] {
  try {
    parse(devices);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((problem) => problem.path);
    throw error;
  }
}

const PROFILE = {
  frame: {
    head: 'AA',
    length: 4,
    fields: [{ name: 'key', off: 2, size: 1, type: 'u8' }],
    checksum: { kind: 'sum8', from: 0, to: 3, at: 3 },
  },
};

test('a hall has a display over each window, and a voice in each zone', () => {
  const config = parse({
    displays: {
      W07: { driver: 'onbon-bx5k', port: '/dev/ttyUSB1' },
      W08: { driver: 'frame-profile', port: 'tcp://10.0.0.5:4001', profile: 'quad', address: 8 },
    },
    voices: { 'floor-2': { driver: 'syn6288', port: 'COM7' }, 'floor-3': { driver: 'recorded' } },
    keypad: { driver: 'caller21', port: 'COM8' },
    rating: {
      driver: 'frame-profile',
      port: 'COM9',
      profile: { frame: { ...PROFILE.frame, fields: [{ ...PROFILE.frame.fields[0], name: 'level' }] } },
    },
  });
  expect(listDevices(config).map(({ key, config: { driver, port } }) => [key, driver, port])).toEqual([
    ['displays.W07', 'onbon-bx5k', '/dev/ttyUSB1'],
    ['displays.W08', 'frame-profile', 'tcp://10.0.0.5:4001'],
    ['voices.floor-2', 'syn6288', 'COM7'],
    ['voices.floor-3', 'recorded', 'audio:'],
    ['keypad', 'caller21', 'COM8'],
    ['rating', 'frame-profile', 'COM9'],
  ]);
  expect(config.voices?.['floor-2']).toMatchObject({ repeat: 2, one: '一', volume: 10 });
  // What was read once is read again by the devices process.
  expect(parse(config)).toEqual(config);
});

describe('a wrong cell is named with its path', () => {
  const display = { driver: 'onbon-bx5k', port: 'COM1' };
  const board = { driver: 'frame-profile', port: 'COM1' };
  test.each([
    ['devices.displays.W07.driver', { displays: { W07: { driver: 'neon', port: 'COM1' } } }],
    ['devices.displays.W07.xUnit', { displays: { W07: { ...display, xUnit: 4 } } }],
    ['devices.displays.W07.colour', { displays: { W07: { ...display, colour: 'red' } } }],
    ['devices.displays.window 7', { displays: { 'window 7': display } }],
    ['devices.displays.W07.profile', { displays: { W07: { ...board, profile: 'sunp' } } }],
    ['devices.displays.W07.profile.frame.fields.0.value', { displays: { W07: { ...board, profile: PROFILE } } }],
    [
      'devices.displays.W07.profile.frame.checksum.kind',
      { displays: { W07: { ...board, profile: { frame: { ...PROFILE.frame, checksum: { kind: 'md5' } } } } } },
    ],
    ['devices.voices.hall.volume', { voices: { hall: { driver: 'syn6288', port: 'COM1', volume: 17 } } }],
    ['devices.voices.hall.one', { voices: { hall: { driver: 'recorded', one: '1' } } }],
    ['devices.voices.hall.port', { voices: { hall: { driver: 'system', port: 'COM1' } } }],
    ['devices.keypad.checksum', { keypad: { driver: 'caller21', port: 'COM1', checksum: 'crc' } }],
    [
      'devices.keypad.profile.frame.checksum.kind',
      { keypad: { ...board, profile: { frame: { ...PROFILE.frame, checksum: { kind: 'none' } } } } },
    ],
    ['devices.rating.profile.frame.fields', { rating: { ...board, profile: PROFILE } }],
  ])('%s', (path, devices) => {
    expect(problemsOf(devices)).toEqual([path]);
  });
});
