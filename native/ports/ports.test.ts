import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { port as configuredPort } from '../../contract/config/port.ts';
import { openTransport } from '../transport/open.ts';
import { describePort } from './describe.ts';
import { choosePort, identityOf, parseUsbPort } from './identity.ts';
import { describeListed, listPorts } from './list.ts';
import { listSysfs } from './sysfs.ts';
import type { PortDescription } from './types.ts';

const ch340 = (path: string, location: string | null): PortDescription => ({
  path,
  usb: { vendorId: '1a86', productId: '7523', serialNumber: null, location, manufacturer: 'QinHeng' },
});
const ftdi = (path: string, serialNumber: string): PortDescription => ({
  path,
  usb: { vendorId: '0403', productId: '6001', serialNumber, location: '2-1', manufacturer: 'FTDI' },
});
const PORTS = [ch340('/dev/ttyUSB0', '1-1.2'), ch340('/dev/ttyUSB1', '1-1.3'), ftdi('/dev/ttyUSB2', 'AB12')];

/** The path that is meant, or why there is none. */
function choose(port: string, ports: readonly PortDescription[] = PORTS): string | object {
  const wanted = parseUsbPort(port);
  if (!wanted) return 'no adapter';
  try {
    return choosePort(wanted, ports, port);
  } catch (error) {
    const { code, candidates } = error as { code: string; candidates: string[] };
    return candidates.length > 0 ? { code, candidates } : { code };
  }
}

describe('an adapter by its identity', () => {
  it.each([
    ['usb:0403:6001', '/dev/ttyUSB2'],
    ['usb:0403:6001:AB12', '/dev/ttyUSB2'],
    ['usb:1A86:7523@1-1.3', '/dev/ttyUSB1'],
    ['usb:1a86:7523,/dev/ttyUSB1', '/dev/ttyUSB1'],
    // The number changed, the socket did not.
    ['usb:1a86:7523@1-1.2,/dev/ttyUSB1', '/dev/ttyUSB0'],
    ['usb:0403:6001:AB13', { code: 'port-missing' }],
    ['usb:1a86:7523@1-1.4', { code: 'port-missing' }],
    ['usb:dead:beef,/dev/ttyUSB0', { code: 'port-missing' }],
    ['usb:1a86:7523', { code: 'port-ambiguous', candidates: ['/dev/ttyUSB0 (@1-1.2)', '/dev/ttyUSB1 (@1-1.3)'] }],
    [
      'usb:1a86:7523,/dev/ttyUSB7',
      { code: 'port-ambiguous', candidates: ['/dev/ttyUSB0 (@1-1.2)', '/dev/ttyUSB1 (@1-1.3)'] },
    ],
    ['/dev/ttyUSB0', 'no adapter'],
    ['COM5', 'no adapter'],
  ])('%s is %j', (port, expected) => {
    expect(choose(port)).toEqual(expected);
  });

  it('is what the list calls it: its serial number, else its socket', () => {
    const names = PORTS.map(({ usb }) => usb && identityOf(usb));
    expect(names).toEqual(['usb:1a86:7523@1-1.2', 'usb:1a86:7523@1-1.3', 'usb:0403:6001:AB12']);
    // Each name finds its own port again, and is allowed in the configuration.
    expect(names.map((name) => choose(name ?? ''))).toEqual(PORTS.map(({ path }) => path));
    for (const name of names) expect(configuredPort.safeParse(name).success).toBe(true);
  });

  it('that nobody has is missing, also through the opening of a port', async () => {
    await expect(openTransport({ port: 'usb:dead:beef', baudRate: 9600 })).rejects.toMatchObject({
      code: 'port-missing',
    });
  });

  it('is shown with the device it is configured for', () => {
    const devices = [
      { device: 'keypad', port: 'usb:1a86:7523@1-1.3' },
      { device: 'idReader', port: '/dev/ttyUSB2' },
    ];
    expect(PORTS.map((port) => describePort(port, devices))).toEqual([
      { path: '/dev/ttyUSB0', identity: 'usb:1a86:7523@1-1.2', manufacturer: 'QinHeng', device: null },
      { path: '/dev/ttyUSB1', identity: 'usb:1a86:7523@1-1.3', manufacturer: 'QinHeng', device: 'keypad' },
      { path: '/dev/ttyUSB2', identity: 'usb:0403:6001:AB12', manufacturer: 'FTDI', device: 'idReader' },
    ]);
    expect(describePort({ path: '/dev/ttyS0', usb: null }, [])).toMatchObject({ identity: null, device: null });
  });
});

describe('a configured port', () => {
  it.each([
    ['rfc2217://10.0.0.5:4002', true],
    ['rfc2217://10.0.0.5', false],
    ['usb:1a86:7523', true],
    ['usb:1a86', false],
    ['usb:1a86:7523 @1-1', false],
    ['usb:1a86:7523@Port_#0003.Hub_#0001', true],
    ['/dev/serial/by-path/pci-0000:00:14.0-usb-0:1:1.0-port0', true],
    ['COM15', true],
  ])('%s is allowed: %s', (port, allowed) => {
    expect(configuredPort.safeParse(port).success).toBe(allowed);
  });
});

describe('what Windows lists', () => {
  it('is a socket where the adapter has no serial number', () => {
    const base = { path: 'COM5', vendorId: '1A86', productId: '7523', locationId: 'Port_#0003.Hub_#0001' };
    expect(describeListed({ ...base, serialNumber: '5&2AF1B3C1&0&2', manufacturer: 'wch.cn' })).toEqual({
      path: 'COM5',
      usb: {
        vendorId: '1a86',
        productId: '7523',
        serialNumber: null,
        location: 'Port_#0003.Hub_#0001',
        manufacturer: 'wch.cn',
      },
    });
    expect(describeListed({ ...base, serialNumber: 'AB12' }).usb?.serialNumber).toBe('AB12');
    expect(describeListed({ path: 'COM1' })).toEqual({ path: 'COM1', usb: null });
  });
});

/** A tree as the kernel makes it: `class/tty/NAME` links to the port, whose `device` links to the interface. */
function makeTree(test: TestContext): string {
  const root = mkdtempSync(join(tmpdir(), 'sys-'));
  test.onTestFinished(() => rmSync(root, { recursive: true }));
  const tty = join(root, 'class', 'tty');
  mkdirSync(tty, { recursive: true });
  const add = (name: string, device: string | null, files: Record<string, string> = {}) => {
    const own = join(root, 'devices', device ?? 'virtual', 'tty', name);
    mkdirSync(own, { recursive: true });
    if (device) symlinkSync(relative(own, join(root, 'devices', device)), join(own, 'device'));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(own, file), `${text}\n`);
    symlinkSync(relative(tty, own), join(tty, name));
  };
  const usb = 'pci0000:00/0000:00:14.0/usb1/1-1/1-1.2';
  mkdirSync(join(root, 'devices', usb), { recursive: true });
  for (const [file, text] of [
    ['idVendor', '1a86'],
    ['idProduct', '7523'],
    ['manufacturer', 'QinHeng Electronics'],
    ['serial', ''],
  ] as const) {
    writeFileSync(join(root, 'devices', usb, file), `${text}\n`);
  }
  add('ttyUSB10', `${usb}/1-1.2:1.0/ttyUSB10`);
  add('ttyCH343USB0', `${usb}/1-1.2:1.0`);
  add('ttyS0', 'platform/serial8250', { type: '0' });
  add('ttyS1', 'pnp0/00:01', { type: '4' });
  add('tty1', null);
  return root;
}

describe('what the kernel of Linux lists', () => {
  it('has adapters with their sockets, also of drivers no library knows, and no port without a chip', async (test) => {
    const usb = {
      vendorId: '1a86',
      productId: '7523',
      serialNumber: null,
      location: '1-1.2',
      manufacturer: 'QinHeng Electronics',
    };
    expect(await listSysfs(makeTree(test))).toEqual([
      { path: '/dev/ttyCH343USB0', usb },
      { path: '/dev/ttyS1', usb: null },
      { path: '/dev/ttyUSB10', usb },
    ]);
  });

  it('is empty where there is nothing, and an answer on this machine', async () => {
    expect(await listSysfs(join(tmpdir(), 'no-such-tree'))).toEqual([]);
    for (const { path } of await listPorts()) expect(path).toMatch(/^(\/dev\/|COM)/);
  });
});
