import { describe, expect, it, type TestContext } from 'vitest';
import { onbonDisplayConfig } from '../../../contract/config/displays.ts';
import { openDeviceBench } from '../../../tests/fixtures/deviceBench.ts';
import { startOnbonSimulator } from '../../simulator/onbon-bx5k/simulator.ts';
import type { Fault } from '../../simulator/types.ts';
import { OnbonDriver } from './driver.ts';

/** The driver against the simulated card, with everything a line can do (devices.md §6.8). */

const words = (text: string) => ({ text, number: null, attention: false });
const CONFIG = onbonDisplayConfig.parse({ driver: 'onbon-bx5k', port: 'COM1', address: 3, width: 96 });
const TIMINGS = { answer: 400, busy: 20, quiet: 100 };

describe.concurrent.each(['pty', 'tcp'] as const)('on %s', (kind) => {
  const start = (test: TestContext, fault?: Fault) =>
    openDeviceBench(
      test,
      kind,
      (port) => startOnbonSimulator({ port, address: 3, fault, lateMs: 600 }),
      (transport, environment) => OnbonDriver.create(transport, { ...CONFIG, timings: TIMINGS }, environment),
    );

  it('shows a text in its area', async (test) => {
    const { driver, simulator } = await start(test);
    await driver.initialise();
    expect(simulator.updates).toBe(0);
    await driver.show(words('请A012号到3号窗口'));
    expect([...simulator.areas]).toEqual([[0, { x: 0, y: 0, width: 12, height: 32, text: '请A012号到3号窗口' }]]);
    expect(await driver.heartbeat()).toMatchObject({ health: 'online' });
    expect(simulator.areas.size).toBe(1);
  });

  it.for<Fault>([
    'silence',
    'half-frame',
    'garbage',
    'bad-checksum',
    'late',
    'duplicate',
    'wrong-address',
    'busy',
    'slow',
    'reboot',
  ])('shows it all the same after one %s, and what comes next', async (fault, test) => {
    const { driver, simulator } = await start(test);
    simulator.setFault(fault, { times: 1 });
    await driver.show(words('请A012号到3号窗口'));
    expect(simulator.areas.get(0)?.text).toBe('请A012号到3号窗口');
    await driver.show(words('暂停服务'));
    expect(simulator.areas.get(0)?.text).toBe('暂停服务');
  });

  it.for<Fault>(['silence', 'half-frame', 'bad-checksum', 'wrong-address', 'reboot'])(
    'takes lasting %s for an absent card, and finds it again',
    async (fault, test) => {
      const { driver, simulator } = await start(test, fault);
      await expect(driver.show(words('暂停服务'))).rejects.toMatchObject({ code: 'device-offline' });
      await expect(driver.heartbeat()).rejects.toMatchObject({ code: 'device-offline' });
      simulator.setFault(null);
      expect(await driver.heartbeat()).toMatchObject({ health: 'online' });
      await driver.show(words('请A013号到3号窗口'));
      expect(simulator.areas.get(0)?.text).toBe('请A013号到3号窗口');
    },
  );

  it.for<Fault>(['garbage', 'duplicate', 'slow'])('goes on working under lasting %s', async (fault, test) => {
    const { driver, simulator } = await start(test, fault);
    for (const text of ['请A012号到3号窗口', '请A013号到3号窗口', '暂停服务']) {
      await driver.show(words(text));
      expect(simulator.areas.get(0)?.text).toBe(text);
    }
  });

  it('asks a busy card five times and no more', async (test) => {
    const { driver, simulator } = await start(test);
    simulator.setFault('busy', { times: 4 });
    await driver.show(words('暂停服务'));
    expect(simulator.areas.get(0)?.text).toBe('暂停服务');
    simulator.setFault('busy', { times: 5 });
    await expect(driver.show(words('请A012号到3号窗口'))).rejects.toMatchObject({ code: 'display-busy' });
  });

  it('ends at once when the line breaks inside an answer', async (test) => {
    const { driver, simulator, transport } = await start(test);
    simulator.setFault('disconnect', { times: 1 });
    const shown = driver.show(words('暂停服务'));
    if (kind === 'tcp') await expect(shown).rejects.toMatchObject({ name: 'TransportError', code: 'closed' });
    // A simulator cannot pull a pty: to the driver it is half an answer.
    else await shown;
    await transport.close();
    await expect(driver.show(words('暂停服务'))).rejects.toMatchObject({ name: 'TransportError' });
  });

  it('does not speak to the card next to it', async (test) => {
    const { driver, simulator } = await openDeviceBench(
      test,
      kind,
      (port) => startOnbonSimulator({ port, address: 4 }),
      (transport, environment) => OnbonDriver.create(transport, { ...CONFIG, timings: TIMINGS }, environment),
    );
    await expect(driver.show(words('暂停服务'))).rejects.toMatchObject({ code: 'device-offline' });
    expect(simulator.areas.size).toBe(0);
  });
});
