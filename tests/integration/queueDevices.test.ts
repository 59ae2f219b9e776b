import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventName, EventPayload } from '../../contract/rpc.ts';
import type { Announcement } from '../../domain/announcement/announcement.ts';
import { sentenceOf } from '../../domain/announcement/sentence.ts';
import { startCallerSimulator } from '../../native/simulator/caller21/simulator.ts';
import { startModbusSimulator } from '../../native/simulator/modbus/simulator.ts';
import { DisplayUnit, RatingUnit } from '../../native/simulator/modbus/units.ts';
import { startOnbonSimulator } from '../../native/simulator/onbon-bx5k/simulator.ts';
import { startSyn6288Simulator } from '../../native/simulator/speech/module.ts';
import { openPtyPair } from '../fixtures/pty.ts';
import { type Hub, startFrontDesk, startHub, startTerminal, type Terminal } from '../fixtures/queueTerminals.ts';

/** Displays, voices, keys and the 好差评 box of a hall, as simulated devices on real lines, behind real services and a hub. */

const WAIT = { timeout: 45_000, interval: 20 };
const CALL: Announcement = { event: 'call', ticket: 'A001', window: 9 };
const SHOWN = '请A001号到9号窗口';

let hub: Hub;
let front: Awaited<ReturnType<typeof startFrontDesk>>;
const cleanUps: (() => unknown)[] = [];

beforeEach(async () => {
  hub = await startHub(['W09', 'W10']);
  cleanUps.push(() => hub.dispose());
  front = await startFrontDesk(hub);
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function keep<T>(thing: T, close: (thing: T) => unknown): T {
  cleanUps.push(() => close(thing));
  return thing;
}

async function cable() {
  return keep(await openPtyPair(), (pair) => pair.close());
}

async function voice() {
  return keep(await startSyn6288Simulator({ port: 'tcp://127.0.0.1:0', characterMs: 1 }), (each) => each.close());
}

async function terminal(id: string, role: 'window' | 'screen', config: object): Promise<Terminal> {
  return keep(await startTerminal(hub, id, { role, config }), (each) => each.dispose());
}

async function signIn(window: Terminal): Promise<void> {
  await vi.waitFor(() => window.signIn(), WAIT);
  await vi.waitFor(async () => expect((await window.state()).window?.state).toBe('open'), WAIT);
  await window.call('events.subscribe', { topics: ['queue'] });
}

function heard<E extends EventName>(window: Terminal, event: E): EventPayload<E>[] {
  return window.service.pushes.filter((push) => push.event === event).map(({ payload }) => payload as EventPayload<E>);
}

async function openWindow() {
  const [led, keys] = [await cable(), await cable()];
  const display = keep(await startOnbonSimulator({ port: led.b }), (each) => each.close());
  const keypad = keep(await startCallerSimulator({ port: keys.b }), (each) => each.close());
  const speaker = await voice();
  const box = keep(await startModbusSimulator({ port: 'tcp://127.0.0.1:0', units: { 1: new RatingUnit() } }), (each) =>
    each.close(),
  );
  const window = await terminal('W09', 'window', {
    devices: {
      displays: { W09: { driver: 'onbon-bx5k', port: led.a } },
      voices: { 'floor-3': { driver: 'syn6288', port: speaker.port } },
      keypad: { driver: 'caller21', port: keys.a },
      rating: { driver: 'modbus-eval', port: box.port, unit: 1 },
    },
  });
  await signIn(window);
  // A key pressed before its keypad is known to be there calls nobody.
  await vi.waitFor(async () => {
    const health = (await window.call('devices.status', {})).map((each) => each.health);
    expect(new Set(health)).toEqual(new Set(['online']));
  }, WAIT);
  const shown = () => display.areas.get(0)?.text.trim();
  return { window, shown, display, keypad, speaker, box };
}

test('a key calls, the display shows it and the voice says it twice; the next key ends it and the box rates it', async () => {
  const { window, shown, keypad, speaker, box } = await openWindow();
  const { number } = await front.take();
  expect(number).toBe('A001');
  keypad.press(1);
  await vi.waitFor(() => expect(speaker.spoken).toEqual([sentenceOf(CALL), sentenceOf(CALL)]), WAIT);
  await vi.waitFor(() => expect(shown()).toBe(SHOWN), WAIT);

  // Too early for a second call: nothing is said, and the page is told.
  keypad.press(2);
  await vi.waitFor(
    () => expect(heard(window, 'queue.refused')).toMatchObject([{ action: 'recall', code: 'recall-too-early' }]),
    WAIT,
  );
  keypad.press(4);
  await vi.waitFor(() => expect(heard(window, 'rating.asked')).toMatchObject([{ number }]), WAIT);
  await vi.waitFor(() => expect(shown()).toBe(''), WAIT);
  box.rate(2);
  await vi.waitFor(() => expect(heard(window, 'rating.over')).toHaveLength(1), WAIT);
  await vi.waitFor(async () => {
    const { rows } = await front.desk.pull('hall:main', 0, 500);
    const given = rows.filter(({ op }) => op.kind === 'rating.given').map(({ op }) => op);
    expect(given).toMatchObject([
      { actor: 'system', body: { grade: 2, way: 'box', clerk: '1009', about: 'A001', terminal: 'W09' } },
    ]);
  }, WAIT);
  // Nothing that reached the page of the clerk says which grade it was.
  expect(JSON.stringify([...window.service.pushes, await window.state()])).not.toContain('"grade"');
  expect(speaker.spoken).toHaveLength(2);
});

test('a window that pauses says so once, on its display and by voice', async () => {
  const { window, shown, keypad, speaker } = await openWindow();
  keypad.press(8);
  await vi.waitFor(() => expect(shown()).toBe('暂停服务'), WAIT);
  await vi.waitFor(() => expect(speaker.spoken).toEqual([sentenceOf({ event: 'pause', window: 9 })]), WAIT);
  expect((await window.state()).window).toMatchObject({ state: 'paused', clerk: { id: '1009' } });
  keypad.press(8);
  await vi.waitFor(() => expect(shown()).toBe(''), WAIT);
  expect((await window.state()).window?.state).toBe('open');
});

test('after a restart the display shows the call again, and the voice does not repeat it', async () => {
  const { window, shown, display, speaker } = await openWindow();
  await front.take();
  await window.next();
  await vi.waitFor(() => expect(speaker.spoken).toHaveLength(2), WAIT);
  const updates = display.updates;
  await window.service.restart();
  await vi.waitFor(() => expect(display.updates).toBeGreaterThan(updates), WAIT);
  expect(shown()).toBe(SHOWN);
  // The next call is spoken: whatever was to be said before it has been said.
  await vi.waitFor(() => window.signIn(), WAIT);
  const { current } = await window.state();
  await window.call('queue.finish', { commandId: crypto.randomUUID(), ticketId: current?.id ?? '' });
  const next = await front.take();
  await vi.waitFor(() => window.next(), WAIT);
  await vi.waitFor(() => expect(speaker.spoken).toHaveLength(4), WAIT);
  expect(speaker.spoken[2]).toBe(sentenceOf({ ...CALL, ticket: next.number }));
});

test('one machine speaks for a floor and drives the displays of its windows, each call once', async () => {
  const speaker = await voice();
  const [ninth, tenth] = [new DisplayUnit(), new DisplayUnit()];
  const bus = await cable();
  keep(await startModbusSimulator({ port: bus.b, units: { 1: ninth, 2: tenth } }), (each) => each.close());
  const led = (unit: number) => ({ driver: 'modbus-led', port: bus.a, unit });
  const screen = await terminal('S03', 'screen', {
    hall: { zones: ['floor-3'], displays: ['W09', 'W10'] },
    devices: {
      voices: { 'floor-3': { driver: 'syn6288', port: speaker.port, repeat: 1 } },
      displays: { W09: led(1), W10: led(2) },
    },
  });
  const [a, b] = [await terminal('W09', 'window', {}), await terminal('W10', 'window', {})];
  for (const window of [a, b]) await signIn(window);
  await front.take();
  await front.take();
  const [first, second] = [(await a.next()).ticket, (await b.next()).ticket];
  const sentences = [
    sentenceOf({ event: 'call', ticket: first?.number ?? '', window: 9 }),
    sentenceOf({ event: 'call', ticket: second?.number ?? '', window: 10 }),
  ];
  await vi.waitFor(() => expect([...speaker.spoken].sort()).toEqual(sentences.sort()), WAIT);
  await vi.waitFor(() => {
    expect(ninth.shown).toMatchObject({ text: `请${first?.number}号到9号窗口`, blinking: true });
    expect(tenth.shown).toMatchObject({ text: `请${second?.number}号到10号窗口`, blinking: true });
  }, WAIT);
  await b.call('queue.arrive', { commandId: crypto.randomUUID(), ticketId: second?.id ?? '' });
  await vi.waitFor(() => expect(tenth.shown.blinking).toBe(false), WAIT);
  await screen.service.restart();
  await a.call('queue.finish', { commandId: crypto.randomUUID(), ticketId: first?.id ?? '' });
  await vi.waitFor(() => expect(ninth.shown.text).toBe(''), WAIT);
  expect(speaker.spoken).toHaveLength(2);
});
