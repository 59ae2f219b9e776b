import type { KeyAction } from '../../contract/config/hall.ts';
import type { DeviceEventPayload } from '../../contract/deviceProtocol.ts';
import { toWireError, YichuangError } from '../../contract/errors.ts';
import type { EventPayload, Staff } from '../../contract/rpc.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { windowView } from '../../domain/queue/windowView.ts';
import type { ServiceContext } from '../context.ts';
import { ask, callBack, callNext, finish, passOver, requireQueue } from './windowCommands.ts';

/** Reasons that a key cannot ask for. */
const HELD = '申请人去取材料';
const PAUSED = '窗口暂停';

interface Pressed {
  context: ServiceContext;
  staff: Staff;
  commandId: string;
  /** Typed in before the key. */
  number: number | null;
}

/**
 * A key of the keypad at this window. The clerk is the one who has opened the window; while nobody has, keys do nothing.
 * @throws YichuangError as the same command of the page
 */
async function pressKey(
  context: ServiceContext,
  { key, number }: Pick<DeviceEventPayload<'keypad.key'>, 'key' | 'number'>,
): Promise<void> {
  const action = actionOf(context, key);
  const staff = action && clerkOf(context);
  if (!action || !staff) return;
  await ACTIONS[action]({ context, staff, commandId: context.newId(), number });
}

/** As `pressKey`; why it was refused is told to the pages, since nobody waits for an answer. */
export async function obeyKey(
  context: ServiceContext,
  pressed: DeviceEventPayload<'keypad.key'>,
  refuse: (refused: EventPayload<'queue.refused'>) => void,
): Promise<void> {
  const action = actionOf(context, pressed.key);
  if (!action) return;
  try {
    await pressKey(context, pressed);
  } catch (error) {
    const { code, message } = toWireError(error);
    refuse({ action, code, message });
  }
}

function actionOf({ config, queue }: ServiceContext, key: string): KeyAction | null {
  if (!queue || !Object.hasOwn(config.hall.keys, key)) return null;
  return config.hall.keys[key] ?? null;
}

function clerkOf({ queue, sessions }: ServiceContext): Staff | null {
  const clerk = queue?.window.record?.clerk?.id;
  const session = sessions.connections().map((each) => sessions.get(each));
  return session.find((each) => each?.staff.number === clerk)?.staff ?? null;
}

const ACTIONS: { [A in KeyAction]: (pressed: Pressed) => Promise<unknown> } = {
  next: ({ context, staff, commandId }) => callNext(context, staff, { commandId }),
  pickup: ({ context, staff, commandId }) => callNext(context, staff, { commandId, purpose: 'pickup' }),
  recall: (pressed) => aboutInHand(pressed, (ticketId) => ({ kind: 'recall', ticketId })),
  arrive: (pressed) => aboutInHand(pressed, (ticketId) => ({ kind: 'arrive', ticketId })),
  hold: (pressed) => aboutInHand(pressed, (ticketId) => ({ kind: 'hold', ticketId, reason: HELD })),
  'no-show': async ({ context, staff, commandId }) =>
    passOver(context, staff, { commandId, ticketId: inHand(context) }),
  finish: async ({ context, staff, commandId }) => finish(context, staff, { commandId, ticketId: inHand(context) }),
  'call-back': async ({ context, staff, commandId, number }) => {
    const { held, pickups } = viewOf(context);
    const chosen = choose(held, number) ?? (number === null ? undefined : choose(pickups, number));
    if (!chosen) throw new YichuangError('ticket-gone');
    const purpose = held.includes(chosen) ? 'intake' : 'pickup';
    return callBack(context, staff, { commandId, ticketId: chosen.id, purpose });
  },
  pause: async ({ context, staff }) => {
    const { window } = requireQueue(context);
    window.pause(staff, window.record?.state === 'paused' ? null : PAUSED);
  },
};

async function aboutInHand(
  { context, staff, commandId }: Pressed,
  command: (ticketId: string) => Parameters<typeof ask>[3],
): Promise<TicketRecord | null> {
  return ask(context, staff, commandId, command(inHand(context)));
}

/** @throws YichuangError `nobody-called` */
function inHand(context: ServiceContext): string {
  const { current } = viewOf(context);
  if (!current) throw new YichuangError('nobody-called');
  return current.id;
}

function viewOf(context: ServiceContext) {
  return windowView(context.hall.view(), context.config.terminal.id, requireQueue(context).watch.mode);
}

/** The one whose number ends so; without a number the one that has waited longest. */
function choose(tickets: readonly TicketRecord[], number: number | null): TicketRecord | undefined {
  if (number === null) return tickets[0];
  return tickets.find((ticket) => Number(ticket.number.slice(ticket.prefix.length)) === number);
}
