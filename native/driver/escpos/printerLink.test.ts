import { describe, expect, test } from 'vitest';
import type { DriverEnvironment } from '../types.ts';
import { PrinterLink } from './printerLink.ts';
import { type HeldTransport, holdTransport } from './testing/heldTransport.ts';

/** Time that stands still; `onDelay` is what happens during a wait. A wait without an event in it is over at once. */
function stillClock(onDelay: (ms: number) => void): DriverEnvironment {
  return {
    now: () => 0,
    delay: async (ms) => onDelay(ms),
    log: () => {},
  };
}

function open(
  onDelay: (ms: number, held: HeldTransport) => void,
  onWrite?: (bytes: readonly number[], index: number, held: HeldTransport) => void,
) {
  const held = holdTransport(onWrite);
  return {
    held,
    link: new PrinterLink(
      held.transport,
      stillClock((ms) => onDelay(ms, held)),
    ),
  };
}

describe('askStatus', () => {
  test('lets 500 ms pass twice, with a quiet time after each, before it gives up', async () => {
    const delays: number[] = [];
    const { held, link } = open((ms) => delays.push(ms));
    await expect(link.askStatus(1)).resolves.toBeNull();
    expect(delays).toEqual([500, 300, 20, 500, 300]);
    expect(held.writes).toEqual([
      [0x10, 0x04, 1],
      [0x10, 0x04, 1],
    ]);
  });

  test('does not take an answer sent twice for that of the next question', async () => {
    const { link } = open(
      (ms, held) => {
        if (ms === 20) held.receive(0x12);
      },
      ([, , query], _index, held) => {
        if (query === 1) held.receive(0x12);
        if (query === 4) held.receive(0x72);
      },
    );
    await expect(link.askStatus(1)).resolves.toBe(0x12);
    await expect(link.askStatus(4)).resolves.toBe(0x72);
  });

  test('lets an answer that comes too late pass by', async () => {
    const { link } = open(
      (ms, held) => {
        if (ms === 300) held.receive(0x12);
      },
      (_bytes, index, held) => {
        if (index === 1) held.receive(0x1a);
      },
    );
    await expect(link.askStatus(1)).resolves.toBe(0x1a);
  });

  test('after a retry waits for the second of two answers before the next question', async () => {
    const delays: number[] = [];
    const { link } = open(
      (ms) => delays.push(ms),
      (_bytes, index, held) => {
        if (index === 1) held.receive(0x12);
      },
    );
    await link.askStatus(1);
    expect(delays.at(-1)).toBe(300);
  });

  test('fails at once when the line goes while it waits, and never writes to a closed one', async () => {
    const delays: number[] = [];
    const { held, link } = open(
      (ms) => delays.push(ms),
      (_bytes, _index, line) => line.hangUp(),
    );
    await expect(link.askStatus(1)).rejects.toMatchObject({ name: 'TransportError', code: 'closed' });
    expect(delays).toEqual([500]);
    expect(link.closed).toBe(true);
    await expect(link.write(Uint8Array.of(0x0a))).rejects.toMatchObject({ code: 'closed' });
    await expect(link.askStatus(4)).rejects.toMatchObject({ code: 'closed' });
    expect(held.writes).toHaveLength(1);
  });
});

describe('expect', () => {
  test('ends with nothing when the line goes, and begins so afterwards', async () => {
    const { held, link } = open(() => {});
    const before = link.expect((reply) => reply.kind);
    held.hangUp();
    await before.arrived;
    const after = link.expect((reply) => reply.kind);
    await after.arrived;
    held.receive(0x12);
    expect([before.value, after.value]).toEqual([null, null]);
  });

  test('keeps the first reply that fits', async () => {
    const { held, link } = open(() => {});
    const status = link.expect((reply) => (reply.kind === 'status' ? reply.byte : null));
    held.receive(0x11, 0xff, 0x1a, 0x12);
    await status.arrived;
    expect(status.value).toBe(0x1a);
  });
});
