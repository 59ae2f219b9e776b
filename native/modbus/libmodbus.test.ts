import { describe, expect, it, type TestContext } from 'vitest';
import { eventually, onLine, runDevices } from '../../tests/fixtures/modbus.ts';
import { startModbusSlave } from '../../tests/fixtures/modbusSlave.ts';
import { openPtyPair } from '../../tests/fixtures/pty.ts';

/** Our master against a slave that is not ours: libmodbus. */

async function plugIn(test: TestContext) {
  const pair = await openPtyPair();
  test.onTestFinished(() => pair.close());
  const slave = await startModbusSlave(pair.b, 1);
  test.onTestFinished(() => slave.close());
  return { slave, port: pair.a };
}

describe('a slave by libmodbus', () => {
  it('is a keypad: presses are counted over the wrap', async (test) => {
    const { slave, port } = await plugIn(test);
    slave.setInput(0, 65_535);
    const bench = runDevices(test, { keypad: { ...onLine(port).keypad, timeoutMs: 500 } });
    await bench.until('keypad', 'online');
    slave.setInput(1, 20);
    slave.setInput(2, 345);
    slave.setInput(0, 0);
    await eventually(() => expect(bench.of('keypad.key')).toEqual([{ key: '20', presses: 1, number: 345 }]));
    slave.setInput(0, 3);
    await eventually(() => expect(bench.of('keypad.key').at(-1)).toMatchObject({ presses: 3 }));
  });

  it('is a box and a display at once, of text and of digits', async (test) => {
    const { slave, port } = await plugIn(test);
    const line = { port, unit: 1, timeoutMs: 500 } as const;
    const bench = runDevices(test, {
      rating: { driver: 'modbus-eval', ...line, pollMs: 50 },
      displays: {
        W07: { driver: 'modbus-led', ...line, width: 8 },
        W08: { driver: 'modbus-led', ...line, shows: 'number', registers: { brightness: null, blink: null } },
      },
    });
    await bench.until('rating', 'online');
    await bench.until('displays.W07', 'online');
    await bench.until('displays.W08', 'online');
    slave.setInput(1, 5);
    slave.setInput(0, 1);
    await eventually(() => expect(bench.of('rating.given')).toEqual([{ level: 5, presses: 1 }]));
    await bench.devices.call('display.show', { window: 'W07', text: 'A012号', number: 12, attention: true });
    await bench.devices.call('display.show', { window: 'W08', text: '', number: 12, attention: true });
    await eventually(() => expect(slave.holding()[0]).toBe(12));
    expect(slave.holding().slice(0, 4)).toEqual([12, 0, 7, 1]);
    // The text of vector 3, and its padding.
    expect(slave.holding().slice(16, 20)).toEqual([0x4130, 0x3132, 0xbac5, 0]);
  });

  it('that has no such register refuses, and that is an answer', async (test) => {
    const { port } = await plugIn(test);
    const keypad = { ...onLine(port).keypad, timeoutMs: 500, registers: { counter: 100, key: 101, number: null } };
    const bench = runDevices(test, { keypad });
    await bench.until('keypad', 'fault');
    expect(bench.of('device.status')).toMatchObject([{ reason: 'device-refused' }]);
  });
});
