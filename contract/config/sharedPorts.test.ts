import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { devicesConfig } from './devices.ts';

type Config = z.input<typeof devicesConfig>;

const problemsOf = (config: Config) =>
  (devicesConfig.safeParse(config).error?.issues ?? []).map((issue) => issue.path.join('.'));

const port = '/dev/ttyUSB0';
const keypad = { driver: 'modbus-keypad', port, unit: 1 } as const;
const display = { driver: 'modbus-led', port, unit: 2 } as const;
const reader = { driver: 'sam-ga450', port } as const;

describe('devices that name the same port', () => {
  it('may share it on a Modbus line, each at its address, one device also as two', () => {
    expect(problemsOf({ keypad, displays: { W07: display, W08: { ...display, unit: 1 } } })).toEqual([]);
    expect(problemsOf({ keypad, rating: { driver: 'modbus-eval', port, unit: 1 } })).toEqual([]);
  });

  it('are wrong where one of them needs it alone', () => {
    expect(problemsOf({ idReader: reader, keypad })).toEqual(['keypad.port']);
    expect(problemsOf({ idReader: reader, ticketPrinter: { driver: 'escpos', port } })).toEqual(['ticketPrinter.port']);
    expect(problemsOf({ idReader: { ...reader, port: 'COM5' }, keypad })).toEqual([]);
  });

  it('may speak several protocols, but not described frames beside others', () => {
    const card = { driver: 'onbon-bx5k', port } as const;
    const board = { driver: 'frame-profile', port, profile: 'quad', address: 3 } as const;
    expect(problemsOf({ keypad, displays: { W07: card, W08: display } })).toEqual([]);
    expect(problemsOf({ displays: { W07: board, W08: { ...board, address: 4 } } })).toEqual([]);
    expect(problemsOf({ displays: { W07: board, W08: display } })).toEqual(['displays.W08.port']);
  });

  it('are wrong with other settings of the line', () => {
    expect(problemsOf({ keypad, displays: { W07: { ...display, baudRate: 19_200 } } })).toEqual(['keypad.baudRate']);
    expect(problemsOf({ keypad, displays: { W07: { ...display, parity: 'even' } } })).toEqual(['keypad.parity']);
  });
});
