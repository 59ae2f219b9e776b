import { v7 as uuidv7 } from 'uuid';
import type { QueueRequest } from '../../contract/queue.ts';
import { decidedId, decidedIds } from '../../domain/queue/commandIds.ts';
import { decide, type TicketCommand } from '../../domain/queue/decide.ts';
import { isRefused } from '../../domain/queue/decision.ts';
import { mayDo } from '../../domain/queue/mayDo.ts';
import { plannedWindow } from '../../domain/queue/plan.ts';
import { sha256Hex } from '../digest.ts';
import { takeOwnOp } from '../office/ownOp.ts';
import { findActiveStaff } from '../office/permission.ts';
import type { CommandContext, QueueVerdict, Step } from './context.ts';
import { followHall } from './follow.ts';
import { grantLeases } from './leases.ts';
import { HubNumbers } from './numbers.ts';
import { type HallCommand, supervise } from './supervise.ts';
import { viewFor } from './view.ts';

export interface CarriedOut {
  verdict: QueueVerdict;
  /** Terminal of a window whose tickets were given back to the others. */
  released: string | null;
}

/** A command of which a part could not be written: nothing of its transaction may be stored. */
export class CommandRefusedError extends Error {
  override name = 'CommandRefusedError';
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/**
 * Decides one command and takes its ops into the working ledger.
 * @throws CommandRefusedError
 */
export function carryOut(context: CommandContext, request: QueueRequest): CarriedOut {
  const { ledger, device } = context;
  const before = findDecided(context, request.commandId);
  if (before !== null) return done(answer(context, before, [before]));
  const { command, actor } = request;
  const roles = findActiveStaff(ledger, device.hall, actor)?.roles ?? [];
  if (!mayDo(command.kind, { actor, roles })) return refused('forbidden');
  if (isHallCommand(command)) {
    const result = command.kind === 'lease' ? grantLeases(context, command) : supervise(context, command, actor);
    if ('refused' in result) return refused(result.refused);
    take(context, request, result.steps, null);
    const streams = [...new Set([...result.steps, ...(result.known ?? [])].map(({ stream }) => stream))];
    const released = command.kind === 'release' ? command.terminal : null;
    return { verdict: { kind: 'done', ticket: null, changed: streams }, released };
  }
  return aboutTickets(context, request, command, roles);
}

/** Stream of what the command came to, here or at the hub that decided before this one; or null. */
function findDecided({ ledger, fence }: CommandContext, commandId: string): string | null {
  for (const opId of decidedIds(commandId, fence, sha256Hex)) {
    const stream = ledger.findOpStream(opId);
    if (stream !== null) return stream;
  }
  return null;
}

function aboutTickets(
  context: CommandContext,
  request: QueueRequest,
  command: TicketCommand,
  roles: Parameters<typeof mayDo>[1]['roles'],
): CarriedOut {
  const { device } = context;
  const view = viewFor(context, command);
  const numbers = new HubNumbers(context, view.day);
  const decision = decide(command, view, {
    terminal: device.terminal,
    actor: request.actor,
    roles,
    floor: plannedWindow(view.plan, device.terminal)?.floor ?? 0,
    mode: 'hub',
    isKeptForUs: true,
    newId: uuidv7,
    nextNumber: (prefix) => numbers.next(prefix),
  });
  if (isRefused(decision)) return refused(decision.refused);
  const { steps, ticketId } = decision;
  const stream = ticketId === null ? null : `ticket:${ticketId}`;
  numbers.use();
  take(context, request, [...numbers.steps, ...steps], stream);
  return done(answer(context, stream, [...new Set(steps.map((step) => step.stream))]));
}

/** @param answered the stream whose first op is named after the command, so that asking again finds it; default: the first */
function take(context: CommandContext, request: QueueRequest, steps: readonly Step[], answered: string | null): void {
  const { ledger, self, device, fence, now } = context;
  const named = steps.find(({ stream }) => stream === answered) ?? steps[0];
  for (const step of steps) {
    const opId = step === named ? { opId: decidedId(request.commandId, fence, sha256Hex) } : {};
    const own = { hall: device.hall, actor: request.actor, ...opId };
    const code = takeOwnOp(ledger, self, { ...own, ...step } as Parameters<typeof takeOwnOp>[2], now);
    if (code !== null) throw new CommandRefusedError(code);
  }
  const streams = [...new Set(steps.map(({ stream }) => stream))];
  followHall(ledger, self, streams, now);
}

function answer({ ledger, device }: CommandContext, stream: string | null, changed: string[]): QueueVerdict {
  const held = stream === null ? null : ledger.findEntity(stream);
  const ticket = held?.hall === device.hall && held.entity.type === 'ticket' ? held.entity.record : null;
  return { kind: 'done', ticket, changed };
}

const HALL_KINDS: ReadonlySet<string> = new Set<HallCommand['kind'] | 'lease'>([
  ...(['plan', 'issue', 'release', 'acknowledge', 'contact', 'settle', 'lease'] as const),
  ...(['cancel-appointment', 'miss-appointment'] as const),
]);

function isHallCommand(command: QueueRequest['command']): command is Exclude<QueueRequest['command'], TicketCommand> {
  return HALL_KINDS.has(command.kind);
}

function done(verdict: QueueVerdict): CarriedOut {
  return { verdict, released: null };
}

export function refused(code: string): CarriedOut {
  return { verdict: { kind: 'refused', code }, released: null };
}
