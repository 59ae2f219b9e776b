import { v7 as uuidv7 } from 'uuid';
import type { QueueCommand } from '../../domain/queue/commands.ts';
import type { TicketCommand } from '../../domain/queue/decide.ts';
import type { HallPlan } from '../../domain/queue/hallTypes.ts';
import { DEFAULT_PLAN, plannedWindow } from '../../domain/queue/plan.ts';
import { findWorkProblem } from '../../domain/rating/closing.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import { findCancelProblem, findMissProblem } from './appointments.ts';
import type { CommandContext, Step } from './context.ts';

/** What a supervisor decides, about no ticket. */
export type HallCommand = Exclude<QueueCommand, TicketCommand | { kind: 'lease' }>;

interface Decided {
  steps: Step[];
  known?: undefined;
}

/** @returns the ops it comes to, or why it is refused; who may ask, the caller has looked at */
export function supervise(context: CommandContext, command: HallCommand, actor: string): Decided | { refused: string } {
  const { ledger, device, now } = context;
  const { hall } = device;
  const at = new Date(now).toISOString();
  switch (command.kind) {
    case 'plan': {
      if (!isConsistent(command.plan)) return { refused: 'bad-input' };
      const id = ledger.hall.planOf(hall)?.id ?? uuidv7();
      return one({ kind: 'plan.changed', stream: `plan:${id}`, body: command.plan });
    }
    case 'issue': {
      const { queue, stop } = command;
      const id = ledger.hall.stopsOf(hall)?.id ?? uuidv7();
      return one({ kind: 'issue.changed', stream: `issue:${id}`, body: { day: hallDay(now), at, stop, queue } });
    }
    case 'release': {
      const { terminal, reason } = command;
      const isKnown = ledger.hall.windowsOf(hall).some((window) => window.terminal === terminal);
      const isPlanned = plannedWindow(ledger.hall.planOf(hall) ?? DEFAULT_PLAN, terminal) !== null;
      if (!isKnown && !isPlanned) return { refused: 'window-not-planned' };
      return one({ kind: 'release.given', stream: `release:${uuidv7()}`, body: { terminal, reason, at } });
    }
    case 'acknowledge': {
      const { alarm, note } = command;
      return one({ kind: 'alarm.acknowledged', stream: `alarm:${uuidv7()}`, body: { alarm, note, at } });
    }
    case 'contact':
    case 'settle':
      return workOn(context, command, actor, at);
    case 'cancel-appointment':
    case 'miss-appointment': {
      const stream = `appointment:${command.appointment}`;
      const held = ledger.findEntity(stream);
      const record = held?.hall === hall && held.entity.type === 'appointment' ? held.entity.record : null;
      if (!record) return { refused: 'appointment-not-found' };
      const isMissed = command.kind === 'miss-appointment';
      const refused = isMissed ? findMissProblem(record, now) : findCancelProblem(record, now);
      if (refused !== null) return { refused };
      if (isMissed) return one({ kind: 'appointment.missed', stream, body: { at } });
      return one({ kind: 'appointment.cancelled', stream, body: { at, reason: command.reason } });
    }
  }
}

/** Nobody works on what they themselves were rated for, and nobody closes what nobody has spoken about (domain.md §6.9). */
function workOn(
  { ledger, device }: CommandContext,
  command: Extract<HallCommand, { kind: 'contact' | 'settle' }>,
  actor: string,
  at: string,
): Decided | { refused: string } {
  const stream = `workorder:${command.workOrder}`;
  const held = ledger.findEntity(stream);
  if (held?.hall !== device.hall || held.entity.type !== 'workorder') return { refused: 'work-order-not-found' };
  const { note } = command;
  const said = { result: command.kind === 'settle' ? command.result : null, note };
  const problem = findWorkProblem(held.entity.record, said, actor);
  if (problem !== null) return { refused: problem };
  if (command.kind === 'contact') return one({ kind: 'workorder.contacted', stream, body: { at, note } });
  return one({ kind: 'workorder.settled', stream, body: { at, result: command.result, note } });
}

/** One window for each terminal, and for each number over a window. */
function isConsistent({ windows }: HallPlan): boolean {
  const terminals = new Set(windows.map(({ terminal }) => terminal));
  const numbers = new Set(windows.map(({ number }) => number));
  return terminals.size === windows.length && numbers.size === windows.length;
}

function one(step: Step): Decided {
  return { steps: [step] };
}
