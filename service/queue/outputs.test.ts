import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { terminalConfig } from '../../contract/config.ts';
import type { Announcement } from '../../domain/announcement/announcement.ts';
import { clockRules } from '../../domain/clock/caseClock.ts';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { openTestStore } from '../../tests/fixtures/store.ts';
import { HallNow } from './hallNow.ts';
import { Outputs } from './outputs.ts';

const CALLED_AT = Date.parse(HALL_BODIES['ticket.called'].at);
const VOICE = { driver: 'syn6288', port: '/dev/ttyS1' };
const OTHER_VOICE = { ...VOICE, port: '/dev/ttyS3' };
const DISPLAY = { driver: 'onbon-bx5k', port: '/dev/ttyS2' };

let fixture: ReturnType<typeof openTestStore>;
let now: number;
const said: { zone: string; announcement: Announcement }[] = [];
const shown: { window: string; text: string }[] = [];

beforeEach(() => {
  now = CALLED_AT + 1_000;
  fixture = openTestStore({ now: () => now });
  said.length = 0;
  shown.length = 0;
});
afterEach(() => fixture.dispose());

function open({ id = 'S02', ...config }: { id?: string; hall?: object; devices?: object } = {}): Outputs {
  const { store } = fixture;
  const hall = new HallNow(
    store,
    () => now,
    () => clockRules({ usual: ['08:30-16:30'] }),
  );
  const devices = {
    call: async (method: string, input: never) => {
      if (method === 'voice.speak') said.push(input);
      if (method === 'display.show') shown.push(input);
      return {} as never;
    },
  };
  return new Outputs({
    config: terminalConfig.parse({ terminal: { id, hall: 'main' }, ...config }),
    ...{ store, hall, devices },
    hubNow: () => now,
    log: () => {},
  });
}

const FLOOR_2 = { hall: { zones: ['floor-2'] }, devices: { voices: { 'floor-2': VOICE, 'floor-3': OTHER_VOICE } } };

/** A ticket called at a window of the default plan, W03 on floor 2 or W12 on floor 3. */
function call(terminal = 'W03', window = 3, elder = false): string {
  const stream = `ticket:${v7()}`;
  const { ledger } = fixture.store;
  const number = `A0${window}`.padEnd(4, '1');
  ledger.append({
    kind: 'ticket.taken',
    stream,
    actor: 'kiosk',
    body: { ...HALL_BODIES['ticket.taken'], number, elder },
  });
  const body = { ...HALL_BODIES['ticket.called'], terminal, window };
  ledger.append({ kind: 'ticket.called', stream, actor: '1001', body });
  return stream;
}

test('each call is said once, however often its ticket is looked at, and not again after a restart', () => {
  const outputs = open(FLOOR_2);
  const stream = call();
  outputs.follow([stream]);
  outputs.follow([stream, stream]);
  expect(said).toHaveLength(1);
  fixture.reopen();
  open(FLOOR_2).follow([stream]);
  expect(said).toHaveLength(1);
});

test('what was called half a minute ago is not said any more', () => {
  const outputs = open(FLOOR_2);
  now = CALLED_AT + 30_000;
  outputs.follow([call()]);
  expect(said).toHaveLength(1);
  now += 1;
  outputs.follow([call()]);
  expect(said).toHaveLength(1);
});

test('a zone hears its own windows only, and each call by one voice', () => {
  const outputs = open(FLOOR_2);
  outputs.follow([call('W12', 12), call('W03', 3)]);
  expect(said).toMatchObject([{ zone: 'floor-2', announcement: { event: 'call', window: 3 } }]);
});

test('somebody in elder mode is called slowly', () => {
  const outputs = open(FLOOR_2);
  outputs.follow([call('W03', 3, true), call('W04', 4)]);
  expect(said).toMatchObject([
    { announcement: { window: 3 }, slow: true },
    { announcement: { window: 4 }, slow: false },
  ]);
});

test('a window with a voice of its own speaks for itself and for nobody else', () => {
  const own = open({ id: 'W03', devices: { voices: { desk: VOICE } } });
  own.follow([call('W12', 12), call('W03', 3)]);
  expect(said).toMatchObject([{ zone: 'desk', announcement: { window: 3 } }]);
  // With several, the one of its zone.
  said.length = 0;
  open({ id: 'W03', devices: { voices: { 'floor-2': VOICE, desk: OTHER_VOICE } } }).follow([call('W03', 3)]);
  expect(said).toMatchObject([{ zone: 'floor-2' }]);
});

test('a machine without voices says nothing and remembers nothing', () => {
  open({ id: 'W03' }).follow([call('W03', 3)]);
  expect([said, fixture.store.local.loadDraft('announced')]).toEqual([[], null]);
});

test('the end of giving numbers is said once in every zone', () => {
  const outputs = open({ hall: { zones: ['floor-2', 'floor-3'] }, devices: FLOOR_2.devices });
  const stream = `issue:${v7()}`;
  const stop = { queue: 'all' as const, reason: '今日取号已结束', force: 'stopped' as const };
  const body = { day: '2026-11-27', at: new Date(now).toISOString(), stop, queue: 'all' as const };
  fixture.store.ledger.append({ kind: 'issue.changed', stream, actor: '9001', body });
  outputs.follow([stream]);
  outputs.follow([stream]);
  expect(said).toEqual([
    { zone: 'floor-2', announcement: { event: 'closing' }, slow: false },
    { zone: 'floor-3', announcement: { event: 'closing' }, slow: false },
  ]);
});

test('a desk left for a moment shows it and is not called out', () => {
  const outputs = open({
    ...FLOOR_2,
    hall: { zones: ['floor-2'], displays: ['W03'] },
    devices: { ...FLOOR_2.devices, displays: { W03: DISPLAY } },
  });
  const stream = `window:${fixture.store.ledger.device}`;
  const change = (reason: string) => {
    const at = new Date(now).toISOString();
    const body = { ...HALL_BODIES['window.changed'], state: 'paused' as const, reason, at };
    fixture.store.ledger.append({ kind: 'window.changed', stream, actor: '1001', body });
    outputs.follow([stream]);
  };
  change('暂离');
  expect([said, shown.at(-1)]).toMatchObject([[], { window: 'W03', text: '暂停服务' }]);
});

test('a display is given what it should show at the start, and again only when that changes', () => {
  const stream = call();
  const config = { hall: { displays: ['W03'] }, devices: { displays: { W03: DISPLAY } } };
  const outputs = open(config);
  expect(shown).toMatchObject([{ window: 'W03', text: '请A031号到3号窗口', attention: true }]);
  outputs.follow([stream]);
  expect(shown).toHaveLength(1);
  fixture.store.ledger.append({ kind: 'ticket.finished', stream, actor: '1001', body: HALL_BODIES['ticket.finished'] });
  outputs.follow([stream]);
  expect(shown.at(-1)).toMatchObject({ text: '', number: null });
});
