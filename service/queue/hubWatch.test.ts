import { afterEach, expect, test } from 'vitest';
import { HubWatch } from './hubWatch.ts';

/** A hub that answers or not, and clocks that are set by hand. */
function bench(unsent = 0) {
  const self = {
    answers: true,
    monotonic: 100_000,
    now: Date.parse('2026-11-27T01:30:00.000Z'),
    heardAt: null as number | null,
    unsent,
    /** What the hub was told. */
    told: [] as number[],
    delivers: true,
    changes: 0,
  };
  const sync = {
    get heardAt() {
      return self.heardAt;
    },
    presence: async (unsent: number) => {
      if (!self.answers) throw new Error('offline');
      self.told.push(unsent);
      self.heardAt = self.monotonic;
    },
    sendWaiting: async () => {
      if (self.answers && self.delivers) self.unsent = 0;
      return self.unsent === 0;
    },
  };
  const watch = new HubWatch({
    sync,
    countUnsent: () => self.unsent,
    monotonic: () => self.monotonic,
    now: () => self.now,
    onChange: () => {
      self.changes += 1;
    },
    log: () => {},
  });
  watches.push(watch);
  const pass = async (ms: number) => {
    self.monotonic += ms;
    self.now += ms;
    await watch.look();
  };
  return { self, watch, pass };
}

const watches: HubWatch[] = [];
afterEach(async () => {
  await Promise.all(watches.splice(0).map((watch) => watch.stop()));
});

test('the hub is away at the first silence, and given up only after ten seconds', async () => {
  const { self, watch, pass } = bench();
  await pass(0);
  expect([watch.mode, watch.awaySince]).toEqual(['hub', null]);
  self.answers = false;
  await pass(2_000);
  expect([watch.mode, watch.awaySince]).toEqual(['hub', '2026-11-27T01:30:00.000Z']);
  await pass(7_999);
  expect(watch.mode).toBe('hub');
  await pass(1);
  expect([watch.mode, watch.awaySince]).toEqual(['emergency', '2026-11-27T01:30:00.000Z']);
});

test('a wall clock that jumps makes nobody silent', async () => {
  const { self, watch, pass } = bench();
  await pass(0);
  self.answers = false;
  self.now += 3_600_000;
  await pass(1_000);
  expect(watch.mode).toBe('hub');
});

test('a machine that slept asks before it gives the hub up', async () => {
  const { watch, pass } = bench();
  await pass(0);
  await pass(3_600_000);
  expect(watch.mode).toBe('hub');
});

test('while it decides alone it never says that nothing waits, and goes back only when all was sent', async () => {
  const { self, watch, pass } = bench();
  await pass(0);
  self.answers = false;
  await pass(10_000);
  expect(watch.mode).toBe('emergency');
  self.told.length = 0;
  self.unsent = 2;
  self.answers = true;
  self.delivers = false;
  await pass(2_000);
  expect([watch.mode, self.told]).toEqual(['emergency', [2]]);
  self.delivers = true;
  await pass(2_000);
  expect([watch.mode, watch.awaySince, self.told]).toEqual(['hub', null, [2, 2, 0]]);
});

test('even with nothing unsent the hub hears of the emergency before it hears of its end', async () => {
  const { self, watch, pass } = bench();
  await pass(0);
  self.answers = false;
  await pass(10_000);
  self.told.length = 0;
  self.answers = true;
  await pass(2_000);
  expect([watch.mode, self.told]).toEqual(['hub', [1, 0]]);
});

test('what was decided alone before a restart is told until it is sent; what is written later is not of that kind', async () => {
  const { self, pass } = bench(3);
  await pass(2_000);
  expect(self.told.at(-1)).toBe(3);
  self.unsent = 0;
  await pass(2_000);
  self.unsent = 1;
  await pass(2_000);
  expect(self.told.slice(-2)).toEqual([0, 0]);
});
