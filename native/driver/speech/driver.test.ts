import { describe, expect, it, type TestContext, vi } from 'vitest';
import { openDeviceBench } from '../../../tests/fixtures/deviceBench.ts';
import { startSyn6288Simulator, startXfs5152Simulator } from '../../simulator/speech/module.ts';
import type { Fault } from '../../simulator/types.ts';
import { Syn6288Driver } from '../syn6288/driver.ts';
import { Xfs5152Driver } from '../xfs5152/driver.ts';

/** Both modules against their simulators, with everything a line can do (devices.md §6.8). */

const TIMINGS = { accept: 300, end: 900, character: 20, powerUp: 400, quiet: 100 };
const say = (text: string, slow = false) => ({ text, pieces: [text], slow });
const CALL = '请A零一五号到三号窗口办理业务';
const never = new AbortController().signal;

const MODULES = {
  syn6288: {
    start: startSyn6288Simulator,
    marks: '[v12][m0][t3]',
    slowMarks: '[v12][m0][t1]',
    create: (...[transport, environment]: Parameters<Parameters<typeof openDeviceBench>[3]>) =>
      Syn6288Driver.create(transport, { volume: 12, speed: 3, baudRate: 115_200, timings: TIMINGS }, environment),
  },
  xfs5152: {
    start: startXfs5152Simulator,
    marks: '[v7][s4][m51]',
    slowMarks: '[v7][s2][m51]',
    create: (...[transport, environment]: Parameters<Parameters<typeof openDeviceBench>[3]>) =>
      Xfs5152Driver.create(
        transport,
        { volume: 7, speed: 4, speaker: 51, baudRate: 115_200, timings: TIMINGS },
        environment,
      ),
  },
} as const;

describe.concurrent.each([
  ['syn6288', 'pty'],
  ['syn6288', 'tcp'],
  ['xfs5152', 'pty'],
  ['xfs5152', 'tcp'],
] as const)('%s on %s', (name, kind) => {
  const { start: startSimulator, create, marks, slowMarks } = MODULES[name];
  const start = (test: TestContext, options: { fault?: Fault; characterMs?: number } = {}) =>
    openDeviceBench(test, kind, (port) => startSimulator({ port, characterMs: 5, lateMs: 450, ...options }), create);

  it('resolves when the text has been spoken, with its marks, and not before', async (test) => {
    const { driver, simulator } = await start(test);
    await driver.initialise();
    const speaking = driver.speak(say(CALL), never);
    await vi.waitFor(() => expect(simulator.marks).toBe(marks));
    expect(simulator.spoken).toEqual([]);
    await speaking;
    expect(simulator.spoken).toEqual([CALL]);
    expect(await driver.heartbeat()).toMatchObject({ health: 'online' });
  });

  it('speaks slowly to the elder, and at its own pace to who comes next', async (test) => {
    const { driver, simulator } = await start(test);
    await driver.speak(say(CALL, true), never);
    expect(simulator.marks).toBe(slowMarks);
    await driver.speak(say(CALL), never);
    expect(simulator.marks).toBe(marks);
    expect(simulator.spoken).toEqual([CALL, CALL]);
  });

  it('speaks both parts of a text that is too long for one frame, in order', async (test) => {
    const { driver, simulator } = await start(test, { characterMs: 1 });
    const long = `${'请'.repeat(95)}，${'候'.repeat(60)}`;
    await driver.speak(say(long), never);
    expect(simulator.spoken).toHaveLength(2);
    expect(simulator.spoken.join('')).toBe(long);
    expect(simulator.brokenOff).toEqual([]);
  });

  it.for<Fault>(['silence', 'half-frame', 'garbage', 'bad-checksum', 'late', 'duplicate', 'busy', 'slow', 'reboot'])(
    'speaks it all the same after one %s, and what comes next',
    async (fault, test) => {
      const { driver, simulator } = await start(test);
      simulator.setFault(fault, { times: 1 });
      await driver.speak(say(CALL), never);
      await vi.waitFor(() => expect(simulator.spoken.at(-1)).toBe(CALL));
      await driver.speak(say('请稍候'), never);
      await vi.waitFor(() => expect(simulator.spoken.at(-1)).toBe('请稍候'));
    },
  );

  it('says a text again that was lost with the power, once', async (test) => {
    const { driver, simulator } = await start(test);
    simulator.setFault('reboot', { times: 1 });
    await driver.speak(say(CALL), never);
    expect(simulator.spoken).toEqual([CALL]);
    expect(simulator.brokenOff).toEqual([CALL]);
    simulator.setFault('reboot');
    await expect(driver.speak(say(CALL), never)).rejects.toMatchObject({ code: 'voice-failed' });
  });

  it('takes lasting silence for an absent module, refusal for refusal, and recovers', async (test) => {
    const { driver, simulator } = await start(test, { fault: 'silence' });
    await expect(driver.initialise()).rejects.toMatchObject({ code: 'device-offline' });
    await expect(driver.heartbeat()).rejects.toMatchObject({ code: 'device-offline' });
    await expect(driver.speak(say(CALL), never)).rejects.toMatchObject({ code: 'device-offline' });
    simulator.setFault('bad-checksum');
    await expect(driver.speak(say(CALL), never)).rejects.toMatchObject({ code: 'voice-refused' });
    expect(simulator.spoken).toEqual([]);
    simulator.setFault(null);
    await driver.initialise();
    await driver.speak(say(CALL), never);
    expect(simulator.spoken).toEqual([CALL]);
  });

  it('does not wait for ever for a module that never says it has ended', async (test) => {
    const { driver, simulator } = await start(test, { fault: 'busy' });
    await driver.speak(say(CALL), never);
    expect(simulator.spoken).toEqual([CALL]);
  });

  it('falls silent in the middle of a text, and leaves out the rest', async (test) => {
    const { driver, simulator } = await start(test, { characterMs: 50 });
    const stop = new AbortController();
    const long = `${'请'.repeat(95)}，${'候'.repeat(60)}`;
    const speaking = driver.speak(say(long), stop.signal);
    await vi.waitFor(() => expect(simulator.marks).toBe(marks));
    stop.abort();
    await speaking;
    expect(simulator.spoken).toEqual([]);
    expect(simulator.brokenOff).toHaveLength(1);
  });

  it('ends at once when the line breaks', async (test) => {
    const { driver, transport } = await start(test, { characterMs: 200 });
    const ended = expect(driver.speak(say(CALL), never)).rejects.toMatchObject({
      name: 'TransportError',
      code: 'closed',
    });
    await transport.close();
    await ended;
  });
});
