import { describe, expect, it, type TestContext } from 'vitest';
import { openSamBench, type SamBench } from '../../../tests/fixtures/samReader.ts';
import type { Fault } from '../../simulator/types.ts';
import type { SamReaderDriver } from './driver.ts';

/** Everything a line can do to an answer (devices.md §6.8), on a real pseudo-terminal and on real TCP. */

const ZHANGSAN = '220402199003071231';
const LINA = '220403198506150048';

const numberOf = async (driver: SamReaderDriver) => (await driver.readCard())?.card.number ?? null;

/** Answers carry no echo: a repeated "no card" may hide a card for one look, so a clerk's poller looks again. */
async function numberWithin(looks: number, driver: SamReaderDriver): Promise<string | null> {
  const number = await numberOf(driver);
  return number === null && looks > 1 ? numberWithin(looks - 1, driver) : number;
}

// Concurrent: these tests spend their time waiting for answers that do not come.
describe.concurrent.each(['pty', 'tcp'] as const)('on %s', (kind) => {
  async function start(test: TestContext, options: Parameters<typeof openSamBench>[1] = {}): Promise<SamBench> {
    const bench = await openSamBench(kind, options);
    test.onTestFinished(() => bench.close());
    return bench;
  }

  it('reads each laid card once, and finds none before and after', async (test) => {
    const { driver, simulator } = await start(test);
    expect(await driver.readCard()).toBeNull();
    simulator.layCard('zhangsan');
    const reading = await driver.readCard();
    expect(reading?.card).toMatchObject({ name: '张三', number: ZHANGSAN, sex: 'male', birth: '1990-03-07' });
    expect(reading?.readMs).toBeGreaterThan(0);
    expect(await driver.readCard()).toBeNull();
    simulator.liftCard();
    simulator.layCard('lina');
    expect(await numberOf(driver)).toBe(LINA);
  });

  // Every command on the pty, where opening costs nothing; the longest answer on both.
  const commands = kind === 'pty' ? ['find', 'select', 'read', 'address'] : ['read'];
  const recoverable: Fault[] = ['silence', 'half-frame', 'garbage', 'bad-checksum', 'late', 'duplicate'];
  it.for(recoverable.flatMap((fault) => commands.map((command) => [fault, command] as const)))(
    'reads through one %s at %s, and never gives the last card for the next',
    async ([fault, command], test) => {
      const { driver, simulator } = await start(test, { simulator: { lateMs: command === 'read' ? 1000 : 600 } });
      simulator.layCard('zhangsan');
      simulator.setFault(fault, { command, times: 1 });
      expect(await numberOf(driver)).toBe(ZHANGSAN);
      simulator.liftCard();
      simulator.layCard('lina');
      expect(await numberOf(driver)).toBe(LINA);
    },
  );

  it.for(['silence', 'half-frame', 'bad-checksum'] as const)(
    'takes lasting %s for an absent reader and recovers',
    async (fault, test) => {
      const { driver, simulator } = await start(test, { simulator: { fault } });
      simulator.layCard('zhangsan');
      await expect(driver.readCard()).rejects.toMatchObject({ code: 'device-offline' });
      await expect(driver.heartbeat()).rejects.toMatchObject({ code: 'device-offline' });
      simulator.setFault(null);
      expect(await driver.heartbeat()).toMatchObject({ health: 'online' });
      expect(await numberOf(driver)).toBe(ZHANGSAN);
    },
  );

  it.for(['garbage', 'duplicate'] as const)('goes on working under lasting %s', async (fault, test) => {
    const { driver, simulator } = await start(test, { simulator: { fault } });
    for (const [name, number] of [
      ['zhangsan', ZHANGSAN],
      ['lina', LINA],
    ] as const) {
      simulator.layCard(name);
      expect(await numberWithin(3, driver)).toBe(number);
      simulator.liftCard();
      expect(await driver.readCard()).toBeNull();
    }
  });

  it('never gives the last card for the next while every answer is late', async (test) => {
    const { driver, simulator } = await start(test, { simulator: { fault: 'late' } });
    simulator.layCard('zhangsan');
    expect([null, ZHANGSAN]).toContain(await numberOf(driver).catch(() => null));
    simulator.liftCard();
    simulator.layCard('lina');
    simulator.setFault(null);
    const seen: (string | null)[] = [];
    for (let turn = 0; turn < 5 && seen.at(-1) !== LINA; turn++) seen.push(await numberOf(driver).catch(() => null));
    expect(seen.at(-1)).toBe(LINA);
    expect(seen).not.toContain(ZHANGSAN);
  });

  it('never takes a late answer for the one to the next request', async (test) => {
    const { driver, simulator } = await start(test, {
      simulator: { lateMs: 450 },
      timings: { status: 400, quiet: 400 },
    });
    simulator.setFault('late', { times: 1 });
    await expect(driver.heartbeat()).rejects.toMatchObject({ code: 'device-offline' });
    simulator.forceStatus('status', 0x66);
    expect(await driver.heartbeat()).toMatchObject({ health: 'fault' });
  });

  it('reads at the speed of 9,600 baud', async (test) => {
    const { driver, simulator } = await start(test, {
      simulator: { fault: 'slow' },
      timings: { read: 5000, whole: 8000 },
    });
    simulator.layCard('zhangsan');
    const reading = await driver.readCard();
    expect(reading?.card.number).toBe(ZHANGSAN);
    // The record alone is 1,349 ms on the wire: less would mean that the simulator does not pace.
    expect(reading?.readMs).toBeGreaterThan(1340);
  });

  it('ends at once when the line breaks inside an answer, and works on a new line', async (test) => {
    const broken = await start(test, {
      timings: { read: 60_000, whole: 60_000 },
      // A simulator cannot pull a pty: there the cable is pulled after half an answer.
      onExchange: (line, { pair }) => line.endsWith('half-frame') && void pair?.close(),
    });
    broken.simulator.layCard('zhangsan');
    broken.simulator.setFault(kind === 'pty' ? 'half-frame' : 'disconnect', { command: 'read', times: 1 });
    await expect(broken.driver.readCard()).rejects.toMatchObject({ name: 'TransportError', code: 'closed' });
    await expect(broken.driver.heartbeat()).rejects.toMatchObject({ name: 'TransportError', code: 'closed' });

    const { driver, simulator } = await start(test);
    simulator.layCard('lina');
    expect(await numberOf(driver)).toBe(LINA);
  });
});
