import { describe, expect, it, type TestContext } from 'vitest';
import { openDeviceBench } from '../../../tests/fixtures/deviceBench.ts';
import { type CallerSimulatorOptions, startCallerSimulator } from '../../simulator/caller21/simulator.ts';
import type { Fault } from '../../simulator/types.ts';
import { Caller21Driver } from './driver.ts';

/** The driver against the simulated caller, with everything a line can do (devices.md §6.8). */

describe.concurrent.each(['pty', 'tcp'] as const)('on %s', (kind) => {
  const start = (test: TestContext, options: Partial<CallerSimulatorOptions> = {}, timeoutMs = 300) =>
    openDeviceBench(
      test,
      kind,
      (port) => startCallerSimulator({ port, address: 3, lateMs: 330, ...options }),
      (transport, environment) =>
        Caller21Driver.create(
          transport,
          {
            baudRate: 9600,
            address: 3,
            checksum: options.checksum ?? 'sum',
            commands: { poll: 1, key: 2 },
            timeoutMs,
          },
          environment,
        ),
    );

  it.for(['sum', 'xor'] as const)('tells each key once, in order, with the checksum %s', async (checksum, test) => {
    const { driver, simulator } = await start(test, { checksum });
    await driver.initialise();
    expect(await driver.poll()).toBeNull();
    simulator.press('1');
    simulator.press('F');
    expect(await driver.poll()).toEqual({ key: '1', presses: 1, number: null });
    expect(await driver.poll()).toEqual({ key: 'F', presses: 1, number: null });
    expect(await driver.poll()).toBeNull();
  });

  it('loses no key to the question after its health, and begins anew after an opening', async (test) => {
    const { driver, simulator } = await start(test);
    simulator.press('9');
    await driver.initialise();
    expect(await driver.poll()).toBeNull();
    simulator.press('2');
    simulator.press('3');
    expect(await driver.heartbeat()).toMatchObject({ health: 'online' });
    expect(await driver.poll()).toMatchObject({ key: '2' });
    expect(await driver.poll()).toMatchObject({ key: '3' });
  });

  it.for<Fault>(['silence', 'half-frame', 'bad-checksum', 'late', 'wrong-address', 'reboot'])(
    'takes one %s for no answer, and goes on',
    async (fault, test) => {
      const { driver, simulator } = await start(test);
      simulator.setFault(fault, { times: 1 });
      await expect(driver.poll()).rejects.toMatchObject({ code: 'device-offline' });
      simulator.press('4');
      expect(await driver.poll()).toMatchObject({ key: '4' });
      expect(await driver.poll()).toBeNull();
    },
  );

  it.for<Fault>(['garbage', 'duplicate', 'slow'])('tells each key once under lasting %s', async (fault, test) => {
    // As long as a busy machine may take: here nothing is to be silent.
    const { driver, simulator } = await start(test, { fault }, 5000);
    for (const key of ['1', '2', '3']) {
      simulator.press(key);
      expect(await driver.poll()).toMatchObject({ key });
      expect(await driver.poll()).toBeNull();
    }
  });

  it('ends at once when the line breaks inside an answer', async (test) => {
    const { driver, simulator, transport } = await start(test);
    simulator.setFault('disconnect', { times: 1 });
    if (kind === 'tcp') await expect(driver.poll()).rejects.toMatchObject({ name: 'TransportError', code: 'closed' });
    // A simulator cannot pull a pty: to the driver it is half an answer.
    else await expect(driver.poll()).rejects.toMatchObject({ code: 'device-offline' });
    await transport.close();
    await expect(driver.poll()).rejects.toMatchObject({ name: 'TransportError' });
  });
});
