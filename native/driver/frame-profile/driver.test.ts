import { describe, expect, it, type TestContext, vi } from 'vitest';
import { profileCell } from '../../../contract/config/frameProfile.ts';
import { fromHex, openDeviceBench } from '../../../tests/fixtures/deviceBench.ts';
import { startQuadSimulator, startSunpnSimulator } from '../../simulator/frame-profile/simulator.ts';
import type { Fault } from '../../simulator/types.ts';
import { FrameDisplayDriver } from './display.ts';
import { FrameKeypadDriver, FrameRatingDriver } from './events.ts';

/** The described devices against simulated ones, with everything a line can do (devices.md §6.8). */

const shows = (number: number | null, attention = true) => ({ text: '', number, attention });
const withTimeout = (timeoutMs: number) => {
  const profile = profileCell.parse('sunpn');
  return profile.reply.kind === 'frame' ? { ...profile, reply: { ...profile.reply, timeoutMs } } : profile;
};

/** Keys `16` and `17` of a vendor. Not with an XOR: half a frame and the whole next one can make one more that holds. */
const KEYS = profileCell.parse({
  frame: {
    head: 'AA',
    length: 4,
    addr: { off: 1 },
    fields: [{ name: 'key', off: 2, size: 1, type: 'u8', map: { 16: 'next', 17: 'again' } }],
    checksum: { kind: 'sum8', from: 0, to: 3, at: 3 },
  },
});
const NEXT = fromHex('AA 01 10 BB');
const AGAIN = fromHex('AA 01 11 BC');
const GRADES = profileCell.parse({
  frame: {
    head: 'AA',
    length: 4,
    fields: [{ name: 'level', off: 2, size: 1, type: 'u8', map: { 16: 5, 17: 1 } }],
    checksum: { kind: 'xor8', from: 0, to: 3, at: 3 },
  },
});

describe.concurrent.each(['pty', 'tcp'] as const)('on %s', (kind) => {
  const sunpn = (test: TestContext, fault?: Fault) =>
    openDeviceBench(
      test,
      kind,
      (port) => startSunpnSimulator({ port, fault, lateMs: 450 }),
      (transport, environment) =>
        FrameDisplayDriver.create(transport, { baudRate: 9600, address: 1, profile: withTimeout(300) }, environment),
    );
  const quad = (test: TestContext, address: number) =>
    openDeviceBench(
      test,
      kind,
      (port) => startQuadSimulator({ port, address: 5 }),
      (transport, environment) =>
        FrameDisplayDriver.create(
          transport,
          { baudRate: 9600, address, profile: profileCell.parse('quad') },
          environment,
        ),
    );

  it('shows a number, red while somebody is called', async (test) => {
    const { driver, simulator } = await sunpn(test);
    await driver.show(shows(888));
    expect(simulator.shown).toEqual({ number: 888, colour: 'red' });
    await driver.show(shows(null, false));
    expect(simulator.shown).toEqual({ number: 0, colour: 'green' });
  });

  it.for<Fault>(['silence', 'half-frame', 'garbage', 'bad-checksum', 'late', 'duplicate', 'wrong-address', 'slow'])(
    'shows it all the same after one %s, and what comes next',
    async (fault, test) => {
      const { driver, simulator } = await sunpn(test);
      simulator.setFault(fault, { times: 1 });
      for (const number of [888, 999]) {
        await driver.show(shows(number));
        expect(simulator.shown?.number).toBe(number);
      }
    },
  );

  it('takes lasting silence for an absent board, and gives it its number back after a loss of power', async (test) => {
    const { driver, simulator } = await sunpn(test);
    await driver.show(shows(12));
    simulator.setFault('reboot');
    await expect(driver.heartbeat()).rejects.toMatchObject({ code: 'device-offline' });
    expect(simulator.shown).toBeNull();
    simulator.setFault(null);
    expect(await driver.heartbeat()).toMatchObject({ health: 'online' });
    expect(simulator.shown).toEqual({ number: 12, colour: 'red' });
  });

  it('speaks to the board with its address and to no other; such a board cannot be asked', async (test) => {
    const { driver, simulator } = await quad(test, 5);
    await driver.show(shows(999));
    await vi.waitFor(() => expect(simulator.shown).toEqual({ number: 999, colour: null }));
    expect(await driver.heartbeat()).toMatchObject({ health: 'unknown' });

    const other = await quad(test, 6);
    await other.driver.show(shows(999));
    await other.driver.heartbeat();
    expect(other.simulator.shown).toBeNull();
  });

  it('ends at once when the line breaks inside an answer', async (test) => {
    const { driver, simulator, transport } = await sunpn(test);
    simulator.setFault('disconnect', { times: 1 });
    const shown = driver.show(shows(1));
    if (kind === 'tcp') await expect(shown).rejects.toMatchObject({ name: 'TransportError', code: 'closed' });
    // A simulator cannot pull a pty: to the driver it is half an answer.
    else await shown;
    await transport.close();
    await expect(driver.show(shows(2))).rejects.toMatchObject({ name: 'TransportError' });
  });

  const keypad = async (test: TestContext) => {
    const clock = { at: 0 };
    const bench = await openDeviceBench(
      test,
      kind,
      (port) => startSunpnSimulator({ port }),
      (transport, environment) =>
        FrameKeypadDriver.create(transport, { profile: KEYS }, { ...environment, now: () => clock.at }),
    );
    // Behind a TCP port the device's end is there only once it has taken the connection.
    if (kind === 'tcp') await bench.transport.write(Buffer.of(0));
    return { ...bench, clock };
  };
  const untilPressed = async (driver: FrameKeypadDriver) => {
    let pressed = await driver.poll();
    await vi.waitFor(async () => {
      pressed ??= await driver.poll();
      expect(pressed).not.toBeNull();
    });
    return pressed;
  };

  it('hears a press, takes its echo within 300 ms for the same, and a later one for another', async (test) => {
    const { driver, simulator, clock } = await keypad(test);
    simulator.emit(NEXT);
    simulator.emit(NEXT);
    simulator.emit(AGAIN);
    expect(await untilPressed(driver)).toEqual({ key: 'next', presses: 1, number: null });
    expect(await untilPressed(driver)).toMatchObject({ key: 'again' });
    clock.at += 301;
    simulator.emit(AGAIN);
    expect(await untilPressed(driver)).toMatchObject({ key: 'again' });
    expect(await driver.heartbeat()).toMatchObject({ health: 'unknown' });
  });

  it.for<Fault>(['garbage', 'duplicate', 'slow', 'half-frame', 'bad-checksum'])(
    'hears the next good press through %s, and nothing that was not pressed',
    async (fault, test) => {
      const { driver, simulator, clock } = await keypad(test);
      simulator.setFault(fault, { times: 1 });
      simulator.emit(NEXT);
      if (fault === 'half-frame' || fault === 'bad-checksum') {
        clock.at += 201;
        expect(await driver.poll()).toBeNull();
      } else expect(await untilPressed(driver)).toMatchObject({ key: 'next' });
      clock.at += 301;
      simulator.emit(AGAIN);
      expect(await untilPressed(driver)).toMatchObject({ key: 'again' });
      expect(await driver.poll()).toBeNull();
    },
  );

  it('hears grades, and no rating in a value that stands for none', async (test) => {
    const { driver, simulator, transport } = await openDeviceBench(
      test,
      kind,
      (port) => startSunpnSimulator({ port }),
      (line, environment) => FrameRatingDriver.create(line, { profile: GRADES }, environment),
    );
    if (kind === 'tcp') await transport.write(Buffer.of(0));
    simulator.emit(fromHex('AA 01 12 B9'));
    simulator.emit(fromHex('AA 01 11 BA'));
    await vi.waitFor(async () => expect(await driver.poll()).toEqual({ level: 1, presses: 1 }));
    expect(await driver.poll()).toBeNull();
  });
});
