import { randomBytes, scrypt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPtyPair, type PtyPair } from '../../tests/fixtures/pty.ts';
import { openTransport } from './open.ts';
import type { PortOptions, Transport } from './types.ts';

/** Each finding of devices.md §5 on a real pseudo-terminal. */

const scryptAsync = promisify<string, string, number, object, Buffer>(scrypt);

let pair: PtyPair;
const opened: Transport[] = [];

async function open(port: string, options: Partial<PortOptions> = {}): Promise<Transport> {
  const transport = await openTransport({ port, baudRate: 115_200, ...options });
  opened.push(transport);
  return transport;
}

function collect(transport: Transport): { bytes(): Buffer } {
  const chunks: Uint8Array[] = [];
  transport.onData((chunk) => chunks.push(chunk));
  return { bytes: () => Buffer.concat(chunks) };
}

function ends(transport: Transport): string[] {
  const reasons: string[] = [];
  transport.onClose((reason) => reasons.push(reason));
  return reasons;
}

beforeEach(async () => {
  pair = await openPtyPair();
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((transport) => transport.close().catch(() => {})));
  await pair.close();
});

/** A loaded machine notices late; what is tested is that it does. */
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 45_000 });

/** Holds every thread that file system calls could use, for some hundred milliseconds. */
const jamThreadPool = () =>
  Promise.all(Array.from({ length: 8 }, () => scryptAsync('x', 'y', 32, { N: 2 ** 16, maxmem: 2 ** 27 })));

describe('a serial port', () => {
  it('carries every byte value both ways, unchanged', async () => {
    const [a, b] = await Promise.all([open(pair.a), open(pair.b)]);
    const [atA, atB] = [collect(a), collect(b)];
    const sent = Buffer.concat([Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), randomBytes(100_000)]);
    await Promise.all([a.write(sent), b.write(sent)]);
    await eventually(() => expect([atA.bytes().length, atB.bytes().length]).toEqual([sent.length, sent.length]));
    expect(atA.bytes().equals(sent)).toBe(true);
    expect(atB.bytes().equals(sent)).toBe(true);
  });

  it.each(['rtscts', 'xonxoff'] as const)('opens with flow control %s', async (flowControl) => {
    const [a, b] = await Promise.all([open(pair.a, { flowControl }), open(pair.b)]);
    const atA = collect(a);
    await b.write(Buffer.from('ok'));
    await eventually(() => expect(atA.bytes().toString()).toBe('ok'));
  });

  it('never sends later what was refused while it was closed (finding 1)', async () => {
    const far = collect(await open(pair.b));
    const first = await open(pair.a);
    await first.close();
    await expect(first.write(Buffer.from('stale'))).rejects.toMatchObject({ code: 'closed' });
    const second = await open(pair.a);
    await second.write(Buffer.from('fresh'));
    await eventually(() => expect(far.bytes().toString()).toBe('fresh'));
  });

  it('notices that it was pulled out though nobody listens for data (finding 2)', async () => {
    const reasons = ends(await open(pair.a));
    await pair.close();
    await eventually(() => expect(reasons).toEqual(['disconnected']));
  });

  it('notices that it was pulled out between the news of a byte and its reading', async () => {
    const reasons = ends(await open(pair.a));
    const jobs = jamThreadPool();
    // The news comes through the event loop, the read waits for a thread: by then there is nothing to read from.
    writeFileSync(pair.b, 'x');
    await delay(100);
    await pair.close();
    await jobs;
    await eventually(() => expect(reasons).toEqual(['disconnected']));
  });

  it('reports its end once when a write meets a pulled cable (finding 3)', async () => {
    const port = await open(pair.a);
    const reasons = ends(port);
    const closing = pair.close();
    const writes = await Promise.allSettled([port.write(randomBytes(65_536)), port.write(randomBytes(65_536))]);
    await closing;
    await eventually(() => expect(reasons).toHaveLength(1));
    await port.close();
    expect(reasons).toHaveLength(1);
    for (const write of writes) {
      if (write.status === 'rejected') expect(['closed', 'io']).toContain(write.reason.code);
    }
    await expect(port.write(Buffer.from('x'))).rejects.toMatchObject({ code: 'closed' });
  });

  it('lets go a write whose end never comes when the port is closed under it (finding 4)', async () => {
    const port = await open(pair.a);
    // Nobody reads the other end: far more than all buffers hold stays in the write.
    const stuck = port.write(Buffer.alloc(4 * 1024 * 1024));
    const outcome = expect(stuck).rejects.toMatchObject({ code: expect.stringMatching(/^(closed|io)$/) });
    await port.close();
    await outcome;
  });

  it('closes as often as it is asked to, and says so once', async () => {
    const port = await open(pair.a);
    const reasons = ends(port);
    await Promise.all([port.close(), port.close()]);
    await port.close();
    expect(reasons).toEqual(['closed']);
    expect(ends(port)).toEqual(['closed']);
  });

  it('closes after it was pulled out', async () => {
    const port = await open(pair.a);
    const reasons = ends(port);
    await pair.close();
    await eventually(() => expect(reasons).toHaveLength(1));
    await port.close();
  });

  it('is busy while another opening holds it, and free afterwards (finding 5)', async () => {
    const first = await open(pair.a);
    await expect(open(pair.a)).rejects.toMatchObject({ code: 'port-busy' });
    await first.close();
    await open(pair.a);
  });

  it('names a port that is not there, and what is no port', async () => {
    await expect(open(`${pair.a}-none`)).rejects.toMatchObject({ code: 'port-missing' });
    await expect(open(import.meta.filename)).rejects.toMatchObject({ code: 'io' });
  });

  it('opens again and again', async () => {
    const far = collect(await open(pair.b));
    for (let turn = 0; turn < 5; turn++) {
      const port = await open(pair.a);
      await port.write(Buffer.from(String(turn)));
      // Before the next opening, which throws away what has not left yet.
      await eventually(() => expect(far.bytes().toString().at(-1)).toBe(String(turn)));
      await port.close();
    }
    expect(far.bytes().toString()).toBe('01234');
  });
});
