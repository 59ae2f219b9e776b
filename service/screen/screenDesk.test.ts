import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { screenState } from '../../contract/rpc/screen.ts';
import { USUAL_HOURS } from '../../domain/clock/openingHours.ts';
import type { AllHallBodies } from '../../domain/hall/reduceHall.ts';
import type { OpBodies } from '../../domain/ledger/op.ts';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { openTestStore } from '../../tests/fixtures/store.ts';
import { HallNow } from '../queue/hallNow.ts';
import { Reference } from '../reference.ts';
import { ScreenDesk } from './screenDesk.ts';

/** A Friday morning in opening hours. */
const NOW = Date.parse('2026-11-27T01:20:00.000Z');

let fixture: ReturnType<typeof openTestStore>;
let desk: ScreenDesk;
let now: number;
let monotonic: number;
let heardAt: number | null | undefined;
/** How often the queue was looked at. */
let looks: number;

beforeEach(() => {
  [now, monotonic, heardAt, looks] = [NOW, 1_000, 1_000, 0];
  fixture = openTestStore();
  const reference = new Reference(fixture.store.publications, { usual: [...USUAL_HOURS] });
  const hall = new HallNow(
    fixture.store,
    () => now,
    () => reference.clockRules(),
  );
  desk = new ScreenDesk({
    store: fixture.store,
    view: () => {
      looks += 1;
      return hall.view();
    },
    now: () => now,
    monotonic: () => monotonic,
    heardAt: () => heardAt,
    hall: 'main',
  });
});
afterEach(() => fixture.dispose());

function say<K extends keyof AllHallBodies>(kind: K, id: string, changed: Partial<AllHallBodies[K]> = {}): void {
  const stream = `${kind.split('.')[0]}:${id}`;
  const body = { ...HALL_BODIES[kind], ...changed } as OpBodies[K];
  fixture.store.ledger.append({ kind, stream, actor: '1001', body });
}

/** Of floor 2, taken and called to window 3 unless changed. */
function called(number: string, changed: Partial<AllHallBodies['ticket.called']> = {}): string {
  const id = v7();
  say('ticket.taken', id, { number, prefix: 'B', queue: 'B', floor: 2, fallback: 'W03' });
  say('ticket.called', id, { at: new Date(now).toISOString(), ...changed });
  return id;
}

describe('what a floor shows', () => {
  test('a number that is called, to which window, and nothing else of it', () => {
    called('B015');
    const { now: calls } = screenState.parse(desk.state(2));
    const at = new Date(NOW).toISOString();
    expect(calls).toEqual([{ number: 'B015', window: 3, at, times: 1, isAwaited: true }]);
    expect(desk.state(3).now).toEqual([]);
  });

  test('a number called again counts its calls; one who came is awaited no more; one who is done is gone', () => {
    const id = called('B015');
    say('ticket.recalled', id, { at: new Date(now + 15_000).toISOString() });
    expect(desk.state(2).now).toMatchObject([{ times: 2, isAwaited: true }]);
    say('ticket.arrived', id);
    expect(desk.state(2).now).toMatchObject([{ isAwaited: false }]);
    say('ticket.finished', id);
    expect(desk.state(2).now).toEqual([]);
  });

  test('who is called to collect stands in a block of its own, who will be is named there', () => {
    const id = called('B015');
    say('ticket.finished', id);
    say('window.changed', v7(), { terminal: 'W03', at: new Date(now).toISOString() });
    say('ticket.pickup-raised', id);
    expect(desk.state(2)).toMatchObject({ now: [], pickup: [], ready: [{ number: 'B015', window: 3 }] });
    say('ticket.called', id, { at: new Date(now).toISOString(), purpose: 'pickup' });
    expect(desk.state(2)).toMatchObject({ now: [], pickup: [{ number: 'B015', window: 3 }], ready: [] });
  });

  test('who waits by class, with an honest range once a window is open, and who is next', () => {
    for (const number of ['B001', 'B002', 'B003', 'B004'])
      say('ticket.taken', v7(), {
        number,
        prefix: 'B',
        queue: 'B',
        floor: 2,
        takenAt: `2026-11-27T01:0${number.at(-1)}:00.000Z`,
      });
    expect(desk.state(2).waiting).toEqual([
      { queue: 'B', class: 'ordinary', prefix: 'B', waiting: 4, estimate: null, next: ['B001', 'B002', 'B003'] },
    ]);
    say('window.changed', v7(), { terminal: 'W03', at: new Date(now).toISOString() });
    const [line] = desk.state(2).waiting;
    expect(line?.estimate?.toMs).toBeGreaterThan(line?.estimate?.fromMs ?? Number.NaN);
  });

  test('pauses, what was passed and what gives no numbers', () => {
    const id = called('B015');
    say('ticket.passed', id, { outcome: { kind: 'voided' } });
    say('window.changed', v7(), {
      terminal: 'W05',
      state: 'paused',
      reason: '设备故障',
      at: new Date(now).toISOString(),
    });
    say('issue.changed', v7(), { queue: 'B', stop: { queue: 'B', reason: '下班前办不完', force: 'stopped' } });
    expect(screenState.parse(desk.state(2))).toMatchObject({
      passed: ['B015'],
      paused: [5],
      stopped: ['B'],
      queues: ['B'],
      isClosed: false,
    });
  });

  test('no name, no reason and no clerk leaves the machine', () => {
    say('window.changed', v7(), {
      terminal: 'W03',
      state: 'paused',
      reason: '张三请假',
      at: new Date(now).toISOString(),
    });
    say('appointment.booked', v7(), { name: '张三' });
    called('B015');
    expect(JSON.stringify(desk.state(2))).not.toMatch(/\p{Script=Han}|"1001"|1380\d{7}/u);
  });
});

describe('the hub', () => {
  test('is silent after five seconds by a clock that nobody sets, and since when is told', () => {
    monotonic += 4_999;
    now += 3_600_000;
    expect(desk.state(2)).toMatchObject({ hub: 'heard', staleSince: null });
    monotonic += 1;
    expect(desk.state(2)).toMatchObject({ hub: 'silent', staleSince: new Date(now - 5_000).toISOString() });
    heardAt = monotonic;
    expect(desk.state(2)).toMatchObject({ hub: 'heard', staleSince: null });
  });

  test('that was never heard by a terminal without data is new, and none is none', () => {
    heardAt = null;
    expect(desk.state(2).hub).toBe('new');
    heardAt = undefined;
    expect(desk.state(2).hub).toBe('none');
  });
});

test('two hundred screens that ask about one change are reckoned for once', () => {
  called('B015');
  for (let i = 0; i < 200; i++) desk.state(2);
  expect(looks).toBe(1);
  called('B016', { terminal: 'W04', window: 4 });
  for (let i = 0; i < 200; i++) expect(desk.state(2).now).toHaveLength(2);
  expect(looks).toBe(2);
  monotonic += 1_000;
  desk.state(2);
  expect(looks).toBe(3);
});
