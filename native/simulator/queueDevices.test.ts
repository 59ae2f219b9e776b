import { afterEach, describe, expect, it, vi } from 'vitest';
import { fromHex } from '../../tests/fixtures/deviceBench.ts';
import { openTransport } from '../transport/open.ts';
import { SIMULATED_DRIVERS, type SimulatedDriver, startSimulator } from './start.ts';
import { FAULTS } from './types.ts';

/** The simulated devices of a queue against the published bytes of devices.md §4.2–4.5, without a driver. */

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function start(driver: SimulatedDriver) {
  const simulator = await startSimulator(driver, { port: 'tcp://127.0.0.1:0' });
  cleanUps.push(() => simulator.close());
  const transport = await openTransport({ port: simulator.port, baudRate: 9600 });
  cleanUps.push(() => transport.close());
  let received = Buffer.alloc(0);
  transport.onData((bytes) => {
    received = Buffer.concat([received, bytes]);
  });
  /** Sends and waits for exactly these bytes. */
  const exchange = async (request: string, answer: string) => {
    received = Buffer.alloc(0);
    await transport.write(fromHex(request));
    const wanted = answer.replaceAll(' ', '').toLowerCase();
    await vi.waitFor(() => expect(received.toString('hex')).toBe(wanted), 5000);
  };
  return { simulator, exchange };
}

const A5 = 'A5'.repeat(8);
const ACK = `${A5} 00 80 FE FF 00 00 00 00 00 00 FE 02 05 00 A0 00 00 00 00 14 AC 5A`;
const CALL = `${A5} 01 00 00 80 00 00 00 00 00 00 FE 02 35 00 A3 06 01 30 00 00 01 2C 00 00 00 00 00 00 10 00 20 00 00 00 00 02 00 00 00 00 01 02 01 00 04 05 11 00 00 00 C7 EB 41 30 31 32 BA C5 B5 BD 33 BA C5 B4 B0 BF DA F8 C3 5A`;

describe('published bytes', () => {
  it('a font card takes the area and answers with the ACK of the vendor page, damage with the NACK', async () => {
    const { exchange } = await start('onbon-bx5k');
    await exchange(CALL, ACK);
    await exchange(
      CALL.replace('F8 C3 5A', 'A8 7D 5A'),
      `${A5} 00 80 FE FF 00 00 00 00 00 00 FE 02 05 00 A0 01 05 00 00 05 51 5A`,
    );
  });

  it('speech modules tell that they are idle, that they took a text, and that they have ended', async () => {
    for (const [driver, status, hello] of [
      ['syn6288', 'FD 00 02 21 DE', 'FD 00 07 01 01 C4 E3 BA C3 A4'],
      ['xfs5152', 'FD 00 01 21', 'FD 00 06 01 01 C4 E3 BA C3'],
    ] as const) {
      const { exchange } = await start(driver);
      await exchange(status, '4F');
      await exchange(hello, '41 4F');
    }
  });

  it('a SYN6288 rejects a text whose XOR is wrong', async () => {
    const { exchange } = await start('syn6288');
    await exchange('FD 00 07 01 01 C4 E3 BA C3 A5', '45');
  });

  it('a caller answers its poll, and tells a key when one was pressed', async () => {
    const { simulator, exchange } = await start('caller21');
    const poll = 'FF 68 02 02 68 01 01 02 16';
    await exchange(poll, poll);
    (simulator as unknown as { press(key: number): void }).press(1);
    await exchange(poll, 'FF 68 03 03 68 01 02 31 34 16');
  });

  it('a sunpn board answers every frame of the product page', async () => {
    const { exchange } = await start('sunpn');
    for (const frame of ['3A 00 78 03 01 B6 0A', '3A 02 0C 00 01 49 0A', '3A 01 FF FF 01 3A 0A']) {
      await exchange(frame, '3A 01 3B 0A');
    }
  });
});

it('every simulated device can be started by its name and refuses a fault it does not have', async () => {
  for (const driver of SIMULATED_DRIVERS) {
    const simulator = await startSimulator(driver, { port: 'tcp://127.0.0.1:0' });
    cleanUps.push(() => simulator.close());
    expect(simulator.port).toMatch(/^tcp:\/\/127\.0\.0\.1:[1-9]\d*$/);
    simulator.setFault('silence');
    // No device has everything that can go wrong.
    const refused = FAULTS.filter((fault) => {
      try {
        simulator.setFault(fault);
        return false;
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        return true;
      }
    });
    expect(refused, driver).not.toEqual([]);
  }
});
