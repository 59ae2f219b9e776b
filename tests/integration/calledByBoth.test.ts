import { isDeepStrictEqual } from 'node:util';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { type IslandMachine, openIslandHall, ticketAt } from '../fixtures/islandHall.ts';
import type { HallProcess } from '../fixtures/relayHall.ts';

/** A number that both hubs of a hall called (ADR 0064): processes of the command, with lines between them that are cut. */

let hall: Awaited<ReturnType<typeof openIslandHall>>;
let kiosk: Awaited<ReturnType<typeof hall.openKiosk>>;
let ticket: TicketRecord;
/** Beside the old hub; beside the spare one; and the supervisor's, there as well. */
let a: IslandMachine;
let b: IslandMachine;
let board: IslandMachine;

beforeEach(async () => {
  hall = await openIslandHall();
  kiosk = await hall.openKiosk();
  // Before any window is open: it waits for none of them in particular.
  ticket = await kiosk.take();
  [a, b] = await Promise.all([hall.startMachine('W10', 'island'), hall.startMachine('W11', 'mainland')]);
  board = await hall.startMachine('S01', 'mainland', 'supervisor');
  for (const machine of [a, b, board]) await machine.signIn();
  await expect
    .poll(async () => [(await a.state()).window?.state, (await b.state()).window?.state])
    .toEqual(['open', 'open']);
  // The last that joined is known at both, so everybody is.
  await expect.poll(roles).toEqual(['active 0', 'standby 0']);
  await expect.poll(() => missing(hall.old, hall.spare)).toEqual([]);
}, 120_000);
afterEach(() => hall.dispose(), 60_000);

/** What the one has of the log and the other has not. */
const missing = (here: HallProcess, there: HallProcess) => {
  const known = new Set(there.ops().map(({ opId }) => opId));
  return here.ops().filter(({ opId }) => !known.has(opId));
};
/** Both windows and these processes, how the ticket stands there. */
const everywhere = (processes: readonly HallProcess[]) => [
  ...processes.map((each) => ticketAt(each, ticket.id)),
  ...[a, b].map((each) => each.ticket(ticket.id)),
];
/** In every detail as the hub has it that decides. */
const isSame = (processes: readonly HallProcess[]) =>
  everywhere(processes).every((each) => isDeepStrictEqual(each, ticketAt(hall.spare, ticket.id)));
const roles = async () => (await board.call('hub.state', {})).hubs.map(({ state, fence }) => `${state} ${fence}`);
const arriveAt = (window: IslandMachine) => window.call('queue.arrive', { commandId: v7(), ticketId: ticket.id });
const waiting = async (window: IslandMachine) => (await window.call('sync.outbox', { state: 'waiting' })).counts;
const NOTHING = { waiting: 0, held: 0, parked: 0, rejected: 0 };

/** The old hub with window A is alone; a supervisor lets the spare one decide; both call the one who waits. */
async function callAtBoth(): Promise<void> {
  hall.cutOff();
  await board.call('hub.takeOver', { reason: '主机不应答', force: true });
  const called = [await a.callNext(), await b.callNext()];
  expect(called.map(({ id, calls }) => [id, calls.map(({ terminal }) => terminal)])).toEqual([
    [ticket.id, ['W10']],
    [ticket.id, ['W11']],
  ]);
  await expect
    .poll(async () => [(await a.state()).current?.id, (await b.state()).current?.id])
    .toEqual([ticket.id, ticket.id]);
}

/** Everybody goes on: B with the one who was called twice, A with the next; nobody is called twice any more. */
async function goOn(processes: readonly HallProcess[]): Promise<void> {
  await expect.poll(async () => (await a.state()).current?.id ?? null).toBeNull();
  // Its clerk reads where the number went, until the next is called.
  const toldAt = async (window: IslandMachine) => (await window.state()).overtaken;
  expect(await toldAt(a)).toEqual({ number: ticket.number, window: 11 });
  expect(await toldAt(b)).toBeNull();
  await expect(arriveAt(a)).rejects.toThrow('not-your-ticket');
  const numbers = [ticket.number];
  const callNext = async (window: IslandMachine) => {
    const { number } = await kiosk.take();
    const called = await window.callNext();
    expect(called.number).toBe(number);
    numbers.push(number);
    return called.id;
  };
  await a.serve(await callNext(a));
  expect(await toldAt(a)).toBeNull();
  await b.serve(ticket.id);
  await b.serve(await callNext(b));
  await a.serve(await callNext(a));
  expect(new Set(numbers).size).toBe(4);
  await expect
    .poll(() => everywhere(processes).map((each) => each?.state))
    .toEqual(Array(processes.length + 2).fill('FINISHED'));
  await expect.poll(() => isSame(processes)).toBe(true);
  await expect.poll(() => Promise.all([a, b].map(waiting))).toEqual([NOTHING, NOTHING]);
  const [first = hall.centre, ...others] = processes;
  for (const each of others) await expect.poll(() => missing(each, first)).toEqual([]);
  for (const each of others) await expect.poll(() => missing(first, each)).toEqual([]);
  for (const each of processes) expect(each.ops().filter(({ outcome }) => /parked|held/.test(outcome))).toEqual([]);
  for (const each of [...processes, a, b, board]) expect(each.findings()).toEqual([]);
}

test('a number that both hubs called is where the new one has it, once the line between them is back', async () => {
  const all = [hall.centre, hall.old, hall.spare];
  await callAtBoth();
  hall.bringBack();
  const standing = (each: TicketRecord | null) => [
    each?.state,
    each?.calls.map(({ terminal }) => terminal),
    each?.doubts,
  ];
  const asDecided = ['CALLED', ['W11'], ['called-twice:W10']];
  await expect.poll(() => everywhere(all).map(standing)).toEqual(Array(5).fill(asDecided));
  await expect.poll(() => isSame(all)).toBe(true);
  await expect.poll(roles).toEqual(['standby 1', 'active 1']);
  const doubted = async () =>
    (await board.call('board.tickets', { state: 'doubted' })).rows.map(({ number, doubts }) => [number, doubts]);
  await expect.poll(doubted).toEqual([[ticket.number, 1]]);
  const alarms = (await board.call('board.state', {})).alarms.map(({ name }) => name);
  expect(alarms).toContain(`ticket-doubted:${ticket.id}`);
  const { story } = await board.call('board.ticket', { ticketId: ticket.id });
  expect(story.map(({ op }) => op.kind)).toContain('ticket.reconciled');
  await goOn(all);
  expect([a, b].flatMap((each) => each.loneKinds())).toEqual([]);
}, 240_000);

test('a hub that never comes back leaves its call with one window, which goes on with the next', async () => {
  await callAtBoth();
  await hall.old.kill();
  hall.bringBack();
  await goOn([hall.centre, hall.spare]);
  // What died with the hub is told by the one machine that still has it, and by no other.
  expect([a.loneKinds(), b.loneKinds()]).toEqual([['ticket.called'], []]);
}, 240_000);
