import type { AppointmentRecord } from '../../domain/appointment/types.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { Published } from '../ingest.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { takeOwnOp } from '../office/ownOp.ts';
import type { CentreStore } from '../store/types.ts';
import type { Presence } from './presence.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * The end of a day in the queue: numbers that still wait are void, since a ticket lives one day; those set aside and those
 * at a window stay as they are, for the report. Appointments nobody came to are missed. A window that has not been heard
 * since may have served its own tickets without the hub: they wait one day more for what it has to tell. Only for halls whose
 * queue is decided here.
 * @param now milliseconds since 1970, UTC
 * @returns scopes that have new rows
 */
export function takeDaySteps(
  store: CentreStore,
  presence: Pick<Presence, 'isReservedFor'>,
  now: number,
): Promise<readonly Published[]> {
  const today = hallDay(now);
  const yesterday = hallDay(now - DAY_MS);
  return store.write([], (known) => {
    const ledger = new WorkingLedger(known);
    const at = new Date(now).toISOString();
    const isOver = (hall: string, { day, fallback }: TicketRecord): boolean =>
      day < yesterday || (day < today && !(fallback !== null && mayBeServed(ledger, presence, hall, fallback)));
    for (const { hall, record } of known.hall.openTickets()) {
      if (ledger.hall.whyNotHere(hall) !== null || !isOver(hall, record) || ledger.isParked(`ticket:${record.id}`))
        continue;
      const body = { at, terminal: 'HUB', reason: 'day-ended', note: '' } as const;
      const own = { hall, kind: 'ticket.voided', stream: `ticket:${record.id}`, actor: 'system', body } as const;
      takeOwnOp(ledger, store.self, own, now);
    }
    // The laptop of a home visit may come back a day later.
    const isMissed = ({ day, visit }: AppointmentRecord): boolean => day < (visit ? yesterday : today);
    for (const { hall, record } of known.hall.bookedAppointments()) {
      const stream = `appointment:${record.id}`;
      if (ledger.hall.whyNotHere(hall) !== null || !isMissed(record) || ledger.isParked(stream)) continue;
      const own = { hall, kind: 'appointment.missed', stream, actor: 'system', body: { at } } as const;
      takeOwnOp(ledger, store.self, own, now);
    }
    const decision = ledger.decision();
    return { decision, value: decision.scopes };
  });
}

function mayBeServed(
  ledger: WorkingLedger,
  presence: Pick<Presence, 'isReservedFor'>,
  hall: string,
  terminal: string,
): boolean {
  const window = ledger.hall.windowsOf(hall).find((each) => each.terminal === terminal);
  return window !== undefined && window.state !== 'closed' && presence.isReservedFor(hall, terminal);
}
