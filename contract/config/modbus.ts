import { z } from 'zod';
import { baudRate, parity, port } from './port.ts';

/** Devices on a Modbus RTU line (devices.md §4.1, §6.4); several of them share one port. */

const register = z.int().min(0).max(65_535);

/** What every Modbus device says of its line and its place on it. */
export const modbusUnit = {
  port,
  baudRate: baudRate.default(9600),
  parity,
  unit: z.int().min(1).max(247).describe('address of the device on its line'),
  timeoutMs: z.int().min(50).max(5000).default(500).describe('how long an answer may take'),
} as const;

const pollMs = z.int().min(50).max(2000).default(150);
const table = z.enum(['input', 'holding']).default('input');

/** Numbers or GBK text over a window; null: the display has no such register. */
export const modbusLedConfig = z.strictObject({
  driver: z.literal('modbus-led'),
  ...modbusUnit,
  shows: z.enum(['text', 'number']).default('text'),
  width: z.int().min(2).max(120).default(24).describe('half-width characters of the text'),
  brightness: z.int().min(0).max(7).default(7),
  refreshSeconds: z.int().min(5).max(3600).default(60).describe('what stands there is written again after this time'),
  registers: z
    .strictObject({
      number: register.default(0),
      brightness: register.nullable().default(2),
      blink: register.nullable().default(3),
      text: register.default(0x10).describe('two bytes in each from here on'),
    })
    .prefault({}),
});

export const modbusKeypadConfig = z.strictObject({
  driver: z.literal('modbus-keypad'),
  ...modbusUnit,
  pollMs,
  table,
  registers: z
    .strictObject({
      counter: register.default(0),
      key: register.default(1),
      number: register.nullable().default(2).describe('null: the keypad takes no numbers'),
    })
    .prefault({})
    .describe('where the count of presses, the last key and the number typed in stand'),
});

export const modbusEvalConfig = z.strictObject({
  driver: z.literal('modbus-eval'),
  ...modbusUnit,
  pollMs,
  table,
  registers: z
    .strictObject({ counter: register.default(0), level: register.default(1) })
    .prefault({})
    .describe('where the count of ratings and the last one stand'),
  levels: z
    .record(z.string().regex(/^\d{1,5}$/), z.int().min(1).max(5))
    .default({ 1: 1, 2: 2, 3: 3, 4: 4, 5: 5 })
    .describe('value of the box → grade, 5 非常满意 to 1 非常不满意; a value that is not listed is no rating'),
});

export type ModbusLedConfig = z.infer<typeof modbusLedConfig>;
export type ModbusKeypadConfig = z.infer<typeof modbusKeypadConfig>;
export type ModbusEvalConfig = z.infer<typeof modbusEvalConfig>;
