import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBookingKeyOffline } from '../../centre/command.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import { acceptanceDraft } from '../fixtures/acceptance.ts';
import { call, jsonRequest } from '../fixtures/centre.ts';
import { visitBooked } from '../fixtures/homeVisits.ts';
import { clerkAt, type Hub, startHub, startTerminal, type Terminal } from '../fixtures/queueTerminals.ts';

/** A home visit from its booking to its end: a hub as a process of its own, and the laptop that goes along. */

const WAIT = { timeout: 45_000, interval: 20 };
const DAY_MS = 24 * 3_600_000;
let hub: Hub;
let laptop: Terminal;

beforeEach(async () => {
  hub = await startHub(['W09', 'W10']);
  laptop = await startTerminal(hub, 'W09');
});
afterEach(async () => {
  await laptop.dispose();
  await hub.dispose();
});

async function book(): Promise<void> {
  const key = await createBookingKeyOffline(hub.dir, 'main');
  const day = hallDay(Date.now() + DAY_MS);
  const slot = { from: `${day}T02:00:00.000Z`, to: `${day}T03:00:00.000Z` };
  const visit = { terminal: 'W09', staff: [clerkAt('W09'), clerkAt('W10')] as [string, string] };
  const appointments = [visitBooked(visit, { day, slot, itemCode: 'A09' })];
  const { status } = await call(hub.url, '/office/v1/appointments', jsonRequest({ appointments }, key));
  expect(status).toBe(200);
}

const planned = () => laptop.call('visits.planned', {}).then(({ rows }) => rows);

test('what is taken in at the home while the hub is out of reach ends the appointment when the laptop is back', async () => {
  await book();
  await vi.waitFor(() => laptop.signIn(), WAIT);
  await vi.waitFor(async () => expect(await planned()).toHaveLength(1), WAIT);

  await hub.kill();
  const [visit] = await planned();
  expect(visit).toMatchObject({ itemCode: 'A09', isDone: false, staffNames: ['示例1009', '示例1010'] });
  const draft = acceptanceDraft({ appointment: visit?.id });
  const { acceptance } = await laptop.call('case.accept', { commandId: v7(), draft });
  expect(acceptance).toMatchObject({ source: 'home-visit', clerk: { id: '1009' } });
  expect((await laptop.call('sync.status', {})).waiting).toBe(1);

  await hub.restart();
  await vi.waitFor(async () => expect(await planned()).toMatchObject([{ id: visit?.id, isDone: true }]), WAIT);
  // A second case of the same home is taken in all the same.
  const second = await laptop.call('case.accept', { commandId: v7(), draft });
  expect(second.acceptance).toMatchObject({ source: 'home-visit', appointment: visit?.id });
});
