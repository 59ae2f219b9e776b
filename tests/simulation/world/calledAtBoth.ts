import type { TicketRecord } from '../../../domain/queue/ticketTypes.ts';
import { Random } from '../engine/random.ts';
import { callNext, isOpenAt, isShared, open, release, shareQueue } from './atWindow.ts';
import { mendAll, takeOver } from './faults.ts';
import type { Machine } from './machine.ts';
import type { Server } from './server.ts';
import { inOrder } from './stages.ts';
import type { Terminal } from './terminal.ts';
import { ticketAt, ticketsAt } from './ticketsAt.ts';
import type { World } from './world.ts';

/** Who presses and hears nothing presses again after this, virtual ms. */
const PRESSED_MS = 2000;
/** The lines come back in any case after this, and nothing more is tried. */
const LONGEST_MS = 18_000;

type Line = readonly [Machine, Machine];

/**
 * The hub is cut off with one window, or dies with what it has decided: it calls a number, and nobody else hears of that. At
 * the other window a supervisor lets the spare hub decide, and the same number is called there. Both windows go on as it
 * comes, and then the lines are whole again.
 */
export function callAtBothHubs(world: World, seed: number): void {
  const { network, trace, promises, time, centre } = world;
  const windows = world.terminals.filter(({ id }) => id.startsWith('W'));
  const chance = new Random(seed, 'called at both');
  const [before, after] = chance.chance(0.5) ? windows : windows.toReversed();
  const [first, second] = world.hubs;
  if (!first || !second || !before || !after) return;
  const plan = planOf(chance);
  let [old, spare]: [Server, Server] = [first, second];
  let ticketId = '';
  let lines: Line[] | null = null;
  let isAsking = false;
  let pressedAt = Number.NEGATIVE_INFINITY;

  const once = (work: () => Promise<void>) => {
    if (isAsking) return;
    isAsking = true;
    void work().finally(() => {
      isAsking = false;
    });
  };
  /** What waits for a window that is not heard is kept for it until a supervisor gives it to the others. */
  const callHere = async (here: Terminal, silent: Terminal) => {
    await release(world, here, silent);
    await callNext(world, here);
  };
  const share = () => once(() => shareQueue(world, before));
  const prepare = () => {
    for (const window of windows) if (!isOpenAt(spare, window)) open(world, window);
    [old, spare] = first.centre?.isActive() ? [first, second] : [second, first];
  };
  const isReady = () =>
    [old, spare, ...windows].every(({ isUp }) => isUp) &&
    old.centre?.isActive() === true &&
    spare.centre?.isActive() === false &&
    windows.every((window) => window.running?.sync.state.link === 'connected' && isOpenAt(spare, window)) &&
    ticketsAt(spare.looked).some((ticket) => isUncalled(ticket) && isUncalled(ticketAt(old.looked, ticket.id)));
  const part = () => {
    trace.note(`${old.name} is cut off with ${before.name}`);
    lines = [
      [old, spare],
      [plan.isOldCutOff ? old : spare, centre],
      [old, after],
      [spare, before],
    ];
    if (!plan.isTold) network.cut(old.name, before.name);
  };
  /** A fault of the same line that is over would mend it. */
  const stayApart = () => {
    for (const line of lines ?? []) cut(world, line);
  };
  const comeBack = (ms: number) => {
    world.isCalm = false;
    for (const line of lines?.splice(0) ?? []) world.later(ms + chance.int(0, 2500), () => mend(world, line));
  };
  const callBefore = () => {
    if (lines === null) part();
    stayApart();
    once(() => callHere(before, after));
  };
  const isCalledBefore = () => {
    const called = ticketsAt(old.looked).find(
      (ticket) => isCalledAt(before, ticket) && isUncalled(ticketAt(spare.looked, ticket.id)),
    );
    if (!called || (plan.isTold && !promises.calls.some((call) => call.ticketId === called.id))) return false;
    ticketId = called.id;
    network.joined(old.name, before.name);
    if (plan.death === null) return true;
    old.die(plan.death, plan.restartMs);
    for (const line of lines?.splice(0) ?? []) mend(world, line);
    return true;
  };
  const press = () => {
    stayApart();
    if (time.now - pressedAt < PRESSED_MS) return;
    pressedAt = time.now;
    takeOver(world, true, after);
  };
  const callAfter = () => {
    stayApart();
    if (isUncalled(ticketAt(spare.looked, ticketId))) once(() => callHere(after, before));
  };
  const isCalledAfter = () => {
    const ticket = ticketAt(spare.looked, ticketId);
    if (!isCalledAt(after, ticket)) return false;
    trace.note(`${ticket?.number} is called at ${before.name} and at ${after.name}`);
    promises.calledAtBoth.set(ticketId, [before.id, after.id]);
    comeBack(plan.goOnMs);
    return true;
  };
  if (plan.isCalm) {
    world.isCalm = true;
    mendAll(world);
  }
  const stages = [
    { do: share, until: () => isShared(first) && isShared(second) },
    { do: prepare, until: isReady },
    { do: callBefore, until: isCalledBefore },
    { do: press, until: () => spare.centre?.isActive() === true },
    { do: callAfter, until: isCalledAfter },
  ];
  inOrder(world, stages, LONGEST_MS);
  world.later(LONGEST_MS, () => comeBack(0));
}

function planOf(chance: Random) {
  const death = chance.pick([null, null, 'kill', 'power-cut'] as const);
  return {
    death,
    /** Nothing else goes wrong until both have called. */
    isCalm: chance.chance(0.75),
    /** Its window hears of the call, before the hub dies. */
    isTold: death === null || chance.chance(0.6),
    /** Which of the two has no line to the centre, by which it would hear of the other. */
    isOldCutOff: chance.chance(0.7) || death !== null,
    restartMs: chance.int(4000, 9000),
    /** Both go on apart after the second call. */
    goOnMs: chance.int(100, 4000),
  };
}

function cut({ network }: World, [{ name: a }, { name: b }]: Line): void {
  network.cut(a, b);
  network.cut(b, a);
}

function mend({ network }: World, [{ name: a }, { name: b }]: Line): void {
  network.joined(a, b);
  network.joined(b, a);
}

function isUncalled(ticket: TicketRecord | null): boolean {
  return ticket?.state === 'WAITING' && ticket.calls.length === 0;
}

/** There, and nowhere else. */
function isCalledAt({ id }: Terminal, ticket: TicketRecord | null): boolean {
  return ticket?.calls.length === 1 && ticket.calls[0]?.terminal === id;
}
