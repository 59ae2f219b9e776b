import type { AppointmentRecord } from '../../domain/appointment/types.ts';
import type { HallPlanRecord, IssueStopsRecord, LeaseRecord, WindowRecord } from '../../domain/queue/hallTypes.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { phoneHash } from '../queue/phoneHash.ts';
import type { KnownHall } from '../store/hallTypes.ts';
import type { HeldEntity } from '../store/types.ts';

type Of<R> = Map<string, { hall: string; record: R }>;

/** The hall as it will be once the group is committed; the part of the working ledger about the queue. */
export class HallBook implements KnownHall {
  readonly #known: KnownHall;
  readonly #tickets: Of<TicketRecord> = new Map();
  /** Days in which this group has changed something and that were asked for: copied once, then kept up. */
  readonly #days = new Map<string, Map<string, TicketRecord>>();
  readonly #leases: Of<LeaseRecord> = new Map();
  readonly #windows: Of<WindowRecord> = new Map();
  readonly #appointments: Of<AppointmentRecord> = new Map();
  readonly #plans = new Map<string, HallPlanRecord>();
  readonly #stops = new Map<string, IssueStopsRecord>();

  constructor(known: KnownHall) {
    this.#known = known;
  }

  whyNotHere(hall: string): ReturnType<KnownHall['whyNotHere']> {
    return this.#known.whyNotHere(hall);
  }

  tenure(): number | null {
    return this.#known.tenure();
  }

  ticketsOf(hall: string, day: string): ReadonlyMap<string, TicketRecord> {
    const known = this.#days.get(dayKey(hall, day));
    if (known) return known;
    const stored = this.#known.ticketsOf(hall, day);
    const fresh = [...this.#tickets.values()].filter((each) => each.hall === hall && each.record.day === day);
    if (fresh.length === 0) return stored;
    const copy = new Map(stored);
    for (const { record } of fresh) copy.set(record.id, record);
    this.#days.set(dayKey(hall, day), copy);
    return copy;
  }

  openTickets(): { hall: string; record: TicketRecord }[] {
    return overAll(this.#known.openTickets(), this.#tickets, ({ state }) => state === 'WAITING' || state === 'CALLED');
  }

  leasesOf(hall: string, day: string): LeaseRecord[] {
    return over(this.#known.leasesOf(hall, day), this.#leases, hall, (record) => record.day === day);
  }

  windowsOf(hall: string): WindowRecord[] {
    return over(this.#known.windowsOf(hall), this.#windows, hall, () => true);
  }

  planOf(hall: string): HallPlanRecord | null {
    return this.#plans.get(hall) ?? this.#known.planOf(hall);
  }

  stopsOf(hall: string): IssueStopsRecord | null {
    return this.#stops.get(hall) ?? this.#known.stopsOf(hall);
  }

  findAppointment(hall: string, code: string): AppointmentRecord | null {
    for (const each of this.#appointments.values()) {
      if (each.hall === hall && each.record.code === code) return each.record;
    }
    return this.#known.findAppointment(hall, code);
  }

  bookedAppointments(): { hall: string; record: AppointmentRecord }[] {
    return overAll(this.#known.bookedAppointments(), this.#appointments, ({ state }) => state === 'booked');
  }

  appointmentsOfPhone(hall: string, phone: string): AppointmentRecord[] {
    const wanted = phoneHash(hall, phone);
    return over(this.#known.appointmentsOfPhone(hall, phone), this.#appointments, hall, (record) =>
      phoneHash(hall, record.phone).equals(wanted),
    );
  }

  /** Takes note of a stream's new state. */
  note({ hall, entity }: HeldEntity): void {
    switch (entity.type) {
      case 'ticket':
        this.#tickets.set(entity.record.id, { hall, record: entity.record });
        this.#days.get(dayKey(hall, entity.record.day))?.set(entity.record.id, entity.record);
        break;
      case 'lease':
        this.#leases.set(entity.record.id, { hall, record: entity.record });
        break;
      case 'window':
        this.#windows.set(entity.record.id, { hall, record: entity.record });
        break;
      case 'appointment':
        this.#appointments.set(entity.record.id, { hall, record: entity.record });
        break;
      case 'plan':
        this.#plans.set(hall, entity.record);
        break;
      case 'issue':
        this.#stops.set(hall, entity.record);
        break;
    }
  }
}

function dayKey(hall: string, day: string): string {
  return `${hall}/${day}`;
}

/** What is stored, with what this group changed in its place and what it added behind. */
function over<R extends { id: string }>(stored: R[], fresh: Of<R>, hall: string, fits: (record: R) => boolean): R[] {
  if (fresh.size === 0) return stored;
  const known = new Set<string>();
  const records = stored.flatMap((record) => {
    known.add(record.id);
    const newer = fresh.get(record.id)?.record ?? record;
    return fits(newer) ? [newer] : [];
  });
  for (const { hall: at, record } of fresh.values()) {
    if (at === hall && !known.has(record.id) && fits(record)) records.push(record);
  }
  return records;
}

function overAll<R extends { id: string }>(
  stored: { hall: string; record: R }[],
  fresh: Of<R>,
  fits: (record: R) => boolean,
): { hall: string; record: R }[] {
  const kept = stored.filter(({ record }) => !fresh.has(record.id));
  return [...kept, ...[...fresh.values()].filter(({ record }) => fits(record))];
}
