import { v7 } from 'uuid';
import type { TerminalRole } from '../../contract/config.ts';
import { startTerminal, type Terminal } from '../fixtures/queueTerminals.ts';
import { steadyMs } from './steadyMs.ts';

/** A process of the benches of the queue: real services of several terminals, driven by messages of its parent. */

export interface HallStart {
  kind: 'start';
  url: string;
  terminals: { id: string; role: TerminalRole; code: string; config: object }[];
}
export type HallOrder = HallStart | { kind: 'press' } | { kind: 'finish' } | { kind: 'stop' };

export interface Pressed {
  terminal: string;
  /** Null: nobody waited. */
  number: string | null;
  /** By `steadyMs`. */
  pressedAt: number;
  answeredAt: number;
}
export interface HallAnswer {
  /** Where the TVs of the first terminal are served. */
  tvPort: number;
  pressed: Pressed[];
}

let terminals: Terminal[] = [];
const inHand = new Map<string, string>();

async function obey(order: HallOrder): Promise<HallAnswer> {
  const answer: HallAnswer = { tvPort: 0, pressed: [] };
  if (order.kind === 'start') {
    const { url } = order;
    for (const { id, role, code, config } of order.terminals) {
      const hub = { url, code: async () => code };
      const terminal = await startTerminal(hub, id, { role, config });
      terminals.push(terminal);
      if (role === 'window') await signIn(terminal);
    }
    answer.tvPort = (await terminals[0]?.service.service.tvPort()) ?? 0;
  } else if (order.kind === 'press') {
    answer.pressed = await Promise.all(terminals.map(press));
  } else if (order.kind === 'finish') {
    await Promise.all(terminals.map(finish));
  } else {
    await Promise.all(terminals.map((terminal) => terminal.dispose()));
    terminals = [];
  }
  return answer;
}

/** The list of staff comes with the first pull. */
async function signIn(terminal: Terminal): Promise<void> {
  for (;;) {
    try {
      await terminal.signIn();
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  while ((await terminal.state()).window?.state !== 'open') await new Promise((resolve) => setTimeout(resolve, 50));
}

async function press(terminal: Terminal): Promise<Pressed> {
  const pressedAt = steadyMs();
  const { ticket } = await terminal.next();
  if (ticket) inHand.set(terminal.id, ticket.id);
  return { terminal: terminal.id, number: ticket?.number ?? null, pressedAt, answeredAt: steadyMs() };
}

async function finish(terminal: Terminal): Promise<void> {
  const ticketId = inHand.get(terminal.id);
  inHand.delete(terminal.id);
  if (ticketId !== undefined) await terminal.call('queue.finish', { commandId: v7(), ticketId });
}

process.on('message', async (order: HallOrder) => {
  try {
    process.send?.({ answer: await obey(order) });
  } catch (error) {
    process.send?.({ error: String((error as Error).stack) });
  }
});
process.on('disconnect', () => process.exit(0));
