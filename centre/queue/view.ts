import type { AppointmentRecord } from '../../domain/appointment/types.ts';
import type { PreReviewRecord } from '../../domain/preReview/types.ts';
import type { QueueCommand } from '../../domain/queue/commands.ts';
import type { WindowRecord } from '../../domain/queue/hallTypes.ts';
import { DEFAULT_PLAN } from '../../domain/queue/plan.ts';
import type { HallView } from '../../domain/queue/view.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import { closingOf } from './closing.ts';
import type { CommandContext } from './context.ts';

/** What the hub knows when it decides about a command. */
export function viewFor(context: CommandContext, command: QueueCommand): HallView {
  const { ledger, device, hours, presence, now } = context;
  const { hall } = device;
  const day = hallDay(now);
  const windows = new Map<string, WindowRecord>();
  for (const window of ledger.hall.windowsOf(hall)) {
    const known = windows.get(window.terminal);
    // A machine that was replaced has left its record behind.
    if (!known || known.at < window.at) windows.set(window.terminal, window);
  }
  const plan = ledger.hall.planOf(hall);
  const terminals = new Set([...windows.keys(), ...(plan ?? DEFAULT_PLAN).windows.map(({ terminal }) => terminal)]);
  const silent = [...terminals].filter((terminal) => presence.isSilent(hall, terminal));
  const isKept = (terminal: string): boolean =>
    (windows.get(terminal)?.state ?? 'closed') !== 'closed' && presence.isReservedFor(hall, terminal);
  const stops = ledger.hall.stopsOf(hall);
  const closing = closingOf(ledger, hours, now);
  return {
    now,
    day,
    tickets: ledger.hall.ticketsOf(hall, day),
    windows,
    plan: plan ?? DEFAULT_PLAN,
    planVersion: plan?.version ?? 0,
    stops: stops?.day === day ? stops.stops : [],
    openUntil: closing !== null && now < closing ? closing : null,
    silent: new Set(silent),
    reserved: new Set(silent.filter(isKept)),
    ...namedIn(context, command),
  };
}

/** The appointment and the pre-review a command is about. */
function namedIn(
  { ledger, device }: CommandContext,
  command: QueueCommand,
): Pick<HallView, 'appointments' | 'preReviews'> {
  const held = (stream: string) => {
    const found = ledger.findEntity(stream);
    return found?.hall === device.hall ? found.entity : null;
  };
  const appointments = new Map<string, AppointmentRecord>();
  const preReviews = new Map<string, PreReviewRecord>();
  if (command.kind === 'take' && command.appointment !== null) {
    const entity = held(`appointment:${command.appointment}`);
    if (entity?.type === 'appointment') appointments.set(entity.record.id, entity.record);
  }
  if (command.kind === 'send-back') {
    const ticket = held(`ticket:${command.ticketId}`);
    const id = ticket?.type === 'ticket' ? ticket.record.preReview : null;
    const entity = id === null ? null : held(`prereview:${id}`);
    if (entity?.type === 'prereview') preReviews.set(entity.record.id, entity.record);
  }
  return { appointments, preReviews };
}
