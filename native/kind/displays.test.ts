import { afterEach, describe, expect, it, vi } from 'vitest';
import { runDevices } from '../../tests/fixtures/modbus.ts';
import { openPtyPair } from '../../tests/fixtures/pty.ts';
import { startQuadSimulator } from '../simulator/frame-profile/simulator.ts';
import { startOnbonSimulator } from '../simulator/onbon-bx5k/simulator.ts';

/** Displays through the methods of the devices process, on real lines. */

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const CARD = { driver: 'onbon-bx5k' as const, address: 1 };
const show = (window: string, text: string, number: number | null = null) => ({
  window,
  text,
  number,
  attention: true,
});

async function card(port = 'tcp://127.0.0.1:0') {
  const simulator = await startOnbonSimulator({ port });
  cleanUps.push(() => simulator.close());
  return simulator;
}

describe('the display over a window', () => {
  it('is sent what it shows on change only', async (test) => {
    const simulator = await card();
    const { devices, started } = runDevices(test, { displays: { W07: { ...CARD, port: simulator.port } } });
    await started;
    await devices.call('display.show', show('W07', '请A012号到7号窗口'));
    await devices.call('display.show', show('W07', '请A012号到7号窗口'));
    expect(simulator.updates).toBe(1);
    await devices.call('display.show', show('W07', '暂停服务'));
    expect(simulator.updates).toBe(2);
    expect(simulator.areas.get(0)?.text).toBe('暂停服务');
  });

  it('gets it back by itself when its line was gone, with what was wanted meanwhile', async (test) => {
    const first = await card();
    const { devices, started, health } = runDevices(test, { displays: { W07: { ...CARD, port: first.port } } });
    await started;
    await devices.call('display.show', show('W07', '请A012号到7号窗口'));
    await first.close();
    await vi.waitFor(() => expect(health('displays.W07')).toBe('offline'));
    await expect(devices.call('display.show', show('W07', '暂停服务'))).rejects.toMatchObject({
      code: expect.stringMatching(/^device-/),
    });
    const second = await card(first.port);
    await vi.waitFor(() => expect(second.areas.get(0)?.text).toBe('暂停服务'), 15_000);
    expect(second.updates).toBe(1);
  });

  it('is a fault while it refuses what it should show, and well again when it takes it', async (test) => {
    const simulator = await card();
    const { devices, started, health } = runDevices(test, { displays: { W07: { ...CARD, port: simulator.port } } });
    await started;
    await devices.call('devices.test', { device: 'displays.W07' });
    simulator.setFault('busy');
    await expect(devices.call('display.show', show('W07', '暂停服务'))).rejects.toMatchObject({ code: 'display-busy' });
    await vi.waitFor(() => expect(health('displays.W07')).toBe('fault'), 10_000);
    simulator.setFault(null);
    await devices.call('devices.test', { device: 'displays.W07' });
    expect(health('displays.W07')).toBe('online');
    expect(simulator.areas.get(0)?.text).toBe('暂停服务');
  });

  it('is another over another window, and none over a third', async (test) => {
    const [seven, eight] = [await card(), await card()];
    const { devices, started } = runDevices(test, {
      displays: { W07: { ...CARD, port: seven.port }, W08: { ...CARD, port: eight.port } },
    });
    await started;
    await Promise.all([
      devices.call('display.show', show('W07', '请A012号到7号窗口')),
      devices.call('display.show', show('W08', '请B003号到8号窗口')),
    ]);
    expect([seven, eight].map(({ areas }) => areas.get(0)?.text)).toEqual(['请A012号到7号窗口', '请B003号到8号窗口']);
    await expect(devices.call('display.show', show('W09', ''))).rejects.toMatchObject({
      code: 'device-not-configured',
    });
  });

  it('shares one line with others, each of which takes what is for it', async (test) => {
    const pair = await openPtyPair();
    cleanUps.push(() => pair.close());
    const simulator = await startQuadSimulator({ port: pair.b, address: 5 });
    cleanUps.push(() => simulator.close());
    const board = (address: number) => ({ driver: 'frame-profile' as const, port: pair.a, address, profile: 'quad' });
    const { devices, started, health } = runDevices(test, { displays: { W04: board(4), W05: board(5) } });
    await started;
    await Promise.all([
      devices.call('display.show', show('W04', '', 400)),
      devices.call('display.show', show('W05', '', 500)),
      devices.call('display.show', show('W04', '', 401)),
    ]);
    await vi.waitFor(() => expect(simulator.shown?.number).toBe(500));
    expect(health('displays.W05')).toBe('unknown');
  });
});
