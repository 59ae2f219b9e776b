import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventually, type LineKind, onLine, openModbusLine, runDevices } from '../../tests/fixtures/modbus.ts';
import type { Fault } from '../simulator/types.ts';
import { openTransport } from '../transport/open.ts';

/** Devices that share one line, through the whole of the devices process but its pipe. */

const ALL = ['keypad', 'rating', 'displays.W07', 'displays.W08'];
const words = (text: string, number: number | null, attention = false) => ({ text, number, attention });

describe.concurrent.each(['pty', 'tcp', 'rfc2217'] as const)('a line with four devices on %s', (kind: LineKind) => {
  it('is opened once; each press and each grade is told once, each display shows its own', async (test) => {
    const line = await openModbusLine(test, kind);
    let openings = 0;
    const bench = runDevices(test, onLine(line.port), {
      open: (options) => {
        openings += 1;
        return openTransport(options);
      },
    });
    for (const device of ALL) await bench.until(device, 'online');
    expect(openings).toBe(1);
    line.keypad.press(5, 12);
    line.rating.rate(4);
    await eventually(() => expect(bench.of('keypad.key')).toEqual([{ key: '5', presses: 1, number: 12 }]));
    await eventually(() => expect(bench.of('rating.given')).toEqual([{ level: 4, presses: 1 }]));
    await bench.devices.call('display.show', { window: 'W07', ...words('请A012号到7号窗口', 12, true) });
    await bench.devices.call('display.show', { window: 'W08', ...words('请A013号到8号窗口', 13) });
    expect(line.displays.map(({ shown }) => shown)).toEqual([
      { text: '请A012号到7号窗口', number: null, brightness: 7, blinking: true },
      { text: '', number: 13, brightness: 7, blinking: false },
    ]);
    for (const key of [1, 2, 20]) {
      line.keypad.press(key);
      await eventually(() => expect(bench.of('keypad.key').at(-1)).toMatchObject({ key: String(key), presses: 1 }));
    }
    expect(bench.of('keypad.key')).toHaveLength(4);
  });
});

// Not all at once: a deadline that passes because the machine is busy looks like a silence.
describe.each(['pty', 'tcp'] as const)('a bad line on %s', (kind) => {
  const recoverable: Fault[] = [
    'silence',
    'half-frame',
    'garbage',
    'bad-checksum',
    'late',
    'duplicate',
    'wrong-address',
    'busy',
    'slow',
  ];
  it.for(recoverable)('loses and doubles no press through one %s, and stays online', async (fault, test) => {
    const line = await openModbusLine(test, kind, { lateMs: 700 });
    const bench = runDevices(test, { keypad: onLine(line.port, 600).keypad }, { speed: 3 });
    await bench.until('keypad', 'online');
    let presses = 0;
    for (let turn = 0; turn < 2; turn++) {
      line.simulator.setFault(fault, { times: 1 });
      line.keypad.press(3);
      presses += 1;
      await eventually(() =>
        expect(bench.of('keypad.key').reduce((sum, each) => sum + Number(each.presses), 0)).toBe(presses),
      );
    }
    expect(bench.of('device.status').map((each) => each.health)).toEqual(['online']);
  });

  it.for(['silence', 'half-frame', 'bad-checksum', 'wrong-address', 'late'] as const)(
    'takes lasting %s of one device for its absence, and the others do not suffer',
    async (fault, test) => {
      const line = await openModbusLine(test, kind, { lateMs: 700 });
      const bench = runDevices(test, onLine(line.port), { speed: 5 });
      for (const device of ALL) await bench.until(device, 'online');
      line.simulator.setFault(fault, { unit: 9 });
      await bench.until('rating', 'offline');
      line.keypad.press(7);
      await eventually(() => expect(bench.of('keypad.key')).toEqual([{ key: '7', presses: 1, number: null }]));
      expect(['keypad', 'displays.W07', 'displays.W08'].map(bench.health)).toEqual(['online', 'online', 'online']);
      line.simulator.setFault(null);
      await bench.until('rating', 'online');
      line.rating.rate(2);
      await eventually(() => expect(bench.of('rating.given')).toEqual([{ level: 2, presses: 1 }]));
    },
  );
});

describe.concurrent('a line', () => {
  it('asks an absent device once in ten seconds, and goes on asking the others', async (test) => {
    const line = await openModbusLine(test, 'pty');
    const bench = runDevices(test, onLine(line.port));
    for (const device of ALL) await bench.until(device, 'online');
    line.simulator.setFault('silence', { unit: 9 });
    await bench.until('rating', 'offline');
    const before = line.exchanges.length;
    const since = (unit: number) => line.exchanges.slice(before).filter((each) => each.startsWith(`unit ${unit} `));
    await eventually(() => expect(since(1).length).toBeGreaterThan(60));
    expect(since(9)).toHaveLength(0);
    // A person who asks is not put off.
    line.simulator.setFault(null);
    expect(await bench.devices.call('devices.test', { device: 'rating' })).toMatchObject({ health: 'online' });
  });

  it('that is lost is lost for everybody, comes back for everybody, and nothing is replayed', async (test) => {
    const line = await openModbusLine(test, 'pty');
    const at = { a: line.port, b: line.pair?.b ?? '' };
    const bench = runDevices(test, onLine(line.port), { speed: 5 });
    for (const device of ALL) await bench.until(device, 'online');
    line.simulator.setFault('silence');
    line.keypad.press(4);
    await line.pair?.close();
    for (const device of ALL) await bench.until(device, 'offline');
    await mkdir(dirname(at.a), { recursive: true });
    const again = await openModbusLine(test, 'pty', { at });
    for (let turn = 0; turn < 3; turn++) again.keypad.press(9);
    for (const device of ALL) await bench.until(device, 'online');
    again.keypad.press(1);
    await eventually(() => expect(bench.of('keypad.key')).toEqual([{ key: '1', presses: 1, number: null }]));
  });

  it('is left alone by a device whose neighbour is configured anew', async (test) => {
    const line = await openModbusLine(test, 'pty');
    let openings = 0;
    const bench = runDevices(test, onLine(line.port), {
      open: (options) => {
        openings += 1;
        return openTransport(options);
      },
    });
    for (const device of ALL) await bench.until(device, 'online');
    const { keypad, displays } = onLine(line.port);
    await bench.configure({ keypad, displays });
    expect(await bench.devices.call('devices.status', {})).toHaveLength(3);
    line.keypad.press(6);
    await eventually(() => expect(bench.of('keypad.key')).toHaveLength(1));
    expect(openings).toBe(1);
    await bench.configure({});
    await (await openTransport({ port: line.port, baudRate: 9600 })).close();
  });
});

describe.concurrent('a display', () => {
  it('is written only when something changes, and once a minute', async (test) => {
    const line = await openModbusLine(test, 'pty');
    const bench = runDevices(
      test,
      { displays: { W07: { ...onLine(line.port).displays.W07, refreshSeconds: 60 } } },
      // A read has a quarter of a second of this machine.
      { speed: 20 },
    );
    await bench.until('displays.W07', 'online');
    const writes = () => line.exchanges.filter((each) => each.includes('write')).length;
    await bench.devices.call('display.show', { window: 'W07', ...words('暂停服务', null) });
    const first = writes();
    await bench.devices.call('display.show', { window: 'W07', ...words('暂停服务', null) });
    expect(writes()).toBe(first);
    // Reads go on every five seconds, so a minute has a dozen of them.
    const reads = () => line.exchanges.filter((each) => each.includes('read')).length;
    const readsBefore = reads();
    await eventually(() => expect(writes()).toBe(first * 2));
    expect(reads() - readsBefore).toBeGreaterThan(5);
  });

  it('that lost its power shows again what it showed', async (test) => {
    const line = await openModbusLine(test, 'pty');
    const bench = runDevices(test, { displays: onLine(line.port).displays }, { speed: 10 });
    await bench.until('displays.W07', 'online');
    await bench.devices.call('display.show', { window: 'W07', ...words('请B003号到7号窗口', 3) });
    await bench.devices.call('display.show', { window: 'W08', ...words('请B004号到8号窗口', 4) });
    line.simulator.setFault('reboot');
    expect(line.displays[0].shown).toMatchObject({ text: '' });
    await eventually(() => expect(line.displays[0].shown).toMatchObject({ text: '请B003号到7号窗口' }));
    await eventually(() => expect(line.displays[1].shown).toMatchObject({ number: 4 }));
  });

  it('that refuses, and one that stays busy, say so and stay online', async (test) => {
    const line = await openModbusLine(test, 'pty');
    const displays = {
      W07: { ...onLine(line.port).displays.W07, registers: { text: 0x4000 } },
      W08: onLine(line.port).displays.W08,
    };
    const bench = runDevices(test, { displays }, { speed: 5 });
    await bench.until('displays.W08', 'online');
    const show = (window: string) => bench.devices.call('display.show', { window, ...words('暂停服务', null) });
    await expect(show('W07')).rejects.toMatchObject({ code: 'display-refused' });
    line.simulator.setFault('busy');
    await expect(show('W08')).rejects.toMatchObject({ code: 'display-busy' });
    line.simulator.setFault(null);
    await eventually(() => expect(bench.health('displays.W08')).toBe('online'));
  });
});
