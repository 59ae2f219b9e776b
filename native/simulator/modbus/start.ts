import type { SimulatorOptions } from '../types.ts';
import { type ModbusSimulator, startModbusSimulator } from './simulator.ts';
import { DisplayUnit, KeypadUnit, RatingUnit, type SimulatedUnit } from './units.ts';

/** So many of a kind on one line, at the addresses from 1 on: enough to see that they share it. */
const ON_A_LINE = 4;

const lineOf =
  (make: () => SimulatedUnit) =>
  (options: SimulatorOptions): Promise<ModbusSimulator> => {
    const addresses = Array.from({ length: ON_A_LINE }, (_, index) => index + 1);
    return startModbusSimulator({
      ...options,
      units: Object.fromEntries(addresses.map((address) => [address, make()])),
    });
  };

export const startDisplays = lineOf(() => new DisplayUnit());
export const startKeypads = lineOf(() => new KeypadUnit());
export const startRatings = lineOf(() => new RatingUnit());
