import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { holdWriteLock } from '../fixtures/centreDatabase.ts';
import { desk, startTestOffice } from '../fixtures/office.ts';
import { startTestService } from '../fixtures/service.ts';

/** A supervisor's machine and a real centre whose database somebody else holds for a while. */

let office: Awaited<ReturnType<typeof startTestOffice>>;
let terminal: ReturnType<typeof startTestService>;

beforeEach(async () => {
  office = await startTestOffice();
  const enrolmentCode = await office.centre.createEnrolmentCode({ terminal: 'W17' });
  terminal = startTestService({
    staff: [],
    config: { terminal: { id: 'W17', hall: 'main' }, hub: { url: office.centre.url, enrolmentCode } },
  });
  await vi.waitFor(
    async () => expect(await terminal.call('sync.status', {})).toMatchObject({ link: 'connected' }),
    45_000,
  );
  await terminal.call('session.login', { number: desk('SUP'), password: 'example-pass' }, 'SUP', 'supervisor');
  await vi.waitFor(async () => expect(await terminal.call('sync.status', {})).toMatchObject({ waitingOps: 0 }), 45_000);
});
afterEach(async () => {
  await terminal.dispose();
  await office.dispose();
});

const declare = (reason: string) => {
  const from = new Date(Date.now() - 60_000).toISOString();
  const command = { commandId: v7(), from, to: null, reason, proof: '故障单 7' };
  return terminal.call('outage.declare', command, 'SUP', 'supervisor');
};
const reasons = async () =>
  (await terminal.call('outage.list', {}, 'SUP', 'supervisor')).rows.map(({ reason }) => reason);

test('an act that meets a busy centre is done as soon as the centre has room, once, and nobody is bothered', async () => {
  const letGo = await holdWriteLock(office.dir);
  const declared = declare('中心系统故障');
  // It is the act itself that is turned away: nothing else waits here.
  await vi.waitFor(() => expect(office.logs()).toMatch(/"route":"\/office\/v1\/outage","status":429/), 45_000);
  await letGo();
  await declared;
  expect(await reasons()).toEqual(['中心系统故障']);
});
