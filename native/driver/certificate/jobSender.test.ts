import { describe, expect, test } from 'vitest';
import type { Transport } from '../../transport/types.ts';
import type { DriverEnvironment } from '../types.ts';
import { JobSender, type SenderOptions } from './jobSender.ts';

/** A serial port with modem lines, which no pseudo-terminal has; and a clock that is turned by hand. */
function sender(lines: { cts: boolean; dsr: boolean } | null, options: Partial<SenderOptions> = {}) {
  const written: Uint8Array[] = [];
  let time = 0;
  const transport: Transport = {
    port: 'COM5',
    write: async (bytes) => void written.push(bytes),
    onData: () => {},
    onClose: () => {},
    close: async () => {},
    lines: async () => lines,
  };
  const environment: DriverEnvironment = {
    now: () => time,
    delay: async (ms) => {
      time += ms;
    },
    log: () => {},
  };
  const all: SenderOptions = { baudRate: 9600, flowControl: 'rtscts', patienceSeconds: 2, ...options };
  const job = new JobSender(transport, all, environment);
  let started = false;
  const send = (length: number) =>
    job.send({
      bytes: new Uint8Array(length),
      onStart: () => {
        started = true;
      },
      onProgress: () => {},
    });
  return { job, send, written, started: () => started, time: () => time };
}

describe('a printer with its ready line at CTS', () => {
  test('that is not ready gets nothing, and the job has not begun', async () => {
    const { job, send, written, started } = sender({ cts: false, dsr: true });
    expect(await job.health()).toMatchObject({ health: 'fault', reason: 'printer-not-ready' });
    await expect(send(100)).rejects.toMatchObject({ code: 'printer-error' });
    expect(started()).toBe(false);
    expect(written).toEqual([]);
  });

  test('that is ready is online', async () => {
    const { job, send, written } = sender({ cts: true, dsr: true });
    expect(await job.health()).toEqual({ health: 'online', reason: null, message: null });
    await send(1300);
    expect(written.map(({ length }) => length)).toEqual([512, 512, 276]);
  });

  test('behind an adapter that cannot tell is unknown, and printed on', async () => {
    const { job, send, started } = sender(null);
    expect(await job.health()).toMatchObject({ health: 'unknown' });
    await send(10);
    expect(started()).toBe(true);
  });
});

test('bytes never leave faster than the line carries them', async () => {
  const { send, time } = sender(null);
  await send(9600);
  // Ten bits a byte at 9,600 baud.
  expect(time()).toBeGreaterThanOrEqual(10_000);
  expect(time()).toBeLessThan(10_100);
});

test('a port that closed while the lines were asked got no byte, and the job has not begun', async () => {
  const { job, send, started, written } = sender({ cts: true, dsr: true });
  const sending = send(10);
  job.close();
  await expect(sending).rejects.toMatchObject({ code: 'closed' });
  expect(started()).toBe(false);
  expect(written).toEqual([]);
});

test('an XOFF without its XON is waited for as long as the configuration says, and no longer', async () => {
  const { job, send, started, written, time } = sender(null, { flowControl: 'xonxoff' });
  job.receive(Uint8Array.of(0x13));
  await expect(send(10)).rejects.toMatchObject({ code: 'printer-error' });
  job.receive(Uint8Array.of(0x41, 0x13, 0x11));
  const sending = send(2000);
  while (written.length === 0) await Promise.resolve();
  job.receive(Uint8Array.of(0x13));
  await expect(sending).rejects.toMatchObject({ code: 'deadline' });
  expect(started()).toBe(true);
  expect(written.length).toBeLessThan(4);
  expect(time()).toBeGreaterThanOrEqual(2000);
});
