import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MethodOutput } from '../../contract/rpc.ts';
import type { RatingGiven } from '../../domain/rating/types.ts';
import {
  clerkAt,
  type Hub,
  serveAt,
  startFrontDesk,
  startHub,
  startTerminal,
  type Terminal,
} from '../fixtures/queueTerminals.ts';

/** 好差评 from the citizen's page to the desk of a supervisor: real services and a hub in a process of its own, over HTTP. */

const WAIT = { timeout: 45_000, interval: 20 };
const CLERK = clerkAt('W09');
/** Of the supervisors, the one who does not sit at the window too. */
const OTHER = '3001';

let hub: Hub;
let front: Awaited<ReturnType<typeof startFrontDesk>>;
const terminals: Terminal[] = [];

beforeEach(async () => {
  hub = await startHub(['W09']);
  await hub.hire(CLERK, ['WIN', 'SUP']);
  front = await startFrontDesk(hub);
});
afterEach(async () => {
  await Promise.all(terminals.splice(0).map((each) => each.dispose()));
  await hub.dispose();
});

async function openWindow(options: { monotonic?: () => number } = {}) {
  const window = await startTerminal(hub, 'W09', { ...options, config: { screen: { display: 2, shows: 'citizen' } } });
  terminals.push(window);
  await vi.waitFor(() => window.signIn(), WAIT);
  const citizen = <M extends 'citizen.state' | 'rating.submit'>(method: M, input: object) =>
    window.service.service.call('page-2', 'screen', method, input) as Promise<MethodOutput<M>>;
  return { window, citizen };
}

const serve = (window: Terminal, isFinished = true) => serveAt(window, front, isFinished);

async function atHub(kind: string) {
  const { rows } = await front.desk.pull('hall:main', 0, 500);
  return rows.filter(({ op }) => op.kind === kind).map(({ op }) => op);
}

async function supervisorDesk() {
  const desk = await startTerminal(hub, 'S01', { role: 'supervisor' });
  terminals.push(desk);
  return {
    workOrders: async (number: string) => {
      await vi.waitFor(() => desk.signIn(number), WAIT);
      return (await desk.call('board.workOrders', { settled: false })).rows;
    },
  };
}

test('a bad mark on the page in front of the window is work for a supervisor who is not the rated clerk', async () => {
  const { window, citizen } = await openWindow();
  const { number } = await serve(window);
  const { rating } = await citizen('citizen.state', {});
  expect(rating).toMatchObject({ number });
  await citizen('rating.submit', { id: rating?.id, way: 'screen', grade: 1 });
  // Once for each service.
  const again = citizen('rating.submit', { id: rating?.id, way: 'screen', grade: 5 });
  await expect(again).rejects.toMatchObject({ code: 'rating-over' });
  expect((await citizen('citizen.state', {})).rating).toBeNull();

  await vi.waitFor(async () => expect(await atHub('workorder.opened')).toHaveLength(1), WAIT);
  expect(await atHub('rating.given')).toMatchObject([
    { actor: 'system', body: { grade: 1, way: 'screen', clerk: CLERK, about: number, terminal: 'W09' } },
  ]);
  const desk = await supervisorDesk();
  await vi.waitFor(async () => {
    expect(await desk.workOrders(OTHER)).toMatchObject([{ about: number, clerk: CLERK, state: 'open' }]);
  }, WAIT);
  // At the same desk, with the same rights: nothing about oneself.
  expect(await desk.workOrders(CLERK)).toEqual([]);
  expect(JSON.stringify([...window.service.pushes, await window.state()])).not.toContain('"grade"');
});

test('who does not answer did not rate: no grade, no work order', async () => {
  // The minute passes by a clock that the test moves.
  let skipped = 0;
  const { window, citizen } = await openWindow({ monotonic: () => performance.now() + skipped });
  const { number } = await serve(window);
  const { rating } = await citizen('citizen.state', {});
  expect(rating?.remainingMs).toBeGreaterThan(50_000);
  skipped = 60_000;
  const late = citizen('rating.submit', { id: rating?.id, way: 'screen', grade: 5 });
  await expect(late).rejects.toMatchObject({ code: 'rating-over' });
  const body: Partial<RatingGiven> = { grade: null, way: null, about: number };
  await vi.waitFor(async () => expect(await atHub('rating.given')).toMatchObject([{ body }]), WAIT);
  // Whatever follows from a rating is written in the transaction that takes it in.
  expect(await atHub('workorder.opened')).toEqual([]);
});

test('whoever stands at the window is not asked about the one before', async () => {
  const { window, citizen } = await openWindow();
  const first = await serve(window);
  expect((await citizen('citizen.state', {})).rating?.number).toBe(first.number);
  const second = await serve(window, false);
  await vi.waitFor(async () => {
    expect(await citizen('citizen.state', {})).toEqual({
      window: 9,
      state: 'open',
      current: { number: second.number, purpose: 'intake', isHere: true },
      rating: null,
    });
  }, WAIT);
});
