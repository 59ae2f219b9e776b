import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeMeta } from '../db/meta.ts';
import { codeOf } from '../tests/fixtures/codeOf.ts';
import { startTestService } from '../tests/fixtures/service.ts';
import { CLERK, phcOf } from '../tests/fixtures/staff.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const OTHER = { ...CLERK, number: '1002', passwordHash: phcOf('Yichuang-1002') };

let terminal: ReturnType<typeof startTestService>;
let clock: number;

function start(config: object = {}) {
  clock = Date.parse('2026-11-23T01:00:00.000Z');
  terminal = startTestService({ staff: [CLERK, OTHER], config, now: () => clock, staysOut: true });
}
beforeEach(() => start());
afterEach(() => terminal.dispose());

const load = (connection = 'page-1') => codeOf(terminal.call('draft.load', {}, connection));
const ping = (connection = 'page-1') => codeOf(terminal.call('session.ping', {}, connection));
const ended = () => terminal.pushes.filter(({ event }) => event === 'session.ended');
const endOf = (code: string, connection = 'page-1') => ({ connection, event: 'session.ended', payload: { code } });

/** Why sessions ended, from the log. */
async function reasons(): Promise<string[]> {
  const sql = "SELECT body FROM op WHERE kind = 'session.closed' ORDER BY ord";
  const rows = await terminal.withFile((db) => db.prepare(sql).pluck().all() as string[]);
  return rows.map((body) => (JSON.parse(body) as { reason: string }).reason);
}

describe('a desk that is left', () => {
  test('is locked after ten minutes without a call, and told so', async () => {
    await terminal.login();
    clock += 10 * MINUTE - 1;
    expect(await load()).toBe('ok');
    clock += 10 * MINUTE;
    expect(await load()).toBe('session-locked');
    expect(ended()).toEqual([endOf('session-locked')]);
    expect((await terminal.call('session.hello', {})).staff).toBeNull();
    await terminal.login();
    expect(await load()).toBe('ok');
    expect(await reasons()).toEqual(['idle']);
  });

  test('is not kept open by a page that calls by itself, once the page tells of its clerk', async () => {
    await terminal.login();
    expect(await ping()).toBe('ok');
    for (let minute = 1; minute < 10; minute++) {
      clock += MINUTE;
      expect(await load()).toBe('ok');
    }
    clock += MINUTE;
    expect(await load()).toBe('session-locked');
  });

  test('stays open for a clerk who works', async () => {
    await terminal.login();
    for (let turn = 0; turn < 12; turn++) {
      clock += 9 * MINUTE;
      expect(await ping()).toBe('ok');
    }
    expect(await load()).toBe('ok');
  });

  test('is signed out for good after thirty minutes', async () => {
    await terminal.login();
    clock += 11 * MINUTE;
    expect(await load()).toBe('session-locked');
    clock += 19 * MINUTE;
    expect(await load()).toBe('session-expired');
    expect(ended()).toEqual([endOf('session-locked'), endOf('session-expired')]);
  });

  test('waits as long as the configuration says', async () => {
    await terminal.dispose();
    start({ lockAfterMinutes: 1, reloginAfterMinutes: 2 });
    await terminal.login();
    clock += MINUTE;
    expect(await load()).toBe('session-locked');
    clock += MINUTE;
    expect(await load()).toBe('session-expired');
  });

  test('is locked by hand, and by the machine’s own lock', async () => {
    await terminal.login();
    expect(await codeOf(terminal.call('session.lock', {}))).toBe('ok');
    expect(await load()).toBe('session-locked');
    await terminal.login();
    terminal.service.signOutAll();
    expect(await load()).toBe('session-locked');
    expect(await reasons()).toEqual(['idle', 'idle']);
  });

  test('has its lists load anew when the clerk is back', async () => {
    await terminal.login();
    await terminal.call('events.subscribe', { topics: ['cases'] });
    await terminal.call('session.lock', {});
    terminal.pushes.length = 0;
    await terminal.login();
    expect(terminal.pushes).toContainEqual({ connection: 'page-1', event: 'cases.changed', payload: { ids: [] } });
  });
});

describe('one account', () => {
  test('has one session here: the older one ends and is told', async () => {
    await terminal.login();
    await terminal.call('session.login', { number: '1002', password: 'Yichuang-1002' }, 'page-2');
    await terminal.call('session.login', { number: '1001', password: 'Yichuang-1001' }, 'page-3');
    expect(ended()).toEqual([endOf('session-taken')]);
    expect(await load()).toBe('session-taken');
    expect(await load('page-2')).toBe('ok');
    expect(await load('page-3')).toBe('ok');
    expect(await reasons()).toEqual(['taken']);
  });

  test('keeps its session when somebody only tries its password', async () => {
    await terminal.login();
    expect(await codeOf(terminal.call('session.login', { number: '1001', password: 'no' }, 'page-2'))).toBe(
      'login-failed',
    );
    expect(
      await codeOf(
        terminal.call('session.login', { number: '1001', password: 'Yichuang-1001' }, 'page-2', 'backoffice'),
      ),
    ).toBe('forbidden');
    expect(await load()).toBe('ok');
  });

  test('is locked after five failures, however many attempts come at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () => codeOf(terminal.call('session.login', { number: '1001', password: 'no' }))),
    );
    expect(outcomes).toEqual([...Array(5).fill('login-failed'), ...Array(7).fill('login-locked')]);
  });
});

describe('the list of staff', () => {
  const HUB = { hub: { url: 'http://127.0.0.1:1' } };

  /** As if the centre had answered then. */
  const confirm = (at: number): Promise<void> =>
    terminal.withFile((db) => writeMeta(db, 'staff-confirmed-at', new Date(at).toISOString()));

  test('serves seven days without the centre, and no longer', async () => {
    await terminal.dispose();
    start(HUB);
    await confirm(clock);
    clock += 7 * DAY;
    expect(await codeOf(terminal.login())).toBe('ok');
    clock += 1;
    expect(await codeOf(terminal.login())).toBe('staff-list-stale');
  });

  test('that no centre ever confirmed serves nobody', async () => {
    await terminal.dispose();
    start(HUB);
    expect(await codeOf(terminal.login())).toBe('staff-list-stale');
  });

  test('is not asked for its age where no centre is configured', async () => {
    clock += 400 * DAY;
    expect(await codeOf(terminal.login())).toBe('ok');
  });
});
