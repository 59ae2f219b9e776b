import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { EventName } from '../../contract/rpc.ts';
import { methods } from '../../contract/rpc.ts';
import { startTestService } from '../../tests/fixtures/service.ts';
import { TV_CONNECTION } from './screen.ts';

/** A window whose second display is turned to the citizen, and which serves TVs beside. */
const SCREEN = { display: 2, shows: 'citizen', tv: { host: '127.0.0.1', port: 0 } };
const ID = '0198a000-0000-7000-8000-0000000000e1';

let terminal: ReturnType<typeof startTestService>;
beforeAll(() => {
  terminal = startTestService({ config: { screen: SCREEN } });
});
afterAll(() => terminal.dispose());

/** Whoever may call gets as far as the input, which is wrong. */
function knock(connection: string, role: 'screen' | 'window', method: string): Promise<string> {
  return terminal.service.call(connection, role, method, { unheardOf: 1 }).then(
    () => 'answered',
    (error: unknown) => (error as { code: string }).code,
  );
}
async function open(connection: string, role: 'screen' | 'window'): Promise<string[]> {
  const found: string[] = [];
  for (const method of Object.keys(methods))
    if ((await knock(connection, role, method)) === 'bad-input') found.push(method);
  return found.sort();
}

test('the page in front of the citizen may call four methods, and nobody can sign in on it', async () => {
  expect(await open('page-2', 'screen')).toEqual([
    'citizen.state',
    'events.subscribe',
    'rating.submit',
    'session.hello',
  ]);
});

test('a TV at the same machine looks at the floor, and neither rates nor sees what the citizen sees', async () => {
  const found = await open(`${TV_CONNECTION}1`, 'screen');
  expect(found).toContain('screen.state');
  expect(found).not.toContain('citizen.state');
  expect(found).not.toContain('rating.submit');
});

test("the clerk's own page gives no grade", async () => {
  expect(await open('page-1', 'window')).toContain('citizen.state');
  const given = terminal.service.call('page-1', 'window', 'rating.submit', { id: ID, way: 'screen', grade: 5 });
  await expect(given).rejects.toMatchObject({ code: 'forbidden' });
});

test('it is told that it is one, and hears of nothing but the queue', async () => {
  expect(await terminal.service.call('page-2', 'screen', 'session.hello', {})).toMatchObject({
    isCitizen: true,
    staff: null,
  });
  expect(await terminal.service.call('page-1', 'window', 'session.hello', {})).toMatchObject({ isCitizen: false });
  const topics = ['identity', 'sync', 'devices', 'cases', 'catalogue', 'service', 'session', 'queue'];
  await terminal.service.call('page-2', 'screen', 'events.subscribe', { topics });
  await terminal.service.call('page-1', 'window', 'events.subscribe', { topics });
  await terminal.service.call('page-1', 'window', 'session.login', { number: '1001', password: 'Yichuang-1001' });
  // Refused and put on record: the sync line grows.
  expect(await knock('page-1', 'window', 'certificate.print')).toBe('forbidden');
  const heard = (connection: string): EventName[] =>
    terminal.pushes.flatMap((push) => (push.connection === connection ? [push.event as EventName] : []));
  await vi.waitFor(() => expect(heard('page-1')).toContain('sync.changed'), 45_000);
  expect(heard('page-2').filter((event) => !/^(queue|rating)\./.test(event))).toEqual([]);
});
