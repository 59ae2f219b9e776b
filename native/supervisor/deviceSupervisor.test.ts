import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it, type TestContext, vi } from 'vitest';
import type { DeviceStatus } from '../../contract/deviceProtocol.ts';
import { openPtyPair, type PtyPair } from '../../tests/fixtures/pty.ts';
import { SHORT_TIMINGS } from '../../tests/fixtures/samReader.ts';
import { systemEnvironment } from '../driver/environment.ts';
import { SamReaderDriver } from '../driver/sam-ga450/driver.ts';
import { type SamSimulator, startSamSimulator } from '../simulator/sam-ga450/simulator.ts';
import { openTransport } from '../transport/open.ts';
import { type Transport, TransportError } from '../transport/types.ts';
import { DeviceSupervisor, type SupervisorOptions } from './deviceSupervisor.ts';

interface Options extends Partial<Omit<SupervisorOptions<SamReaderDriver>, 'open'>> {
  open?: () => Promise<Transport>;
}

function supervise(test: TestContext, port: string, { open, ...options }: Options = {}) {
  const statuses: DeviceStatus[] = [];
  const hangs: string[] = [];
  const supervisor = new DeviceSupervisor<SamReaderDriver>({
    device: 'idReader',
    driverName: 'sam-ga450',
    port,
    open: async () => {
      const transport = await (open?.() ?? openTransport({ port, baudRate: 115_200 }));
      const reader = { baudRate: 115_200, timings: SHORT_TIMINGS };
      return { transport, driver: SamReaderDriver.create(transport, reader, systemEnvironment()) };
    },
    environment: systemEnvironment(),
    random: () => 0,
    date: () => new Date('2026-11-23T01:02:03.000Z'),
    onStatus: (status) => statuses.push(status),
    onHang: (call) => hangs.push(call),
    heartbeatMs: 200,
    ...options,
  });
  test.onTestFinished(() => supervisor.close());
  const story = () => statuses.map(({ health, reason }) => (reason === null ? health : `${health} ${reason}`));
  const until = (last: string) =>
    vi.waitFor(() => expect(story().at(-1)).toBe(last), { timeout: 45_000, interval: 20 });
  return { supervisor, statuses, story, until, hangs };
}

async function plugIn(test: TestContext, at?: { a: string; b: string }) {
  const pair = await openPtyPair(at);
  const exchanges: string[] = [];
  const simulator = await startSamSimulator({ port: pair.b, onExchange: (line) => exchanges.push(line) });
  test.onTestFinished(async () => {
    await simulator.close();
    await pair.close();
  });
  return { pair, simulator, exchanges };
}

async function unplug({ pair, simulator }: { pair: PtyPair; simulator: SamSimulator }): Promise<void> {
  await pair.close();
  await simulator.close();
}

// Concurrent: these tests wait for real back-off and heartbeats.
describe.concurrent('a supervised device', () => {
  it('is missing until its port appears, then online', async (test) => {
    const { pair, simulator } = await plugIn(test);
    const at = { a: pair.a, b: pair.b };
    await unplug({ pair, simulator });
    await mkdir(dirname(at.a), { recursive: true });

    const { until, statuses, supervisor } = supervise(test, at.a);
    expect(supervisor.status.health).toBe('starting');
    await until('offline device-port-missing');
    await expect(supervisor.run(async () => 'done')).rejects.toMatchObject({ code: 'device-port-missing' });
    await plugIn(test, at);
    await until('online');
    expect(statuses[0]).toEqual({
      device: 'idReader',
      driver: 'sam-ga450',
      port: at.a,
      health: 'offline',
      reason: 'device-port-missing',
      message: '找不到设备端口，请检查连线或配置中的端口名。',
      since: '2026-11-23T01:02:03.000Z',
    });
    expect(statuses.at(-1)?.message).toBeNull();
  });

  it('is busy while another program holds its port, then online', async (test) => {
    const { pair } = await plugIn(test);
    const other = await openTransport({ port: pair.a, baudRate: 115_200 });
    const { until, story } = supervise(test, pair.a);
    await until('offline device-busy');
    await other.close();
    await until('online');
    expect(story()).toEqual(['offline device-busy', 'online']);
  });

  it('is offline when it is pulled out and online when it is plugged in again; nothing is repeated', async (test) => {
    const first = await plugIn(test);
    const { supervisor, until, story } = supervise(test, first.pair.a);
    await until('online');
    first.simulator.layCard('zhangsan');
    first.simulator.setFault('half-frame', { command: 'read' });
    const reading = expect(supervisor.run((reader) => reader.readCard())).rejects.toMatchObject({
      code: 'device-offline',
    });
    await vi.waitFor(() => expect(first.exchanges.some((line) => line.startsWith('read'))).toBe(true));
    const at = { a: first.pair.a, b: first.pair.b };
    await unplug(first);
    await reading;
    await until('offline device-port-missing');

    await mkdir(dirname(at.a), { recursive: true });
    const second = await plugIn(test, at);
    await until('online');
    expect(story().slice(0, 3)).toEqual(['online', 'offline device-offline', 'offline device-port-missing']);
    expect(second.exchanges.filter((line) => /^(find|select|read)/.test(line))).toEqual([]);
    second.simulator.layCard('lina');
    const read = await supervisor.run((reader) => reader.readCard());
    expect(read?.card.number).toBe('220403198506150048');
  });

  it('is offline after three misses though its port is open, and online when it answers again', async (test) => {
    const { pair, simulator, exchanges } = await plugIn(test);
    const { supervisor, until, story } = supervise(test, pair.a);
    await until('online');
    const before = exchanges.length;
    simulator.setFault('silence');
    await until('offline device-offline');
    expect(exchanges.length - before).toBeGreaterThanOrEqual(3);
    await expect(supervisor.run(async () => 'done')).rejects.toMatchObject({ code: 'device-offline' });
    simulator.setFault(null);
    await until('online');
    expect(story()).toEqual(['online', 'offline device-offline', 'online']);
  });

  it('survives two misses', async (test) => {
    const { pair, simulator, exchanges } = await plugIn(test);
    const { until, story } = supervise(test, pair.a);
    await until('online');
    simulator.setFault('silence', { command: 'status', times: 2 });
    await vi.waitFor(() => expect(exchanges.filter((line) => line.endsWith('silence'))).toHaveLength(2), 5000);
    await vi.waitFor(() => expect(exchanges.at(-1)).toBe('status 90 11 bytes'), 5000);
    expect(story()).toEqual(['online']);
  });

  it('shows a fault of the device, also while it is in use, and its end', async (test) => {
    const { pair, simulator } = await plugIn(test);
    const { supervisor, until, statuses } = supervise(test, pair.a);
    await until('online');
    simulator.forceStatus('status', 0x66, 1_000_000);
    simulator.forceStatus('find', 0x66, 1);
    await expect(supervisor.run((reader) => reader.readCard())).rejects.toMatchObject({ code: 'reader-fault' });
    await until('fault reader-fault');
    expect(statuses.at(-1)?.message).toContain('没有经过授权');
    const using = setInterval(() => void supervisor.run((reader) => reader.readCard()).catch(() => {}), 20);
    test.onTestFinished(() => clearInterval(using));
    simulator.forceStatus('status', 0x66, 0);
    await until('online');
  });

  it('is asked at once after a task met something unusual', async (test) => {
    const { pair, simulator } = await plugIn(test);
    const { supervisor, until } = supervise(test, pair.a, { heartbeatMs: 3_600_000 });
    await until('online');
    simulator.forceStatus('find', 0x66, 1);
    simulator.forceStatus('status', 0x66, 1);
    await expect(supervisor.run((reader) => reader.readCard())).rejects.toMatchObject({ code: 'reader-fault' });
    await until('fault reader-fault');
  });

  it('lets a task wait for the first outcome', async (test) => {
    const { pair } = await plugIn(test);
    const { supervisor } = supervise(test, pair.a);
    expect(supervisor.status.health).toBe('starting');
    expect(await supervisor.run(async (reader) => (await reader.heartbeat()).health)).toBe('online');
  });

  it('is asked at once by a test, and opened at once when it is offline', async (test) => {
    const { pair, simulator, exchanges } = await plugIn(test);
    const other = await openTransport({ port: pair.a, baudRate: 115_200 });
    const hour = 3_600_000;
    const patient = { ...systemEnvironment(), delay: (ms: number) => systemEnvironment().delay(ms < 300 ? ms : hour) };
    const { supervisor, until } = supervise(test, pair.a, { environment: patient, heartbeatMs: 10_000 });
    await until('offline device-busy');
    await other.close();
    expect(await supervisor.test()).toMatchObject({ health: 'online' });
    const before = exchanges.length;
    simulator.forceStatus('status', 0x60, 1);
    expect(await supervisor.test()).toMatchObject({ health: 'fault', reason: 'reader-fault' });
    expect(exchanges.length).toBe(before + 1);
  });

  it('is asked by a test until it answers or is given up: one silence is no answer', async (test) => {
    const { pair, simulator } = await plugIn(test);
    const { supervisor, until } = supervise(test, pair.a, { heartbeatMs: 10_000 });
    await until('online');
    simulator.setFault('silence', { command: 'status', times: 2 });
    expect(await supervisor.test()).toMatchObject({ health: 'online' });
    simulator.setFault('silence');
    expect(await supervisor.test()).toMatchObject({ health: 'offline', reason: 'device-offline' });
  });

  it('closes its port', async (test) => {
    const { pair } = await plugIn(test);
    const { supervisor, until } = supervise(test, pair.a);
    await until('online');
    await supervisor.close();
    const free = await openTransport({ port: pair.a, baudRate: 115_200 });
    await free.close();
  });

  it('says that the operating system hangs at opening and at closing', async (test) => {
    const opening = supervise(test, '/dev/none', {
      open: () => Promise.reject(new TransportError('deadline', 'open')),
    });
    await vi.waitFor(() => expect(opening.hangs).toEqual(['open']));

    const stuck: Transport = {
      port: '/dev/none',
      write: async () => {},
      onData: () => {},
      onClose: () => {},
      close: () => Promise.reject(new TransportError('deadline', 'close')),
    };
    const closing = supervise(test, '/dev/none', { open: async () => stuck });
    await vi.waitFor(() => expect(closing.hangs).toEqual(['close']), 5000);
  });
});
