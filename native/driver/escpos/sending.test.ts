import { describe, expect, test } from 'vitest';
import type { SlipDocument } from '../../../domain/slip/document.ts';
import { TransportError } from '../../transport/types.ts';
import { encodeSlip } from './document.ts';
import { EscposDriver, type EscposOptions } from './driver.ts';
import { holdTransport } from './testing/heldTransport.ts';
import { makeClock } from './testing/scriptedPeer.ts';

/** What leaves in which pieces and when: on a transport held in the test's hand, because TCP hides both. */

const OPTIONS: EscposOptions = {
  baudRate: 115_200,
  columns: 48,
  qr: 'native',
  status: false,
  processId: false,
  flowControl: 'none',
};
const SLIP: SlipDocument = {
  title: '测试',
  columns: 48,
  copies: 1,
  blocks: Array.from({ length: 25 }, () => ({ kind: 'rule' })),
};
const LENGTH = encodeSlip(SLIP, { columns: 48, processId: null }).bytes.length;

describe('sending', () => {
  test('writes at most 512 bytes and waits their time on the line after each', async () => {
    const clock = makeClock();
    const { transport, writes } = holdTransport();
    await EscposDriver.create(transport, OPTIONS, clock).print(SLIP);
    expect(writes.map((write) => write.length)).toEqual([512, 512, LENGTH - 1024]);
    expect(clock.delays).toEqual(writes.map((write) => Math.ceil((write.length * 10_000) / 115_200)));
  });

  test('leaves the pace to the line when it has flow control', async () => {
    const clock = makeClock();
    const { transport, writes } = holdTransport();
    await EscposDriver.create(transport, { ...OPTIONS, flowControl: 'rtscts' }, clock).print(SLIP);
    expect(writes.flat()).toHaveLength(LENGTH);
    expect(clock.delays).toEqual([]);
  });

  test('stops at XOFF until XON', async () => {
    const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
    const { transport, writes, receive } = holdTransport((_bytes, index, { receive }) => {
      if (index !== 0) return;
      receive(0x13);
      stop();
    });
    const clock = makeClock();
    const printing = EscposDriver.create(transport, { ...OPTIONS, flowControl: 'xonxoff' }, clock).print(SLIP);
    await stopped;
    // The driver has asked the clock for its next look at the line: nothing else is due before it.
    await expect.poll(() => clock.delays.length).toBeGreaterThan(0);
    expect(writes).toHaveLength(1);
    receive(0x11);
    await printing;
    expect(writes.flat()).toHaveLength(LENGTH);
  });

  test('gives up on an XOFF without XON, and starts the next job afresh', async () => {
    const clock = makeClock();
    const { transport, writes } = holdTransport((_bytes, index, { receive }) => {
      if (index !== 0) return;
      receive(0x13);
      clock.jump(60_000);
    });
    const driver = EscposDriver.create(transport, OPTIONS, clock);
    await expect(driver.print(SLIP)).rejects.toMatchObject({ code: 'print-unconfirmed' });
    expect(writes).toHaveLength(1);
    await expect(driver.print(SLIP)).resolves.toMatchObject({ confirmation: 'sent' });
  });

  test('says why a stopped job stopped when the printer tells', async () => {
    const clock = makeClock();
    const answers: Record<number, number> = { 1: 0x12, 4: 0x12 };
    const { transport } = holdTransport(([first, , query = 0], _index, { receive }) => {
      if (first === 0x10) {
        receive(answers[query] ?? 0x12);
        return;
      }
      answers[4] = 0x72;
      receive(0x13);
      clock.jump(60_000);
    });
    const driver = EscposDriver.create(transport, { ...OPTIONS, status: true }, clock);
    await expect(driver.print(SLIP)).rejects.toMatchObject({ code: 'printer-paper-out' });
  });

  test('does not call a job sent when the line broke during its last bytes', async () => {
    const clock = makeClock();
    const { transport } = holdTransport();
    const driver = EscposDriver.create(transport, OPTIONS, clock);
    const wait = clock.delay;
    clock.delay = (ms) => {
      if (clock.delays.length === 2) driver.dispose();
      return wait(ms);
    };
    await expect(driver.print(SLIP)).rejects.toMatchObject({ code: 'print-unconfirmed' });
  });

  test('does not call a job sent when the printer, asked afterwards, is silent', async () => {
    const clock = { ...makeClock(), delay: async () => {} };
    const { transport, writes } = holdTransport();
    const driver = EscposDriver.create(transport, { ...OPTIONS, status: true }, clock);
    await expect(driver.print(SLIP)).rejects.toMatchObject({ code: 'print-unconfirmed' });
    expect(writes.filter(([first]) => first !== 0x10).flat()).toHaveLength(LENGTH);
  });

  test.each([
    ['closed before the first byte', 0, 'closed', 'device-offline'],
    ['stuck with the first bytes', 0, 'deadline', 'print-unconfirmed'],
    ['closed after the first bytes', 1, 'closed', 'print-unconfirmed'],
  ] as const)('%s', async (_name, failing, reason, code) => {
    const { transport } = holdTransport((_bytes, index) => {
      if (index === failing) throw new TransportError(reason, 'test');
    });
    const driver = EscposDriver.create(transport, OPTIONS, makeClock());
    await expect(driver.print(SLIP)).rejects.toMatchObject({ name: 'YichuangError', code });
  });
});
