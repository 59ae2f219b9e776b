import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, type TestContext, vi } from 'vitest';
import { parseTerminalConfig } from '../../contract/config.ts';
import type { DoctorRun } from '../../contract/doctor/run.ts';
import { startSamSimulator } from '../../native/simulator/sam-ga450/simulator.ts';
import { openModbusLine } from '../../tests/fixtures/modbus.ts';
import { DeviceHost } from '../deviceHost.ts';
import { Doctor } from './doctor.ts';
import { sticksOf } from './places.ts';

/** A doctor over a real devices process, and what the rest of the terminal was told meanwhile. */
function openDoctor(test: TestContext, devices: object) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'yichuang-doctor-'));
  test.onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const config = parseTerminalConfig(JSON.stringify({ terminal: { id: 'W07', hall: 'main' }, devices }));
  const told: string[] = [];
  const steps: DoctorRun[] = [];
  const host = new DeviceHost({
    devices: config.devices,
    entry: new URL('../../native/main.ts', import.meta.url).pathname,
    execPath: process.execPath,
    now: Date.now,
    onStatus: () => {},
    onRestarting: () => {},
    on: { 'reader.card': () => told.push('card'), 'keypad.key': () => told.push('key') },
    log: () => {},
  });
  test.onTestFinished(() => host.stop());
  const doctor = new Doctor({
    devices: host,
    config,
    version: 'test',
    dataDir,
    now: Date.now,
    onChange: (run) => steps.push(run),
  });
  return {
    dataDir,
    doctor,
    host,
    told,
    reasonOf: (run: DoctorRun, device: string) => run.devices.find((each) => each.device === device)?.reason,
    until: (device: string, phase: string) =>
      vi.waitFor(() => expect(steps.at(-1)?.devices.find((each) => each.device === device)).toMatchObject({ phase }), {
        timeout: 45_000,
      }),
  };
}

async function openReader(test: TestContext) {
  const simulator = await startSamSimulator({ port: 'tcp://127.0.0.1:0' });
  test.onTestFinished(() => simulator.close());
  return { simulator, idReader: { driver: 'sam-ga450', port: simulator.port } };
}

describe('the device doctor', () => {
  it('runs once at a time, and ends at once where nobody will do what it asks for', async (test) => {
    const { idReader } = await openReader(test);
    const { doctor, until, reasonOf, dataDir } = openDoctor(test, { idReader });
    await expect(doctor.report()).rejects.toMatchObject({ code: 'doctor-not-run' });
    const run = doctor.run(true);
    await until('idReader', 'asking');
    await expect(doctor.run(true)).rejects.toMatchObject({ code: 'doctor-running' });
    doctor.skip('idReader');
    expect(reasonOf(await run, 'idReader')).toBe('untried');
    expect(await doctor.save()).toMatchObject({ removable: false });
    expect(readdirSync(path.join(dataDir, 'doctor'))).toHaveLength(2);
  });

  it('does not begin while a certificate is on its way', async (test) => {
    const { idReader, simulator } = await openReader(test);
    const certificatePrinter = { driver: 'escp', port: simulator.port.replace(/\d+$/, '1'), baudRate: 9600 };
    const { doctor, host } = openDoctor(test, { certificatePrinter, idReader });
    const job = { jobId: 'job-1', bytes: Buffer.from('paper').toString('base64') };
    const sending = host.call('certificate.send', job, 30_000);
    await expect(doctor.run(false)).rejects.toMatchObject({ code: 'doctor-certificate' });
    await expect(sending).rejects.toMatchObject({ code: 'certificate-not-started' });
    expect((await doctor.run(false)).endedAt).not.toBeNull();
  });

  it('takes the card and the key pressed for it: neither opens a case or calls anybody', async (test) => {
    const [{ simulator, idReader }, line] = [await openReader(test), await openModbusLine(test, 'pty')];
    const keypad = { driver: 'modbus-keypad', port: line.port, timeoutMs: 150, unit: 1, pollMs: 50 };
    const { doctor, host, told, until, reasonOf } = openDoctor(test, { idReader, keypad });
    host.watchReader(true);
    const run = doctor.run(true);
    await Promise.all([until('idReader', 'asking'), until('keypad', 'asking')]);
    simulator.layCard('zhangsan');
    line.keypad.press(3);
    const ended = await run;
    simulator.liftCard();
    expect([reasonOf(ended, 'idReader'), reasonOf(ended, 'keypad')]).toEqual(['well', 'well']);
    expect(told).toEqual([]);
    line.keypad.press(4);
    simulator.layCard('lina');
    await vi.waitFor(() => expect([...told].sort()).toEqual(['card', 'key']), { timeout: 45_000 });
  });

  it('gives a display back what it showed', async (test) => {
    const line = await openModbusLine(test, 'pty');
    const W07 = { driver: 'modbus-led', port: line.port, timeoutMs: 150, unit: 2 };
    const { doctor, host, reasonOf } = openDoctor(test, { displays: { W07 } });
    const words = { window: 'W07', text: '请A015号到3号窗口', number: 15, attention: true };
    await host.call('display.show', words, 10_000);
    const before = line.displays[0].shown.text;
    const seen = new Set<string>();
    const watch = setInterval(() => seen.add(line.displays[0].shown.text), 50);
    expect(reasonOf(await doctor.run(false), 'displays.W07')).toBe('well');
    clearInterval(watch);
    expect([...seen].join()).toContain('8888');
    expect(line.displays[0].shown.text).toBe(before);
  });
});

describe('where a report goes', () => {
  it('finds the sticks among the mounts, blanks in their names included', () => {
    const mounts = [
      'proc /proc proc rw 0 0',
      '/dev/sda2 / ext4 rw 0 0',
      '/dev/sdb1 /media/clerk/KINGSTON vfat rw 0 0',
      '/dev/sdc1 /run/media/clerk/U\\040盘 exfat rw 0 0',
      '/dev/sda3 /mediafiles ext4 rw 0 0',
    ].join('\n');
    expect(sticksOf(mounts)).toEqual(['/media/clerk/KINGSTON', '/run/media/clerk/U 盘']);
  });
});
