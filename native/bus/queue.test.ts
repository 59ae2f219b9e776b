import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Circuit, PROBE_MS } from './circuit.ts';
import { frameGapMs } from './gap.ts';
import { LineQueue } from './queue.ts';
import { PRIORITIES, type Priority } from './types.ts';

/** A line on which every exchange lasts until it is let go. */
function makeQueue() {
  const queue = new LineQueue();
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const ask = (device: string, priority: Priority) =>
    queue.run(device, priority, () => {
      begun.push(`${device} ${priority}`);
      return new Promise<void>((resolve) => ends.push(resolve));
    });
  const endOne = async () => {
    ends.shift()?.();
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  return { queue, begun, ask, endOne };
}

describe('the queue of a line', () => {
  it('lets calls pass displays, and displays pass polls', async () => {
    const { begun, ask, endOne } = makeQueue();
    for (const [device, priority] of [
      ['keypad', 'poll'],
      ['rating', 'poll'],
      ['W07', 'display'],
      ['W08', 'call'],
    ] as const) {
      void ask(device, priority);
    }
    for (let turn = 0; turn < 4; turn++) await endOne();
    expect(begun).toEqual(['keypad poll', 'W08 call', 'W07 display', 'rating poll']);
  });

  it('serves who waited longest, not who asks most', async () => {
    const { begun, ask, endOne } = makeQueue();
    for (let turn = 0; turn < 3; turn++) void ask('busy', 'poll');
    void ask('quiet', 'poll');
    for (let turn = 0; turn < 4; turn++) await endOne();
    expect(begun).toEqual(['busy poll', 'quiet poll', 'busy poll', 'busy poll']);
  });

  it('begins one at a time, all of them, and none of a priority after a lower one that waited as well', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(...PRIORITIES)), { maxLength: 30 }),
        async (wanted) => {
          const { begun, ask, endOne } = makeQueue();
          for (const [device, priority] of wanted) void ask(device, priority);
          expect(begun.length).toBe(Math.min(1, wanted.length));
          for (let turn = 0; turn < wanted.length; turn++) {
            await endOne();
            expect(begun.length).toBe(Math.min(turn + 2, wanted.length));
          }
          const ranks = begun.slice(1).map((each) => PRIORITIES.indexOf(each.split(' ')[1] as Priority));
          expect(ranks).toEqual([...ranks].sort());
          expect([...begun].sort()).toEqual(wanted.map((each) => each.join(' ')).sort());
        },
      ),
    );
  });

  it('goes on after an exchange that failed, and drops what a device that left waited for', async () => {
    const queue = new LineQueue();
    const failed = queue.run('a', 'poll', () => Promise.reject(new Error('silence')));
    const dropped = queue.run('b', 'poll', async () => 'b');
    const served = queue.run('c', 'poll', async () => 'c');
    const outcomes = Promise.allSettled([failed, dropped, served]);
    queue.drop('b', new Error('left'));
    expect((await outcomes).map((each) => (each.status === 'fulfilled' ? each.value : each.reason.message))).toEqual([
      'silence',
      'left',
      'c',
    ]);
  });
});

describe('an absent device', () => {
  it('is asked once in ten seconds, and as before when it answers', () => {
    let now = 0;
    const circuit = new Circuit(() => now);
    circuit.silent();
    expect(circuit.allows).toBe(true);
    circuit.silent();
    expect(circuit.allows).toBe(false);
    now = PROBE_MS - 1;
    expect(circuit.allows).toBe(false);
    now = PROBE_MS;
    expect(circuit.allows).toBe(true);
    circuit.silent();
    expect(circuit.allows).toBe(false);
    circuit.probeNow();
    expect(circuit.allows).toBe(true);
    circuit.answered();
    circuit.silent();
    expect(circuit.allows).toBe(true);
  });

  it('is not known from one lost answer between good ones', () => {
    const circuit = new Circuit(() => 0);
    for (let turn = 0; turn < 5; turn++) {
      circuit.silent();
      circuit.answered();
    }
    expect(circuit.allows).toBe(true);
  });
});

it('leaves the gap of the standard between frames', () => {
  expect(frameGapMs(9600)).toBeCloseTo(4.01, 2);
  expect(frameGapMs(19_200)).toBe(1.75);
  expect(frameGapMs(115_200)).toBe(1.75);
});
