import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startEscposSimulator } from '../../native/simulator/escpos/simulator.ts';
import { startModbusSimulator } from '../../native/simulator/modbus/simulator.ts';
import { KeypadUnit } from '../../native/simulator/modbus/units.ts';
import { acceptanceDraft } from '../fixtures/acceptance.ts';
import { openPtyPair } from '../fixtures/pty.ts';
import { startTestService } from '../fixtures/service.ts';

/** A serial driver that hangs, in a real devices process: only a status may change for everybody else. */

let folder: string;
const cleanUps: (() => Promise<unknown> | unknown)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hanging-'));
  const library = join(folder, 'hanging.so');
  const source = new URL('../fixtures/hangingPort.c', import.meta.url).pathname;
  execFileSync('gcc', ['-Wall', '-Werror', '-D_FORTIFY_SOURCE=0', '-shared', '-fPIC', source, '-o', library, '-ldl']);
  vi.stubEnv('LD_PRELOAD', library);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  rmSync(folder, { recursive: true });
});

async function plugIn(at?: { a: string; b: string }) {
  if (at) mkdirSync(dirname(at.a), { recursive: true });
  const pair = await openPtyPair(at);
  const simulator = await startModbusSimulator({ port: pair.b, units: { 1: new KeypadUnit() } });
  const pull = async () => {
    await pair.close();
    await simulator.close();
  };
  cleanUps.push(pull);
  return { pair, simulator, pull };
}

test.each(['HANGING_OPEN', 'HANGING_CLOSE'])(
  '%s: cases are accepted, slips are printed, one device is left out',
  async (when) => {
    const trigger = join(folder, 'hang');
    const line = await plugIn();
    const printer = await startEscposSimulator({ port: 'tcp://127.0.0.1:0' });
    cleanUps.push(() => printer.close());
    vi.stubEnv('HANGING_PORT', line.pair.a);
    vi.stubEnv(when, trigger);
    const terminal = startTestService({
      config: {
        devices: {
          keypad: { driver: 'modbus-keypad', port: line.pair.a, unit: 1 },
          ticketPrinter: { driver: 'escpos', port: printer.port },
        },
      },
    });
    cleanUps.push(() => terminal.dispose());
    await terminal.login();
    const healthOf = async (device: string) =>
      (await terminal.call('devices.status', {})).find((each) => each.device === device);
    const until = (device: string, expected: object) =>
      expect.poll(() => healthOf(device), { timeout: 45_000, interval: 20 }).toMatchObject(expected);
    await until('keypad', { health: 'online' });
    await until('ticketPrinter', { health: 'online' });

    writeFileSync(trigger, '');
    if (when === 'HANGING_CLOSE') line.simulator.setFault('silence');
    else {
      await line.pull();
      await plugIn({ a: line.pair.a, b: line.pair.b });
    }
    const { id } = await terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
    await until('keypad', { health: 'offline', reason: 'device-hung' });
    await until('ticketPrinter', { health: 'starting', reason: 'devices-restarting' });
    await until('ticketPrinter', { health: 'online' });
    // The port still hangs; without it the devices process lives on.
    expect(await terminal.call('slips.print', { caseId: id, slip: 'acceptance' })).toMatchObject({ print: 1 });
    expect(await healthOf('keypad')).toMatchObject({ reason: 'device-hung' });

    rmSync(trigger);
    line.simulator.setFault(null);
    await terminal.call('devices.test', { device: 'keypad' });
    await until('keypad', { health: 'online' });
  },
  60_000,
);
