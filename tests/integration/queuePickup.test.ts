import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CaseFile } from '../../domain/case/types.ts';
import { findItem } from '../../domain/catalogue/catalogue.ts';
import { DEFAULT_PLAN } from '../../domain/queue/plan.ts';
import type { StaffRole } from '../../domain/staff/roles.ts';
import { stockBlanks } from '../../tools/demo/stockBlanks.ts';
import { minimalDraft } from '../fixtures/acceptance.ts';
import { DRAWER, openBackOffice } from '../fixtures/backOffice.ts';
import { WALKER_STAFF } from '../fixtures/caseWalker.ts';
import { type Hub, startFrontDesk, startHub, startTerminal, type Terminal } from '../fixtures/queueTerminals.ts';

/** From the ticket to the second call for the certificate: a window, the rooms behind it and the hub, over HTTP. */

const WAIT = { timeout: 45_000, interval: 20 };
let hub: Hub;
let front: Awaited<ReturnType<typeof startFrontDesk>>;
let window: Terminal;
const cleanUps: (() => unknown)[] = [];

beforeEach(async () => {
  hub = await startHub(['W09']);
  cleanUps.push(() => hub.dispose());
  front = await startFrontDesk(hub);
  window = await startTerminal(hub, 'W09');
  cleanUps.push(() => window.dispose());
  await vi.waitFor(() => window.signIn(), WAIT);
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const mortgage = () => {
  const item = findItem('A05');
  if (!item) throw new Error('no A05');
  return minimalDraft(item);
};

async function serve() {
  await front.take();
  const { ticket } = await vi.waitFor(() => window.next(), WAIT);
  if (!ticket) throw new Error('nobody was called');
  await window.call('queue.arrive', { commandId: v7(), ticketId: ticket.id });
  return { id: ticket.id, number: ticket.number };
}

const stateOf = (id: string) =>
  window.call('case.get', { id }).then(({ record }: { record: CaseFile }) => [record.state, record.pickup?.calls ?? 0]);

test('a case accepted with a ticket went its whole way, one without did not queue', async () => {
  const ticket = await serve();
  const accepted = await window.call('case.accept', { commandId: v7(), draft: { ...mortgage(), ticket } });
  expect(accepted.acceptance).toMatchObject({ ticket, path: ['T01', 'T02', 'T03', 'T06', 'T07', 'T08', 'T11'] });
  // Nobody invents a ticket, not even the one in hand.
  const other = await window.call('case.accept', { commandId: v7(), draft: mortgage() });
  expect(other.acceptance.ticket).toBeUndefined();
  expect(other.acceptance.path).toEqual(['T01', 'T02', 'T03', 'T44', 'T11']);
  await vi.waitFor(async () => expect((await window.state()).current?.cases).toEqual([accepted.id]), WAIT);
});

test('a refusal carries the ticket as far as the window', async () => {
  const ticket = await serve();
  const refusal = { ground: 'other' as const, reason: '不属于本机构', missing: [] };
  const draft = { ...mortgage(), ticket };
  const refused = await window.call('case.refuse', { commandId: v7(), draft, refusal });
  expect(refused).toMatchObject({ state: 'AT_WINDOW', acceptance: { ticket } });
  expect(refused.acceptance.path).toEqual(['T01', 'T02', 'T03', 'T06', 'T07', 'T08']);
});

test('a ticket that is none of ours is refused, and nothing is accepted', async () => {
  const ticket = await serve();
  for (const wrong of [
    { ...ticket, number: 'A999' },
    { ...ticket, id: v7() },
  ]) {
    const asked = window.call('case.accept', { commandId: v7(), draft: { ...mortgage(), ticket: wrong } });
    await expect(asked).rejects.toMatchObject({ code: 'ticket-unknown' });
  }
  expect((await window.call('case.search', { text: '' })).total).toBe(0);
});

test('the second call takes the case along, and who does not come leaves it ready', async () => {
  for (const [role, number] of Object.entries(WALKER_STAFF)) {
    if (role !== 'WIN') await hub.hire(number, role as StaffRole, `Yichuang-${number}`);
  }
  await hub.hire('9001', 'SUP');
  await stockBlanks(hub.dir, '9001');
  const rooms = await openBackOffice({ centreUrl: hub.url, folder: { centreDir: hub.dir } });
  cleanUps.push(() => rooms.stop());
  const ticket = await serve();
  const accepted = await window.call('case.accept', { commandId: v7(), draft: { ...mortgage(), ticket } });
  await window.call('queue.finish', { commandId: v7(), ticketId: ticket.id });
  await rooms.makeReady(accepted.acceptance.number, DRAWER[0]);
  await vi.waitFor(async () => expect((await window.state()).pickups.map(({ id }) => id)).toEqual([ticket.id]), WAIT);

  const commandId = v7();
  const called = (await window.call('queue.callNext', { commandId, purpose: 'pickup' })).ticket;
  expect(called?.calls.at(-1)).toMatchObject({ purpose: 'pickup', terminal: 'W09' });
  await vi.waitFor(async () => expect(await stateOf(accepted.id)).toEqual(['PICKUP_CALLED', 1]), WAIT);
  // The same press once more is one call.
  await window.call('queue.callNext', { commandId, purpose: 'pickup' });
  expect(await stateOf(accepted.id)).toEqual(['PICKUP_CALLED', 1]);

  // Nobody comes. Three calls and a minute are the rule; a supervisor of the hall shortens it here.
  const { policy } = await window.state();
  const plan = {
    windows: DEFAULT_PLAN.windows,
    policy: { ...policy, maxCalls: 1, passAfterMs: 0 },
  };
  await front.desk.ask({ kind: 'plan', plan }, { actor: '3001' });
  await window.call('queue.noShow', { commandId: v7(), ticketId: ticket.id });
  await vi.waitFor(async () => expect(await stateOf(accepted.id)).toEqual(['READY', 1]), WAIT);
});
