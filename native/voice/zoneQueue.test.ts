import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Announcement } from '../../domain/announcement/announcement.ts';
import { ZoneQueue } from './zoneQueue.ts';

/** Time that passes when it is told to. */
class Clock {
  now = 0;
  #timers: { at: number; done: () => void }[] = [];

  delay = (ms: number): Promise<void> =>
    new Promise((done) => this.#timers.push({ at: this.now + ms, done: () => done() }));

  /** To the next timer. @returns false when there is none */
  async next(): Promise<boolean> {
    this.#timers.sort((a, b) => a.at - b.at);
    const timer = this.#timers.shift();
    if (!timer) return false;
    this.now = Math.max(this.now, timer.at);
    timer.done();
    await settle();
    return true;
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

const call = (number: number): Announcement => ({
  event: 'call',
  ticket: `A${String(number).padStart(3, '0')}`,
  window: 1,
});

function makeZone(
  options: { repeat?: number; speakMs?: (a: Announcement) => number; fails?: (a: Announcement) => boolean } = {},
) {
  const clock = new Clock();
  const spans: { who: string; slow: boolean; from: number; to: number }[] = [];
  const queue = new ZoneQueue({
    repeat: options.repeat ?? 2,
    delay: clock.delay,
    speak: async ({ announcement, slow }, signal) => {
      const from = clock.now;
      const broken = new Promise<void>((done) => signal.addEventListener('abort', () => done()));
      await Promise.race([clock.delay(options.speakMs?.(announcement) ?? 3000), broken]);
      if (options.fails?.(announcement)) throw new Error('silent');
      if (!signal.aborted) spans.push({ who: JSON.stringify(announcement), slow, from, to: clock.now });
    },
  });
  return { clock, spans, queue };
}

describe('a zone', () => {
  it('speaks a call twice and tells how often, a notice once', async () => {
    const { clock, queue, spans } = makeZone();
    const spoken = [queue.say(call(1)), queue.say({ event: 'closing' })];
    while (await clock.next());
    expect(await Promise.all(spoken)).toEqual([2, 1]);
    expect(spans).toHaveLength(3);
  });

  it('speaks a call to the elder slowly and twice, also where once is usual, and only that', async () => {
    const { clock, queue, spans } = makeZone({ repeat: 1 });
    const spoken = [queue.say(call(1), true), queue.say(call(2)), queue.say({ event: 'pass', ticket: 'A003' }, true)];
    while (await clock.next());
    expect(await Promise.all(spoken)).toEqual([2, 1, 1]);
    expect(spans.map(({ slow }) => slow)).toEqual([true, true, false, true]);
  });

  it('goes on with the next when one could not be spoken, and says so to whoever waits for it', async () => {
    const { clock, queue } = makeZone({ fails: (a) => a.event === 'closing' });
    const failed = queue.say({ event: 'closing' }).catch((error: Error) => error.message);
    const next = queue.say(call(1));
    while (await clock.next());
    expect(await failed).toBe('silent');
    expect(await next).toBe(2);
  });

  it('falls silent at once, drops what waits, and speaks again afterwards', async () => {
    const { clock, queue, spans } = makeZone();
    const dropped = [queue.say(call(1)), queue.say(call(2))];
    await settle();
    queue.stop();
    expect(await Promise.all(dropped)).toEqual([0, 0]);
    const next = queue.say(call(3));
    while (await clock.next());
    expect(await next).toBe(2);
    expect(spans.map(({ who }) => who)).toEqual([JSON.stringify(call(3)), JSON.stringify(call(3))]);
  });

  it('never overlaps, keeps the order and speaks everything, whenever it arrives', async () => {
    const arrival = fc.record({ waitTurns: fc.nat({ max: 3 }), speakMs: fc.integer({ min: 1, max: 9000 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(arrival, { minLength: 1, maxLength: 25 }), async (arrivals) => {
        const lengths = new Map(arrivals.map(({ speakMs }, index) => [JSON.stringify(call(index)), speakMs]));
        const { clock, queue, spans } = makeZone({ speakMs: (a) => lengths.get(JSON.stringify(a)) ?? 1 });
        const times: Promise<number>[] = [];
        for (const [index, { waitTurns }] of arrivals.entries()) {
          for (let turn = 0; turn < waitTurns; turn++) await clock.next();
          times.push(queue.say(call(index)));
        }
        while (await clock.next());
        for (const [index, span] of spans.entries()) {
          expect(span.from).toBeGreaterThanOrEqual(spans[index - 1]?.to ?? 0);
        }
        const order = spans.map(({ who }) => who).filter((who, index, all) => who !== all[index - 1]);
        expect(order).toEqual([...lengths.keys()]);
        for (const spoken of await Promise.all(times)) expect([1, 2]).toContain(spoken);
      }),
      { numRuns: 100 },
    );
  });
});
