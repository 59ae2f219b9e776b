import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBookingKeyOffline, upsertStaffOffline } from '../../centre/command.ts';
import type { QueueRequest } from '../../contract/queue.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import { HALL_BODIES } from '../fixtures/hallBodies.ts';
import { TAKE } from '../fixtures/queueDesk.ts';
import { clerkAt, startTerminal } from '../fixtures/queueTerminals.ts';
import { type HallProcess, type HallTerminal, openRelayHall } from '../fixtures/relayHall.ts';

/** The queue of a hall whose hub fails: two hubs and a centre, processes of the command that are killed, over TCP. */

let hall: Awaited<ReturnType<typeof openRelayHall>>;
let active: HallProcess;
let standby: HallProcess;

const WAIT = { timeout: 45_000 };
const roles = async (terminal: HallTerminal) => (await terminal.hubStates())?.map((state) => state?.role ?? 'away');
const ask = (terminal: HallTerminal, actor: string, command: QueueRequest['command'], commandId = v7()) =>
  terminal.queue({ commandId, actor, command });

async function take(terminal: HallTerminal): Promise<TicketRecord> {
  const { ticket } = await ask(terminal, 'kiosk', TAKE);
  if (!ticket) throw new Error('no ticket');
  return ticket;
}

const lease = (terminal: HallTerminal) =>
  ask(terminal, 'kiosk', { kind: 'lease', prefixes: ['A'], day: hallDay(Date.now()), epoch: 1 });

/** Open whatever the hour, by a supervisor. */
const openHall = (terminal: HallTerminal) =>
  ask(terminal, '3001', { kind: 'issue', queue: 'all', stop: { queue: 'all', reason: '测试开放', force: 'open' } });

const takeOver = (terminal: HallTerminal) => terminal.takeOver({ actor: '3001', reason: '主机断电', force: false });

beforeEach(async () => {
  hall = await openRelayHall();
  ({ active, standby } = await hall.addPair());
}, 60_000);
afterEach(() => hall.dispose(), 60_000);

async function join(name: string): Promise<HallTerminal> {
  const terminal = hall.open(name);
  terminal.connect([active.url, standby.url], await hall.codeFor(name));
  await expect.poll(() => terminal.link, WAIT).toBe('connected');
  await expect.poll(() => roles(terminal), WAIT).toEqual(['active', 'standby']);
  return terminal;
}

const taken = (ops: { kind: string; opId: string; outcome: string }[]) =>
  ops.filter(({ kind, outcome }) => kind === 'ticket.taken' && outcome === 'applied').length;

const isFollowed = async () => {
  const there = new Set(standby.ops().map(({ opId }) => opId));
  return active.ops().every(({ opId }) => there.has(opId));
};

describe('the queue of a hall with two hubs', { timeout: 120_000 }, () => {
  test('the active hub dies with numbers and blocks that nobody else has, and no number is given twice', async () => {
    const [first, second] = [await join('K01'), await join('K02')];
    await openHall(first);
    const numbers = [(await take(first)).number];
    await expect.poll(isFollowed, WAIT).toBe(true);
    // Neither the standby nor the centre hears of what follows.
    await standby.kill();
    await hall.centre.stop();
    numbers.push((await take(first)).number, (await take(second)).number);
    expect(numbers).toEqual(['A001', 'A002', 'A003']);
    await lease(first);
    await expect.poll(() => first.store.hall.byDay('lease', hallDay(Date.now())).length, WAIT).toBe(2);
    await active.kill();
    await standby.start();
    await expect.poll(() => roles(first), WAIT).toEqual(['away', 'standby']);
    await takeOver(first);
    numbers.push((await take(first)).number, (await take(second)).number);
    await lease(second);
    expect(new Set(numbers).size).toBe(numbers.length);
    // The dispenser still has the block that died with the hub, and gives a number of it by itself.
    const held = first.store.hall.byDay('lease', hallDay(Date.now())).find(({ holder }) => holder === 'K01');
    expect(numbers.slice(3)).toEqual(['A2500', 'A2501']);
    expect(held).toMatchObject({ first: 500, last: 999 });
    first.append('ticket.taken', `ticket:${v7()}`, {
      ...{ number: 'A500', prefix: 'A', day: hallDay(Date.now()), queue: 'A', class: 'ordinary', floor: 3 },
      ...{ itemCode: null, takenAt: new Date().toISOString(), issuer: 'K01', source: 'kiosk', fallback: null },
      ...{ slot: null, person: null, elder: false, batch: 1, preReview: null, appointment: null, backFor: null },
      pinned: null,
    });
    await expect.poll(() => first.counts, WAIT).toEqual({ waitingOps: 0, heldOps: 0, rejected: 0 });
    numbers.push('A500');
    // All of it meets at the centre.
    await hall.centre.start();
    await active.start('--peer', standby.url);
    await expect.poll(() => roles(first), WAIT).toEqual(['standby', 'active']);
    await expect.poll(() => taken(hall.centre.ops()), WAIT).toBe(numbers.length);
    for (const each of [active, standby]) await expect.poll(() => taken(each.ops()), WAIT).toBe(numbers.length);
    for (const each of [hall.centre, active, standby, first, second]) expect(each.findings()).toEqual([]);
  });

  test('presence, commands and blocks follow the hub that decides; the other and the centre decide nothing', async () => {
    const terminal = await join('K01');
    await openHall(terminal);
    await expect.poll(isFollowed, WAIT).toBe(true);
    await terminal.presence(0);
    await terminal.takeOver({ actor: '3001', reason: '换主机', force: true });
    await expect.poll(() => terminal.presence(0).then(() => terminal.url, String), WAIT).toBe(standby.url);
    expect((await take(terminal)).number).toBe('A2500');
    const direct = hall.open('K09');
    direct.connect(hall.centre.url, await hall.codeFor('K09'));
    await expect.poll(() => direct.link, WAIT).toBe('connected');
    await expect(take(direct)).rejects.toMatchObject({ code: 'queue-at-hub' });
    await expect.poll(() => taken(active.ops()), WAIT).toBe(1);
    expect(hall.centre.ops().some(({ kind }) => kind === 'lease.granted')).toBe(true);
    for (const each of [hall.centre, active, standby]) expect(each.findings()).toEqual([]);
  });

  test('a window goes on by itself when its hub dies, and is called to by the new one; nobody is called twice', async () => {
    await upsertStaffOffline(hall.centre.dir, {
      ...{ number: clerkAt('W09'), name: '示例', roles: ['WIN' as const], password: 'example-pass' },
    });
    const kiosk = await join('K01');
    await openHall(kiosk);
    const hub = { url: active.url, code: (name: string) => hall.codeFor(name) };
    const config = { hub: { url: active.url, standby: [standby.url], enrolmentCode: await hall.codeFor('W09') } };
    const window = await startTerminal(hub, 'W09', { speed: 5, config });
    try {
      await vi.waitFor(() => window.signIn(), WAIT);
      await vi.waitFor(async () => expect((await window.state()).window?.state).toBe('open'), WAIT);
      // The hub knows it too: a ticket falls back to a window that is open.
      await vi.waitFor(async () => expect((await window.call('sync.status', {})).waitingOps).toBe(0), WAIT);
      for (let count = 0; count < 3; count += 1) expect((await take(kiosk)).fallback).toBe('W09');
      await vi.waitFor(async () => expect((await window.state()).counts).toMatchObject([{ waiting: 3 }]), WAIT);
      await expect.poll(isFollowed, WAIT).toBe(true);
      await active.kill();
      await vi.waitFor(async () => expect(await window.state()).toMatchObject({ mode: 'emergency' }), WAIT);
      const called: string[] = [];
      const callNext = async () => {
        const { ticket } = await window.next();
        if (!ticket) throw new Error('nobody was called');
        called.push(ticket.number);
        await window.call('queue.finish', { commandId: v7(), ticketId: ticket.id });
      };
      await callNext();
      await takeOver(kiosk);
      await vi.waitFor(
        async () => expect(await window.state()).toMatchObject({ mode: 'hub', hubAwaySince: null }),
        WAIT,
      );
      await callNext();
      await callNext();
      expect(called).toEqual(['A001', 'A002', 'A003']);
      await active.start('--peer', standby.url);
      const kinds = (kind: string) =>
        hall.centre.ops().filter((op) => op.kind === kind && op.outcome === 'applied').length;
      await expect.poll(() => kinds('ticket.finished'), WAIT).toBe(3);
      expect([kinds('ticket.called'), kinds('ticket.doubted')]).toEqual([3, 0]);
      for (const each of [hall.centre, standby]) expect(each.findings()).toEqual([]);
    } finally {
      await window.dispose();
    }
  });

  test('a booking system is answered by the hub itself, with the centre away too, and by no standby', async () => {
    await expect.poll(isFollowed, WAIT).toBe(true);
    const keys = [
      await createBookingKeyOffline(active.dir, 'main'),
      await createBookingKeyOffline(standby.dir, 'main'),
    ];
    await hall.centre.stop();
    const day = hallDay(Date.now() + 24 * 3_600_000);
    const slot = { from: `${day}T01:00:00.000Z`, to: `${day}T02:00:00.000Z` };
    const body = JSON.stringify({ appointments: [{ ...HALL_BODIES['appointment.booked'], day, slot }] });
    const book = async (hub: HallProcess, key: string | undefined) => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const answer = await fetch(`${hub.url}/office/v1/appointments`, { method: 'POST', headers, body });
      return (await answer.json()) as object;
    };
    expect(await book(active, keys[0])).toMatchObject({ booked: 1, known: 0 });
    expect(await book(active, keys[0])).toMatchObject({ booked: 0, known: 1 });
    expect(await book(standby, keys[1])).toMatchObject({ code: 'not-active' });
    await hall.centre.start();
    const booked = () => hall.centre.ops().filter(({ kind }) => kind === 'appointment.booked').length;
    await expect.poll(booked, WAIT).toBe(1);
  });

  test('a terminal that has not heard of the take-over asks the old hub, and is answered by the new one', async () => {
    const [terminal, other] = [await join('K01'), await join('K02')];
    await openHall(terminal);
    await expect.poll(isFollowed, WAIT).toBe(true);
    await terminal.takeOver({ actor: '3001', reason: '换主机', force: true });
    expect((await take(other)).number).toBe('A2500');
  });
});
