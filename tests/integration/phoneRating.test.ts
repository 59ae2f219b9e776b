import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MethodOutput } from '../../contract/rpc.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import {
  clerkAt,
  type Hub,
  serveAt,
  startFrontDesk,
  startHub,
  startTerminal,
  type Terminal,
} from '../fixtures/queueTerminals.ts';

/** 扫码评价: a window's real service, a hub in a process of its own, and a phone that knows only the address of the code. */

const WAIT = { timeout: 60_000, interval: 20 };
const CLERK = clerkAt('W09');

let hub: Hub;
let front: Awaited<ReturnType<typeof startFrontDesk>>;
let window: Terminal;
/** The minute of the window passes by a clock that the test moves, and hardly by itself: a busy machine needs its time. */
let skipped: number;

beforeEach(async () => {
  skipped = 0;
  hub = await startHub(['W09']);
  front = await startFrontDesk(hub);
  window = await startTerminal(hub, 'W09', {
    config: { screen: { display: 2, shows: 'citizen' } },
    monotonic: () => performance.now() / 20 + skipped,
  });
  await vi.waitFor(() => window.signIn(), WAIT);
});
afterEach(async () => {
  await window.dispose();
  await hub.dispose();
});

const citizen = <M extends 'citizen.state' | 'rating.submit'>(method: M, input: object) =>
  window.service.service.call('page-2', 'screen', method, input) as Promise<MethodOutput<M>>;

/** Somebody is called, comes and goes. @returns what the page in front of the window shows, with a code */
async function serve() {
  const { number } = await serveAt(window, front);
  return vi.waitFor(async () => {
    const { rating } = await citizen('citizen.state', {});
    if (!rating?.link) throw new Error('there is no code yet');
    expect(rating.number).toBe(number);
    return { id: rating.id, number, link: rating.link };
  }, WAIT);
}

async function press(link: string, grade: number): Promise<number> {
  return (await fetch(link, { method: 'POST', body: new URLSearchParams({ grade: String(grade) }) })).status;
}

async function atHub() {
  const { rows } = await front.desk.pull('hall:main', 0, 500);
  return rows.filter(({ op }) => op.kind.startsWith('rating.')).map(({ op }) => [op.kind, op.body.grade]);
}

/** What a supervisor's desk counts once it has heard of everything. */
async function expectTotals(desk: Terminal, totals: { offered: number; unanswered: number; grade: number }) {
  const today = hallDay(Date.now());
  await vi.waitFor(async () => {
    const { offered, unanswered, grades } = await desk.call('board.ratings', { from: today, to: today });
    expect({ offered, unanswered, given: grades.filter(({ count }) => count > 0) }).toEqual({
      ...{ offered: totals.offered, unanswered: totals.unanswered },
      given: [{ grade: totals.grade, count: 1 }],
    });
  }, WAIT);
}

test('what a phone answers ends the question at the window, and its clerk learns nothing of it', async () => {
  const { id, number, link } = await serve();
  expect(await press(link, 2)).toBe(200);
  await vi.waitFor(async () => expect((await citizen('citizen.state', {})).rating).toBeNull(), WAIT);
  await expect(citizen('rating.submit', { id, way: 'screen', grade: 5 })).rejects.toMatchObject({
    code: 'rating-over',
  });
  expect(await press(link, 5)).toBe(409);
  expect(await atHub()).toEqual([['rating.answered', 2]]);
  expect(JSON.stringify([...window.service.pushes, await window.state()])).not.toContain('"grade"');
  const desk = await startTerminal(hub, 'S01', { role: 'supervisor' });
  try {
    await vi.waitFor(() => desk.signIn('3001'), WAIT);
    await vi.waitFor(async () => {
      const { rows } = await desk.call('board.workOrders', { settled: false });
      expect(rows).toMatchObject([{ about: number, clerk: CLERK, state: 'open' }]);
    }, WAIT);
  } finally {
    await desk.dispose();
  }
});

test('who says nothing at the window and answers on the way home is one who rated', async () => {
  const { link } = await serve();
  skipped = 60_000;
  await vi.waitFor(async () => expect(await atHub()).toEqual([['rating.given', null]]), WAIT);
  expect(await press(link, 4)).toBe(200);
  const desk = await startTerminal(hub, 'S01', { role: 'supervisor' });
  try {
    await vi.waitFor(() => desk.signIn('3001'), WAIT);
    await expectTotals(desk, { offered: 1, unanswered: 0, grade: 4 });
  } finally {
    await desk.dispose();
  }
});

test('while the hub is away there is no code, and the window asks all the same', async () => {
  const { id } = await serve();
  await hub.kill();
  await vi.waitFor(async () => {
    expect((await citizen('citizen.state', {})).rating).toMatchObject({ id, link: null });
  }, WAIT);
  await citizen('rating.submit', { id, way: 'screen', grade: 5 });
  expect((await citizen('citizen.state', {})).rating).toBeNull();
});
