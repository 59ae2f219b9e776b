import { afterEach, describe, expect, it } from 'vitest';
import { openSamBench, type SamBench } from '../../../tests/fixtures/samReader.ts';

/** The conversation with a reader that works, and with one that says no. */

let bench: SamBench;

async function start(options: Parameters<typeof openSamBench>[1] = {}): Promise<SamBench> {
  bench = await openSamBench('pty', options);
  return bench;
}

afterEach(() => bench.close());

describe('the driver', () => {
  it('initialises, answers its heartbeat and says which module the reader has', async () => {
    const { driver, logged } = await start();
    await driver.initialise();
    expect(await driver.heartbeat()).toEqual({ health: 'online', reason: null, message: null });
    expect(logged).toContainEqual({
      event: 'reader.ready',
      fields: { sam: '05.01-20130101-0000012345-0987654321', samHex: '050001003529330139300000b168de3a' },
    });
  });

  it('resets a reader whose self-test failed, once', async () => {
    const { driver, simulator, exchanges } = await start();
    simulator.forceStatus('status', 0x60);
    await driver.initialise();
    expect(exchanges.map((line) => line.split(' ')[0])).toEqual(['status', 'reset', 'sam-id']);
  });

  it('reports a fault of the reader by its heartbeat', async () => {
    const { driver, simulator } = await start();
    simulator.forceStatus('status', 0x66);
    expect(await driver.heartbeat()).toMatchObject({ health: 'fault', reason: 'reader-fault' });
    expect(await driver.heartbeat()).toMatchObject({ health: 'online' });
  });

  it('finds a card that may be found again without lifting it', async () => {
    const { driver, simulator } = await start({ simulator: { hidesReadCard: false } });
    simulator.layCard('zhangsan');
    expect((await driver.readCard())?.card.name).toBe('张三');
    expect((await driver.readCard())?.card.name).toBe('张三');
  });

  it('takes the added address for the current one', async () => {
    const { driver, simulator } = await start();
    simulator.layCard('wangfang');
    expect((await driver.readCard())?.card.address).toBe('吉林省辽源市西安区示例路108号2单元301室');
  });

  it('keeps the printed address when the reader does not know the command for the added one', async () => {
    const { driver, simulator } = await start();
    simulator.layCard('wangfang');
    simulator.forceStatus('address', 0x21);
    expect((await driver.readCard())?.card.address).toBe('吉林省辽源市龙山区示例街9号');
  });

  it('does not ask a card without an address for a newer one', async () => {
    const { driver, simulator, exchanges } = await start();
    simulator.layCard('test-y');
    expect((await driver.readCard())?.card.number).toBe('911999190001010013');
    expect(exchanges.map((line) => line.split(' ')[0])).toEqual(['find', 'select', 'read']);
  });

  it.each([
    { command: 'find', sw3: 0x10, times: 2, resets: 0 },
    { command: 'read', sw3: 0x11, times: 1, resets: 0 },
    { command: 'select', sw3: 0x24, times: 1, resets: 0 },
    { command: 'read', sw3: 0x24, times: 2, resets: 1 },
    { command: 'find', sw3: 0x60, times: 1, resets: 1 },
    { command: 'select', sw3: 0x81, times: 2, resets: 0 },
    { command: 'select', sw3: 0x80, times: 1, resets: 0 },
    { command: 'read', sw3: 0x41, times: 2, resets: 0 },
    { command: 'read', sw3: 0x32, times: 1, resets: 0 },
  ])('reads although $command was answered $sw3 $times times', async ({ command, sw3, times, resets }) => {
    const { driver, simulator, exchanges } = await start();
    simulator.layCard('zhangsan');
    simulator.forceStatus(command, sw3, times);
    expect((await driver.readCard())?.card.number).toBe('220402199003071231');
    expect(exchanges.filter((line) => line.startsWith('reset'))).toHaveLength(resets);
  });

  it.each([
    { command: 'select', sw3: 0x81, code: 'card-moved', tries: 3 },
    { command: 'read', sw3: 0x41, code: 'card-moved', tries: 3 },
    { command: 'read', sw3: 0x47, code: 'card-moved', tries: 3 },
    { command: 'read', sw3: 0x31, code: 'card-read-failed', tries: 3 },
    { command: 'read', sw3: 0x32, code: 'card-not-authentic', tries: 3 },
    { command: 'read', sw3: 0x33, code: 'card-not-authentic', tries: 3 },
    { command: 'read', sw3: 0x40, code: 'card-wrong-type', tries: 1 },
    { command: 'read', sw3: 0x77, code: 'card-read-failed', tries: 3 },
    { command: 'find', sw3: 0x66, code: 'reader-fault', tries: 1 },
    { command: 'find', sw3: 0x60, code: 'reader-fault', tries: 2 },
    { command: 'find', sw3: 0x10, code: 'reader-fault', tries: 3 },
    { command: 'find', sw3: 0x21, code: 'reader-fault', tries: 1 },
  ])('gives up with $code after $tries tries when $command is always answered $sw3', async (given) => {
    const { driver, simulator, exchanges } = await start();
    simulator.layCard('zhangsan');
    simulator.forceStatus(given.command, given.sw3, 99);
    await expect(driver.readCard()).rejects.toMatchObject({ code: given.code });
    expect(exchanges.filter((line) => line.startsWith(given.command))).toHaveLength(given.tries);
  });

  it('does not call a card false because of one doubt', async () => {
    const { driver, simulator } = await start();
    simulator.layCard('zhangsan');
    simulator.forceStatus('read', 0x41, 2);
    simulator.forceStatus('read', 0x32, 1);
    await expect(driver.readCard()).rejects.toMatchObject({ code: 'card-read-failed' });
  });

  it('says that a card moved when it is gone in the next round', async () => {
    const { driver, simulator } = await start({
      onExchange: (line, { simulator }) => line.startsWith('read') && simulator.liftCard(),
    });
    simulator.layCard('zhangsan');
    simulator.forceStatus('read', 0x32, 1);
    await expect(driver.readCard()).rejects.toMatchObject({ code: 'card-moved' });
  });

  it('writes nothing about the person into its log', async () => {
    const { driver, simulator, logged, exchanges } = await start();
    simulator.layCard('zhangsan');
    simulator.setFault('duplicate');
    await driver.readCard();
    await driver.heartbeat();
    const text = JSON.stringify([logged, exchanges]);
    expect(logged.length).toBeGreaterThan(0);
    expect(text).not.toMatch(/张|1990|220402|示例/);
  });
});
