import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { eventually, onLine, openModbusLine, runDevices } from '../../tests/fixtures/modbus.ts';
import { openTransport } from '../transport/open.ts';
import { choosePort, parseUsbPort } from './identity.ts';
import type { PortDescription } from './types.ts';

/** Nothing but the look every two seconds comes back: back-off and heartbeat would take for ever. */
const WATCH_MS = 2000;
const onlyTheWatch = (ms: number) => (ms === WATCH_MS ? delay(20) : ms < 300 ? delay(ms) : new Promise<void>(() => {}));

it('a device is opened when its port appears, not after its pause', async (test) => {
  const line = await openModbusLine(test, 'pty');
  const folder = await mkdtemp(join(tmpdir(), 'plug-'));
  test.onTestFinished(() => rm(folder, { recursive: true }));
  const port = join(folder, 'ttyUSB0');
  const bench = runDevices(test, { keypad: onLine(port).keypad }, { delay: onlyTheWatch });
  await bench.until('keypad', 'offline');
  await symlink(line.port, port);
  await bench.until('keypad', 'online');
});

it('an adapter that comes back under another number is found by its identity', async (test) => {
  const [before, after] = [await openModbusLine(test, 'pty'), await openModbusLine(test, 'pty')];
  const name = 'usb:1a86:7523@1-1.2';
  const adapter = (path: string): PortDescription => ({
    path,
    usb: { vendorId: '1a86', productId: '7523', serialNumber: null, location: '1-1.2', manufacturer: null },
  });
  let plugged: PortDescription[] = [adapter(before.port)];
  const bench = runDevices(
    test,
    { keypad: onLine(name).keypad },
    {
      delay: onlyTheWatch,
      list: async () => plugged,
      open: (options) => {
        const wanted = parseUsbPort(options.port);
        return openTransport({ ...options, port: wanted ? choosePort(wanted, plugged, name) : options.port });
      },
    },
  );
  await bench.until('keypad', 'online');
  expect(await bench.devices.call('ports.list', {})).toEqual([
    { path: before.port, identity: name, manufacturer: null, device: 'keypad' },
  ]);
  plugged = [];
  await before.pair?.close();
  await bench.until('keypad', 'offline');
  plugged = [adapter(after.port)];
  await bench.until('keypad', 'online');
  after.keypad.press(2);
  await eventually(() => expect(bench.of('keypad.key')).toHaveLength(1));
});

it('two adapters that fit are an error that names both', async (test) => {
  const ports = ['/dev/ttyUSB0', '/dev/ttyUSB1'].map((path, at) => ({
    path,
    usb: { vendorId: '1a86', productId: '7523', serialNumber: null, location: `1-${at}`, manufacturer: null },
  }));
  const bench = runDevices(
    test,
    { keypad: onLine('usb:1a86:7523').keypad },
    {
      open: async () => {
        const wanted = parseUsbPort('usb:1a86:7523');
        throw wanted ? new Error(choosePort(wanted, ports, 'usb:1a86:7523')) : new Error('no adapter');
      },
    },
  );
  await bench.until('keypad', 'offline');
  expect(bench.of('device.status').at(-1)).toMatchObject({
    reason: 'device-port-ambiguous',
    message: expect.stringContaining('/dev/ttyUSB0 (@1-0)、/dev/ttyUSB1 (@1-1)'),
  });
});
