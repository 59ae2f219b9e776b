import { expect, test } from 'vitest';
import { type ConfigError, parseTerminalConfig } from '../config.ts';

const terminal = { id: 'S02', role: 'screen', hall: 'main' };
const voices = { 'floor-2': { driver: 'syn6288', port: '/dev/ttyUSB0' } };
const displays = { W01: { driver: 'onbon-bx5k', port: '/dev/ttyUSB1' } };

function problemsOf(config: object): string[] {
  try {
    parseTerminalConfig(JSON.stringify({ terminal, ...config }));
    return [];
  } catch (error) {
    return (error as ConfigError).problems.map(({ path }) => path);
  }
}

test('one machine may speak for a floor and drive the displays of several windows', () => {
  const hall = { zones: ['floor-2'], displays: ['W01'] };
  expect(problemsOf({ hall, devices: { voices, displays } })).toEqual([]);
});

test('a zone without a voice and a window without a display are named with their place', () => {
  const hall = { zones: ['floor-2', 'floor-3'], displays: ['W01', 'W02'] };
  expect(problemsOf({ hall, devices: { voices, displays } })).toEqual(['hall.zones.1', 'hall.displays.1']);
  expect(problemsOf({ hall })).toHaveLength(4);
});

test('a key does one of the known things; an unknown key of the section is named', () => {
  expect(parseTerminalConfig(JSON.stringify({ terminal, hall: { keys: { A: 'next' } } })).hall.keys).toEqual({
    A: 'next',
  });
  expect(problemsOf({ hall: { keys: { A: 'dance' } } })).toEqual(['hall.keys.A']);
  expect(problemsOf({ hall: { zone: 'floor-2' } })).toEqual(['hall.zone']);
});
