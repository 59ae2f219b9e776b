import { describe, expect, it, type TestContext, vi } from 'vitest';
import { runDevices } from '../../tests/fixtures/modbus.ts';
import { openPtyPair } from '../../tests/fixtures/pty.ts';
import { type ModbusSimulator, startModbusSimulator } from '../simulator/modbus/simulator.ts';
import { KeypadUnit, RatingUnit } from '../simulator/modbus/units.ts';

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 10 });

async function plugIn(test: TestContext, kind: 'pty' | 'tcp') {
  const pair = kind === 'pty' ? await openPtyPair() : null;
  const exchanges: string[] = [];
  const keypad = new KeypadUnit();
  const rating = new RatingUnit();
  const simulator: ModbusSimulator = await startModbusSimulator({
    port: pair?.b ?? 'tcp://127.0.0.1:0',
    units: { 1: keypad, 9: rating },
    onExchange: (line) => exchanges.push(line),
  });
  test.onTestFinished(async () => {
    await simulator.close();
    await pair?.close();
  });
  return { simulator, keypad, rating, exchanges, pair, port: pair?.a ?? simulator.port };
}

describe.concurrent.each(['pty', 'tcp'] as const)('a line with several devices on %s', (kind) => {
  it('serves a keypad and a box in turn, each press once', async (test) => {
    const { simulator, port } = await plugIn(test, kind);
    const bench = runDevices({
      keypad: { driver: 'modbus-keypad', port, unit: 1, pollMs: 50 },
      rating: { driver: 'modbus-eval', port, unit: 9, pollMs: 50 },
    });
    test.onTestFinished(() => bench.close());
    await eventually(() => expect([bench.health('keypad'), bench.health('rating')]).toEqual(['online', 'online']));
    simulator.press(5, 1, 12);
    simulator.rate(4);
    await eventually(() => expect(bench.of('keypad.key')).toEqual([{ key: '5', presses: 1, number: 12 }]));
    await eventually(() => expect(bench.of('rating.given')).toEqual([{ level: 4, presses: 1 }]));
  });
});
