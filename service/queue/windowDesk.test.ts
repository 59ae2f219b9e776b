import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestService } from '../../tests/fixtures/service.ts';
import { CLERK, phcOf } from '../../tests/fixtures/staff.ts';

/** A window whose hub is away: what it says of itself does not wait for it. */

const SUPERVISOR = { ...CLERK, number: '9001', roles: ['SUP' as const], passwordHash: phcOf('Yichuang-9001') };
const COLLEAGUE = { ...CLERK, number: '1002', name: '李强', passwordHash: phcOf('Yichuang-1002') };
let now: number;
let terminal: ReturnType<typeof startTestService>;

beforeEach(async () => {
  now = Date.parse('2026-11-27T01:30:00.000Z');
  terminal = startTestService({
    staff: [CLERK, SUPERVISOR, COLLEAGUE],
    config: { hub: { url: 'http://127.0.0.1:9', enrolmentCode: 'nobody-there' } },
    now: () => now,
    staysOut: true,
  });
  // The hub confirmed the list of staff before it went away.
  await terminal.tamper(
    `INSERT INTO meta (name, value) VALUES ('staff-confirmed-at', '${new Date(now).toISOString()}')`,
  );
});
afterEach(() => terminal.dispose());

const signIn = (number: string, connection = 'page-1') =>
  terminal.call('session.login', { number, password: `Yichuang-${number}` }, connection);
const shown = async () => {
  const { window } = await terminal.call('queue.state', {});
  return window && [window.state, window.reason, window.clerk?.id ?? null];
};
const pause = (reason: string | null) =>
  terminal.call('queue.pause', { commandId: '0198a000-0000-7000-8000-0000000000f1', reason });

test('it opens with its clerk, pauses and opens by hand, and closes when the clerk leaves', async () => {
  expect(await shown()).toBeNull();
  await signIn('1001');
  expect(await shown()).toEqual(['open', null, '1001']);
  await pause('去开会');
  expect(await shown()).toEqual(['paused', '去开会', '1001']);
  await pause(null);
  expect(await shown()).toEqual(['open', null, '1001']);
  await terminal.call('session.logout', {});
  expect(await shown()).toEqual(['closed', null, null]);
});

test('a locked desk pauses, and is closed when the clerk does not come back in time', async () => {
  await signIn('1001');
  await terminal.call('session.lock', {});
  expect(await shown()).toEqual(['paused', '暂离', '1001']);
  await signIn('1001');
  expect(await shown()).toEqual(['open', null, '1001']);
  await terminal.call('session.lock', {});
  now += 31 * 60_000;
  await expect(terminal.call('draft.load', {})).rejects.toMatchObject({ code: 'session-expired' });
  expect(await shown()).toEqual(['closed', null, null]);
});

test('a desk left alone pauses by itself, and a colleague takes it over', async () => {
  await signIn('1001');
  now += 11 * 60_000;
  await expect(terminal.call('draft.load', {})).rejects.toMatchObject({ code: 'session-locked' });
  expect(await shown()).toEqual(['paused', '暂离', '1001']);
  await signIn('1002');
  expect(await shown()).toEqual(['open', null, '1002']);
});

test('the page that goes away closes the window, also a covered one', async () => {
  await signIn('1001');
  terminal.service.closeConnection('page-1');
  expect(await shown()).toEqual(['closed', null, null]);
  await signIn('1001', 'page-2');
  await terminal.call('session.lock', {}, 'page-2');
  terminal.service.closeConnection('page-2');
  expect(await shown()).toEqual(['closed', null, null]);
});

test('somebody at another page of the machine is not the clerk of the window', async () => {
  await signIn('1001');
  await terminal.call('session.login', { number: '9001', password: 'Yichuang-9001' }, 'page-2', 'supervisor');
  expect(await shown()).toEqual(['open', null, '1001']);
  await terminal.call('session.logout', {}, 'page-2', 'supervisor');
  expect(await shown()).toEqual(['open', null, '1001']);
});

test('a program that ends closes the window; its clerk at the same page opens it again, a lost one does not', async () => {
  await signIn('1001');
  const states = await terminal.withFile((db) =>
    db.prepare("SELECT body ->> '$.state' FROM op WHERE kind = 'window.changed' ORDER BY ord").pluck().all(),
  );
  expect(states).toEqual(['open', 'closed']);
  expect(await shown()).toEqual(['open', null, '1001']);
  // Power cut: nobody said goodbye, and the page does not come back.
  await terminal.tamper("DELETE FROM signed_in; UPDATE hall_record SET record = replace(record, 'closed', 'open')");
  expect(await shown()).toEqual(['closed', null, null]);
});

test('without a hub there is no queue, and nothing is written of a window', async () => {
  const alone = startTestService({ now: () => now });
  await alone.login();
  expect(await alone.call('queue.state', {})).toMatchObject({ mode: 'none', window: null, hubAwaySince: null });
  const asked = alone.call('queue.callNext', { commandId: '0198a000-0000-7000-8000-0000000000f2' });
  await expect(asked).rejects.toMatchObject({ code: 'queue-not-here' });
  await alone.dispose();
});
