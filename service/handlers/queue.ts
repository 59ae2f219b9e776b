import type { queueMethods } from '../../contract/rpc/queue.ts';
import type { MethodOutput } from '../../contract/rpc.ts';
import { lostCallsAt } from '../../db/lostCalls.ts';
import type { QueueCommand } from '../../domain/queue/commands.ts';
import { plannedWindow } from '../../domain/queue/plan.ts';
import { windowView } from '../../domain/queue/windowView.ts';
import type { Call, Handlers, ServiceContext } from '../context.ts';
import { ask, callBack, callNext, finish, passOver, requireQueue } from '../queue/windowCommands.ts';

type AboutOne = 'queue.recall' | 'queue.arrive' | 'queue.hold' | 'queue.transfer' | 'queue.sendBack' | 'queue.void';

/** The queue at a window. */
export const queueHandlers: Handlers<keyof typeof queueMethods> = {
  'queue.state': ({ context, role }) => stateOf(context, role === 'window'),
  'queue.callNext': async ({ context, connection, params }) => ({
    ticket: await callNext(context, staffAt(context, connection), params),
  }),
  'queue.callBack': async ({ context, connection, params }) => ({
    ticket: await callBack(context, staffAt(context, connection), params),
  }),
  'queue.noShow': async ({ context, connection, params }) => ({
    ticket: await passOver(context, staffAt(context, connection), params),
  }),
  'queue.finish': async ({ context, connection, params }) => ({
    ticket: await finish(context, staffAt(context, connection), params),
  }),
  'queue.recall': (call) => askAbout(call, { kind: 'recall', ticketId: call.params.ticketId }),
  'queue.arrive': (call) => askAbout(call, { kind: 'arrive', ticketId: call.params.ticketId }),
  'queue.hold': (call) => {
    const { ticketId, reason } = call.params;
    return askAbout(call, { kind: 'hold', ticketId, reason });
  },
  'queue.transfer': (call) => {
    const { ticketId, queue, to, reason } = call.params;
    return askAbout(call, { kind: 'transfer', ticketId, queue, to, reason });
  },
  'queue.sendBack': (call) => {
    const { ticketId, reason } = call.params;
    return askAbout(call, { kind: 'send-back', ticketId, reason });
  },
  'queue.void': (call) => {
    const { ticketId, reason, note } = call.params;
    return askAbout(call, { kind: 'void', ticketId, reason, note });
  },
  'queue.dropPickup': async ({ context, connection, params: { commandId, ticketId, caseId } }) => ({
    ticket: await ask(context, staffAt(context, connection), commandId, { kind: 'drop-pickup', ticketId, caseId }),
  }),
  'queue.pause': ({ context, connection, params }) => {
    requireQueue(context).window.pause(staffAt(context, connection), params.reason);
    return {};
  },
  'queue.catchUp': async ({ context, connection, params: { commandId, rows } }) => {
    const { client } = requireQueue(context);
    const { number, roles } = staffAt(context, connection);
    await client.ask(commandId, { actor: number, roles }, { kind: 'catch-up', rows });
    // What came of each number stands in its ticket: those of the hub are pulled first.
    await context.sync()?.refresh();
    const entered = new Set(rows.map((row) => row.number));
    const doubted = context.hall.tickets().filter((ticket) => ticket.doubts.length > 0 && entered.has(ticket.number));
    return { doubted: doubted.map((ticket) => ticket.number) };
  },
};

function stateOf({ hall, queue, config, store }: ServiceContext, isWindow: boolean): MethodOutput<'queue.state'> {
  const view = hall.view();
  const isPlanned = !isWindow || plannedWindow(view.plan, config.terminal.id) !== null;
  return {
    ...windowView(
      view,
      config.terminal.id,
      queue?.watch.mode ?? 'hub',
      isWindow ? lostCallsAt(store.db, config.terminal.id) : [],
    ),
    mode: queue && isPlanned ? queue.watch.mode : 'none',
    hubAwaySince: queue?.watch.awaySince ?? null,
    rating: queue?.ratings.asked ?? null,
  };
}

async function askAbout(
  { context, connection, params }: Call<AboutOne>,
  command: QueueCommand,
): Promise<MethodOutput<AboutOne>> {
  return { ticket: await ask(context, staffAt(context, connection), params.commandId, command) };
}

function staffAt({ sessions }: ServiceContext, connection: string) {
  return sessions.require(connection).staff;
}
