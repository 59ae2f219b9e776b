import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DevicesConfig } from '../contract/config/devices.ts';
import { SupervisedChild } from '../link/supervisedChild.ts';
import { fakeDecoder } from '../tests/fixtures/photoDecoder.ts';
import { openPtyPair } from '../tests/fixtures/pty.ts';
import { type SamSimulator, startSamSimulator } from './simulator/sam-ga450/simulator.ts';
import { openTransport } from './transport/open.ts';

const CALL_MS = 10_000;
const cleanUps: (() => Promise<unknown> | unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function startProcess(config: DevicesConfig) {
  const events: { event: string; payload: Record<string, unknown> }[] = [];
  const log: string[] = [];
  const child = new SupervisedChild({
    name: 'devices',
    entry: join(import.meta.dirname, 'main.ts'),
    execPath: process.execPath,
    start: () => config,
    onEvent: (event, payload) => events.push({ event, payload: payload as Record<string, unknown> }),
    onLog: (line) => log.push(line),
  });
  cleanUps.push(() => child.stop());
  const untilEvent = (event: string, part: object) =>
    vi.waitFor(
      () => expect(events).toContainEqual({ event, payload: expect.objectContaining(part) as object }),
      CALL_MS,
    );
  return { child, events, log, untilEvent };
}

async function startReader(kind: 'pty' | 'tcp'): Promise<{ simulator: SamSimulator; port: string }> {
  const pair = kind === 'pty' ? await openPtyPair() : null;
  if (pair) cleanUps.push(() => pair.close());
  const simulator = await startSamSimulator({ port: pair?.b ?? 'tcp://127.0.0.1:0', baudRate: 115_200 });
  cleanUps.push(() => simulator.close());
  return { simulator, port: pair?.a ?? simulator.port };
}

const reader = (port: string): DevicesConfig => ({ idReader: { driver: 'sam-ga450', port, baudRate: 115_200 } });

describe('the devices process', () => {
  it.each(['pty', 'tcp'] as const)('reads cards on %s from end to end', async (kind) => {
    const { simulator, port } = await startReader(kind);
    const { child, events, log, untilEvent } = startProcess(reader(port));
    await untilEvent('device.status', { device: 'idReader', health: 'online' });
    expect(await child.call('devices.status', {}, CALL_MS)).toEqual([
      expect.objectContaining({ device: 'idReader', driver: 'sam-ga450', port, health: 'online', reason: null }),
    ]);

    await expect(child.call('reader.read', { waitMs: 0 }, CALL_MS)).rejects.toMatchObject({ code: 'card-not-present' });
    const waiting = child.call('reader.read', { waitMs: 8000 }, CALL_MS);
    simulator.layCard('zhangsan');
    expect(await waiting).toMatchObject({ name: '张三', number: '220402199003071231', warnings: [] });
    simulator.liftCard();

    await child.call('reader.watch', { on: true }, CALL_MS);
    simulator.layCard('lina');
    await untilEvent('reader.card', { card: expect.objectContaining({ name: '李娜' }) });
    const { readMs } = events.findLast(({ event }) => event === 'reader.card')?.payload ?? {};
    // The wire alone takes 118 ms: 1,359 bytes of requests and answers at 115,200 baud.
    expect(readMs).toBeGreaterThan(110);
    simulator.liftCard();
    simulator.layCard('not-an-id-card');
    await untilEvent('reader.failed', { code: 'card-wrong-type' });
    expect(events.filter(({ event }) => event === 'reader.card')).toHaveLength(1);
    expect(log.join('\n')).not.toMatch(/张三|李娜|2204/);
  });

  it('sends the photo after the text, decoded by the program of the configuration', async () => {
    const { simulator, port } = await startReader('tcp');
    const { child, events, log, untilEvent } = startProcess({
      idReader: { driver: 'sam-ga450', port, baudRate: 115_200, photo: fakeDecoder() },
    });
    await child.call('reader.watch', { on: true }, CALL_MS);
    simulator.layCard('zhangsan');
    await untilEvent('reader.photo', { number: '220402199003071231' });
    expect(events.map(({ event }) => event).filter((event) => event.startsWith('reader.'))).toEqual([
      'reader.card',
      'reader.photo',
    ]);
    expect(log.join('\n')).not.toMatch(/张三|2204|base64/);
  });

  it('gives the text when the decoder fails', async () => {
    const { simulator, port } = await startReader('tcp');
    const { child, events, log, untilEvent } = startProcess({
      idReader: { driver: 'sam-ga450', port, baudRate: 115_200, photo: { command: '/nonexistent/decoder', args: [] } },
    });
    await child.call('reader.watch', { on: true }, CALL_MS);
    simulator.layCard('zhangsan');
    await untilEvent('reader.card', { card: expect.objectContaining({ name: '张三' }) });
    await vi.waitFor(() => expect(log.join('\n')).toContain('photo.not-decoded'), CALL_MS);
    expect(events.some(({ event }) => event === 'reader.photo')).toBe(false);
  });

  it('refuses what it does not know, without a trace of what was sent', async () => {
    const { port } = await startReader('tcp');
    const { child } = startProcess(reader(port));
    await expect(child.call('reader.write', {}, CALL_MS)).rejects.toMatchObject({ code: 'unknown-method' });
    await expect(child.call('toString', {}, CALL_MS)).rejects.toMatchObject({ code: 'unknown-method' });
    await expect(child.call('reader.read', { waitMs: -1, name: '张三' }, CALL_MS)).rejects.toMatchObject({
      code: 'bad-input',
      details: ['waitMs', ''],
    });
    await expect(child.call('devices.test', { device: 'ticketPrinter' }, CALL_MS)).rejects.toMatchObject({
      code: 'device-not-configured',
    });
    expect(await child.call('devices.test', { device: 'idReader' }, CALL_MS)).toMatchObject({ health: 'online' });
  });

  it('answers its start before a port is there, and takes another configuration', async () => {
    const { child, untilEvent } = startProcess(reader('/dev/no-such-port'));
    await untilEvent('device.status', { health: 'offline', reason: 'device-port-missing' });
    await expect(child.call('reader.read', { waitMs: 9000 }, CALL_MS)).rejects.toMatchObject({
      code: 'device-port-missing',
    });
    const { simulator, port } = await startReader('pty');
    await child.call('devices.configure', reader(port), CALL_MS);
    await untilEvent('device.status', { port, health: 'online' });
    simulator.layCard('test-a');
    expect(await child.call('reader.read', { waitMs: 5000 }, CALL_MS)).toMatchObject({ name: '测试甲' });
    await child.call('devices.configure', {}, CALL_MS);
    expect(await child.call('devices.status', {}, CALL_MS)).toEqual([]);
    await (await openTransport({ port, baudRate: 115_200 })).close();
  });

  it('is started again after it was killed, and works', async () => {
    const { simulator, port } = await startReader('pty');
    const { child, events } = startProcess(reader(port));
    const online = () => events.filter(({ payload }) => payload.health === 'online').length;
    await vi.waitFor(() => expect(online()).toBe(1), CALL_MS);
    child.restart();
    await vi.waitFor(() => expect(online()).toBe(2), CALL_MS);
    simulator.layCard('lina');
    expect(await child.call('reader.read', { waitMs: 5000 }, CALL_MS)).toMatchObject({ name: '李娜' });
  });

  it('closes its ports and ends when its parent lets go', async () => {
    const { port } = await startReader('pty');
    const { child, untilEvent } = startProcess(reader(port));
    await untilEvent('device.status', { health: 'online' });
    await child.stop();
    await (await openTransport({ port, baudRate: 115_200 })).close();
  });

  it('does nothing alone', async () => {
    const alone = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], { stdio: 'ignore' });
    expect(await once(alone, 'exit')).toEqual([1, null]);
  });

  it('ends although a call hangs in the operating system', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hung-'));
    cleanUps.push(() => rmSync(folder, { recursive: true }));
    const fifo = join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    // Opening a pipe nobody writes to blocks a thread of the pool, as a sick serial driver does.
    const script = `
      import { open } from 'node:fs';
      import { exitHung } from ${JSON.stringify(join(import.meta.dirname, 'hardExit.ts'))};
      open(${JSON.stringify(fifo)}, 'r', () => {});
      setTimeout(() => exitHung('open'), 100);`;
    const hung = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    expect(await once(hung, 'exit')).toEqual([null, 'SIGKILL']);
  });
});
