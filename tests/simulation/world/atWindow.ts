import type { QueueCommand } from '../../../domain/queue/commands.ts';
import type { HallPlan } from '../../../domain/queue/hallTypes.ts';
import { DEFAULT_PLAN } from '../../../domain/queue/plan.ts';
import { indexOf } from '../../../domain/queue/viewIndex.ts';
import type { QueueClient } from '../../../service/queue/client.ts';
import type { QueueResult } from '../../../service/queue/localDesk.ts';
import { runIn } from '../engine/scope.ts';
import { v7 } from '../engine/uuid.ts';
import { isAnswer, openWindow } from './deeds.ts';
import type { Server } from './server.ts';
import { PERSON } from './template.ts';
import type { Running, Terminal } from './terminal.ts';
import type { World } from './world.ts';

/** What the clerk of a window does there when the world wants it, beside what comes to hand. */

export function open(world: World, terminal: Terminal): void {
  void doAt(world, terminal, () => openWindow(world, terminal));
}

/** A clerk whose window is open lets go whoever is there, and calls somebody else. */
export function callNext(world: World, terminal: Terminal): Promise<void> {
  return doAt(world, terminal, async ({ hall, queue }) => {
    const view = hall.view();
    if (view.windows.get(terminal.id)?.state !== 'open') return;
    const inHand = indexOf(view).inHand.get(terminal.id);
    if (inHand && inHand.calls.at(-1)?.arrivedAt == null) await press(queue, { kind: 'arrive', ticketId: inHand.id });
    if (inHand) await press(queue, { kind: 'finish', ticketId: inHand.id });
    const { ticket } = await press(queue, { kind: 'next' });
    if (ticket) world.promises.noteCalled(ticket, terminal);
    world.trace.note(`${terminal.name} calls ${ticket?.number ?? 'nobody'}`);
  });
}

const KIOSK_FLOOR = 3;
/** Every window serves everybody who waits, on the floor of the kiosk. */
const PLAN: HallPlan = {
  ...DEFAULT_PLAN,
  windows: DEFAULT_PLAN.windows.map((window) => ({ ...window, floor: KIOSK_FLOOR, queues: ['A', 'B'] })),
};

/** A supervisor has both windows serve the same queue. */
export function shareQueue(world: World, terminal: Terminal): Promise<void> {
  return doAt(world, terminal, async ({ queue }) => {
    await press(queue, { kind: 'plan', plan: PLAN });
    world.trace.note(`${terminal.name}: every window serves every queue`);
  });
}

/** As a hub knows it. */
export function isShared({ looked }: Server): boolean {
  if (!looked?.open) return false;
  return looked.prepare("SELECT 1 FROM projection WHERE type = 'plan'").get() !== undefined;
}

/** A supervisor at one window gives to the others what waits for another that nobody hears. */
export function release(world: World, at: Terminal, silent: Terminal): Promise<void> {
  return doAt(world, at, async ({ queue }) => {
    await press(queue, { kind: 'release', terminal: silent.id, reason: '窗口停用' });
    world.trace.note(`${at.name}: what waits for ${silent.name} is for the others, too`);
  });
}

/** As a hub knows it. */
export function isOpenAt({ looked }: Server, { running }: Terminal): boolean {
  if (!looked?.open || !running) return false;
  const state = looked.prepare("SELECT json_extract(record, '$.state') FROM projection WHERE stream = ?").pluck();
  return state.get(`window:${running.store.ledger.device}`) === 'open';
}

function press(queue: QueueClient, command: QueueCommand): Promise<QueueResult> {
  return queue.ask(v7(), { actor: PERSON, roles: ['WIN', 'SUP'] }, command);
}

/** Within the life of the program there, if it runs. */
function doAt(
  world: World,
  { name, life, running }: Terminal,
  work: (running: Running) => void | Promise<void>,
): Promise<void> {
  if (!life || life.isOver || !running) return Promise.resolve();
  return runIn(life, async () => await work(running)).catch((error: Error) => {
    if (isAnswer(error)) world.trace.note(`${name} is told: ${error.message}`);
    else world.fail(`${name}: ${error.stack}`);
  });
}
