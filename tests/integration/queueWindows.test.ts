import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { verifyDatabase } from '../../db/verify.ts';
import { type Hub, startFrontDesk, startHub, startTerminal, type Terminal } from '../fixtures/queueTerminals.ts';
import { TEST_KEY } from '../fixtures/store.ts';

/** Services of two windows and a hub in a process of its own, over HTTP. */

const WAIT = { timeout: 45_000, interval: 20 };
/** Ten seconds of silence pass in two. */
const SPEED = 5;

let hub: Hub;
let front: Awaited<ReturnType<typeof startFrontDesk>>;
const windows: Terminal[] = [];

async function open(id: string): Promise<Terminal> {
  const window = await startTerminal(hub, id, { speed: SPEED });
  windows.push(window);
  await vi.waitFor(() => window.signIn(), WAIT);
  await vi.waitFor(async () => expect((await window.state()).window?.state).toBe('open'), WAIT);
  return window;
}

const bothKnow = (count: number) =>
  vi.waitFor(async () => {
    for (const window of windows) {
      const waiting = (await window.state()).counts.reduce((sum, each) => sum + each.waiting, 0);
      expect(waiting).toBe(count);
    }
  }, WAIT);

async function callAndFinish(window: Terminal, called: string[]): Promise<void> {
  const { ticket } = await window.next();
  if (!ticket) throw new Error('nobody was called');
  expect(ticket.fallback).toBe(window.id);
  expect(ticket.calls.at(-1)?.why.rule).toBe('emergency');
  called.push(ticket.number);
  await window.call('queue.finish', { commandId: v7(), ticketId: ticket.id });
}

beforeEach(async () => {
  hub = await startHub(['W09', 'W10']);
  front = await startFrontDesk(hub);
});
afterEach(async () => {
  await Promise.all(windows.splice(0).map((window) => window.dispose()));
  await hub.dispose();
});

test('two windows that press at once get two people, and the same press again gets the same one', async () => {
  const [a, b] = [await open('W09'), await open('W10')];
  const taken = [await front.take(), await front.take()];
  const again = v7();
  const [first, second, third] = await Promise.all([a.next(again), b.next(), a.next(again)]);
  expect(third.ticket?.id).toBe(first.ticket?.id);
  expect([first.ticket?.number, second.ticket?.number].sort()).toEqual(taken.map(({ number }) => number).sort());
  // A second command while one is in hand is refused, and changes nothing.
  await expect(a.next()).rejects.toMatchObject({ code: 'window-busy' });
  await vi.waitFor(async () => expect((await b.state()).current?.number).toBe(second.ticket?.number), WAIT);
  expect((await a.state()).current?.calls).toHaveLength(1);
});

test('without the hub a window calls only its own tickets; afterwards every call is at the hub once', async () => {
  const [a, b] = [await open('W09'), await open('W10')];
  const taken = [];
  for (let index = 0; index < 6; index++) taken.push(await front.take());
  await bothKnow(6);
  await hub.kill();
  // Not at once: the hub may only be slow.
  await expect(a.next()).rejects.toMatchObject({ code: 'queue-hub-silent' });
  await vi.waitFor(async () => {
    for (const window of windows) expect(await window.state()).toMatchObject({ mode: 'emergency' });
  }, WAIT);
  const called: string[] = [];
  for (const window of [a, b, a, b]) await callAndFinish(window, called);
  expect(new Set(called).size).toBe(4);
  // Somebody of the other window still waits, and is not called here.
  const own = taken.filter(({ fallback }) => fallback === 'W09').length;
  for (let left = own - 2; left > 0; left--) await callAndFinish(a, called);
  expect(await a.next()).toEqual({ ticket: null });
  // What only the hub may decide is not done here, and not lost later.
  const row = {
    number: 'A777',
    queue: 'A' as const,
    takenAt: new Date().toISOString(),
    calledAt: null,
    finishedAt: null,
  };
  const entering = a.call('queue.catchUp', { commandId: v7(), rows: [row] });
  await expect(entering).rejects.toMatchObject({ code: 'queue-needs-hub' });

  await hub.restart();
  await vi.waitFor(async () => {
    for (const window of windows) expect(await window.state()).toMatchObject({ mode: 'hub', hubAwaySince: null });
  }, WAIT);
  const rest = [];
  for (const window of [a, b]) {
    const { ticket } = await window.next();
    if (ticket) rest.push(ticket.number);
  }
  expect(new Set([...called, ...rest]).size).toBe(called.length + rest.length);
  // Every call stands at the hub once, and each window has all of them.
  const seen = await front.desk.pull('hall:main', 0, 1000);
  const calls = seen.rows.filter(({ op }) => op.kind === 'ticket.called').map(({ op }) => op.stream);
  expect(calls).toHaveLength(called.length + rest.length);
  expect(new Set(calls).size).toBe(calls.length);
  expect(seen.rows.filter(({ op }) => op.kind === 'ticket.doubted')).toEqual([]);
  await bothKnow(6 - called.length - rest.length);
  for (const window of windows) {
    expect(window.read('SELECT count(*) FROM op WHERE applied = 0')).toEqual([0]);
    const db = openDatabase({ file: `${window.service.dir}/yichuang.db`, keyHex: TEST_KEY, readonly: true });
    expect(verifyDatabase(db)).toEqual([]);
    db.close();
  }
});

test('what was torn from the paper roll is entered, and a number that exists already is told', async () => {
  const window = await open('W09');
  const { number } = await front.take();
  await bothKnow(1);
  const takenAt = new Date().toISOString();
  const row = { queue: 'A' as const, takenAt, calledAt: null, finishedAt: null };
  const rows = [
    { ...row, number },
    { ...row, number: 'A777' },
  ];
  const entered = await window.call('queue.catchUp', { commandId: v7(), rows });
  expect(entered.doubted).toEqual([number]);
  await bothKnow(2);
});
