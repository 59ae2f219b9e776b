import { readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { eventually, onLine, openModbusLine, runDevices } from '../../tests/fixtures/modbus.ts';
import { openPtyPair } from '../../tests/fixtures/pty.ts';
import { startModbusSimulator } from '../simulator/modbus/simulator.ts';
import { DisplayUnit, KeypadUnit } from '../simulator/modbus/units.ts';

const TIMES = 100;

/** Open files of this process, and what keeps it alive; both grow when something is forgotten. */
const held = () => ({
  files: readdirSync('/proc/self/fd').length,
  resources: process.getActiveResourcesInfo().filter((each) => each !== 'Timeout').length,
  exitListeners: process.listenerCount('exit'),
});

it('a line pulled out and plugged in a hundred times works each time, repeats nothing and leaves nothing behind', async (test) => {
  const first = await openModbusLine(test, 'pty');
  const at = { a: first.port, b: first.pair?.b ?? '' };
  await first.pair?.close();
  await first.simulator.close();

  const { keypad, displays } = onLine(at.a);
  // Back-off and watch run fifty times faster; the line itself does not.
  const bench = runDevices(test, { keypad, displays: { W07: displays.W07 } }, { speed: 50 });
  await bench.until('keypad', 'offline');
  const before = held();
  for (let turn = 1; turn <= TIMES; turn++) {
    await mkdir(dirname(at.a), { recursive: true });
    const pair = await openPtyPair(at);
    const [keys, display] = [new KeypadUnit(), new DisplayUnit()];
    const simulator = await startModbusSimulator({ port: at.b, units: { 1: keys, 2: display } });
    // Pressed while nobody listened: over when the port is opened.
    keys.press(20);
    await bench.until('keypad', 'online');
    await bench.until('displays.W07', 'online');
    const key = (turn % 19) + 1;
    keys.press(key);
    await eventually(() => expect(bench.of('keypad.key').length).toBe(turn));
    expect(bench.of('keypad.key').at(-1)).toEqual({ key: String(key), presses: 1, number: null });
    // What a display shows is a state: the new opening begins with it.
    if (turn > 1) await eventually(() => expect(display.shown.number ?? display.shown.text).toBe('暂停服务'));
    else await bench.devices.call('display.show', { window: 'W07', text: '暂停服务', number: null, attention: false });
    await pair.close();
    await simulator.close();
    await bench.until('keypad', 'offline');
    await bench.until('displays.W07', 'offline');
  }
  await eventually(() => expect(held()).toEqual(before));
  expect(bench.of('keypad.key')).toHaveLength(TIMES);
}, 180_000);
