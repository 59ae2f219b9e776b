import path from 'node:path';
import { startEscpSimulator } from '../../native/simulator/escp/simulator.ts';
import { startModbusSimulator } from '../../native/simulator/modbus/simulator.ts';
import { KeypadUnit, RatingUnit } from '../../native/simulator/modbus/units.ts';
import { startOnbonSimulator } from '../../native/simulator/onbon-bx5k/simulator.ts';
import { startSyn6288Simulator } from '../../native/simulator/speech/module.ts';
import type { Simulator } from '../../native/simulator/types.ts';

const ANY_PORT = 'tcp://127.0.0.1:0';
const KEYPAD = 1;
const RATING = 9;
/** Pace of a certificate printer that nobody has to wait for. */
const CERTIFICATE_BAUD = 115_200;

/** What else stands at a window, beside its reader and its ticket printer. */
export interface Furniture {
  /** For `devices` of the configuration. */
  devices: object;
  /** Every sheet that came out of the certificate printer, as PNG. */
  sheetsDir: string;
  /** What the display over the window shows. */
  shown(): string;
  /** What the voice said, the last first. */
  said(): string[];
  press(key: number): void;
  rate(level: number): void;
  close(): Promise<void>;
}

/** The devices of one window as bytes only: certificate printer, display, voice, keys, 好差评 box. @param dir for the sheets */
export async function furnish(dir: string, window: string): Promise<Furniture> {
  const sheetsDir = path.join(dir, 'sheets');
  const printer = await startEscpSimulator({ port: ANY_PORT, saveDir: sheetsDir, baudRate: CERTIFICATE_BAUD });
  const display = await startOnbonSimulator({ port: ANY_PORT });
  const voice = await startSyn6288Simulator({ port: ANY_PORT });
  const units = { [KEYPAD]: new KeypadUnit(), [RATING]: new RatingUnit() };
  const line = await startModbusSimulator({ port: ANY_PORT, units });
  const all: Simulator[] = [printer, display, voice, line];
  return {
    devices: {
      certificatePrinter: { driver: 'escp', port: printer.port, baudRate: CERTIFICATE_BAUD },
      displays: { [window]: { driver: 'onbon-bx5k', port: display.port } },
      voices: { 'floor-2': { driver: 'syn6288', port: voice.port } },
      keypad: { driver: 'modbus-keypad', port: line.port, unit: KEYPAD },
      rating: { driver: 'modbus-eval', port: line.port, unit: RATING },
    },
    sheetsDir,
    shown: () => [...display.areas.values()].map(({ text }) => text).join(' '),
    said: () => voice.spoken.toReversed(),
    press: (key) => line.press(key, KEYPAD),
    rate: (level) => line.rate(level, RATING),
    async close() {
      await Promise.all(all.map((each) => each.close()));
    },
  };
}
