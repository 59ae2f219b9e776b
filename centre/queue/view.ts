import type { QueueCommand } from '../../domain/queue/commands.ts';
import type { WindowRecord } from '../../domain/queue/hallTypes.ts';
import { DEFAULT_PLAN } from '../../domain/queue/plan.ts';
import type { HallView } from '../../domain/queue/view.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { CommandContext } from './carryOut.ts';
import { closingOf } from './closing.ts';

/** What the hub knows when it decides about a command. */
export function viewFor(
  { ledger, device, hours, presence, now }: CommandContext,
  command: QueueCommand,
): HallView {
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
    ...namedIn(ledger, hall, command),
  };
}

/** The appointment and the pre-review a command is about. */
function namedIn(
  ledger: CommandContext['ledger'],
  hall: string,
  command: QueueCommand,
): Pick<HallView, 'appointments' | 'preReviews'> {
  const appointments: Map<string, never> & HallView['appointments'] = new Map();
  const preReviews = new Map();
  const named = command.kind === 'take' ? command : null;
  const ofTicket = command.kind === 'send-back' ? ledger.findEntity(`ticket:${command.ticketId}`)?.entity : null;
  const preReview = named?.preReview ?? (ofTicket?.type === 'ticket' ? ofTicket.record.preReview : null);
  if (named?.appointment) note(named.appointment, 'appointment', appointments);
  if (preReview) note(preReview, 'prereview', preReviews);
  return { appointments, preReviews };

  function note(id: string, type: 'appointment' | 'prereview', into: Map<string, unknown>): void {
    const held = ledger.findEntity(`${type}:${id}`);
    if (held?.hall === hall && held.entity.type === type) into.set(id, held.entity.record);
  }
}
