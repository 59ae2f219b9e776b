import type { AppointmentRecord } from '../../../domain/appointment/types.ts';
import type { HallPlanRecord, IssueStopsRecord, LeaseRecord, WindowRecord } from '../../../domain/queue/hallTypes.ts';
import { tenureOf } from '../../../domain/queue/leases.ts';
import type { TicketRecord } from '../../../domain/queue/ticketTypes.ts';
import { phoneHash } from '../../queue/phoneHash.ts';
import type { BookingKeyStore, KnownHall } from '../hallTypes.ts';
import type { HubRole } from '../hubTypes.ts';
import type { SqlDatabase } from '../sqlDatabase.ts';
import type { Decision, HeldEntity } from '../types.ts';
import { HALL_SQL } from './hallSql.ts';
import { RELAY_SQL } from './relaySql.ts';
import { SQL } from './sql.ts';

/** Days whose tickets are kept in memory; a hall has today, and now and then yesterday or tomorrow. */
const MAX_DAYS = 8;

type Records<R> = Map<string, R>;

interface HallInMemory {
  windows: Records<WindowRecord>;
  plan: HallPlanRecord | null;
  stops: IssueStopsRecord | null;
}

interface DayInMemory {
  tickets: Records<TicketRecord>;
  leases: Records<LeaseRecord>;
}

export interface HallLookups {
  known: KnownHall;
  /**
   * To be called under the write lock before anything is asked.
   * @param version another one: another process has written
   */
  refresh(version: number): void;
  /** To be called after COMMIT. */
  apply(entities: Decision['entities']): void;
}

/**
 * Lookups of the queue. A decision looks at every ticket of the day, so those are kept in memory, as the last COMMIT left
 * them; whenever another connection has written, all of it is read anew. The lock is what makes that right: between
 * `refresh` and COMMIT nobody else can write.
 */
export function prepareHallLookups(db: SqlDatabase): HallLookups {
  const all = <R, P extends unknown[]>(sql: string) => {
    const statement = db.prepare<P, string>(sql).pluck();
    return (...values: P): R[] => statement.all(...values).map((text) => JSON.parse(text) as R);
  };
  const everywhere = <R>(sql: string) => {
    const statement = db.prepare<[], { hall: string; record: string }>(sql);
    return () => statement.all().map(({ hall, record }) => ({ hall, record: JSON.parse(record) as R }));
  };
  const ticketsOf = all<TicketRecord, [string, string]>(HALL_SQL.ticketsOf);
  const leasesOf = all<LeaseRecord, [string, string]>(HALL_SQL.leasesOf);
  const windowsOf = all<WindowRecord, [string]>(HALL_SQL.windowsOf);
  const planOf = all<HallPlanRecord, [string]>(HALL_SQL.planOf);
  const stopsOf = all<IssueStopsRecord, [string]>(HALL_SQL.stopsOf);
  const findAppointment = all<AppointmentRecord, [string, string]>(HALL_SQL.findAppointment);
  const appointmentsOfPhone = all<AppointmentRecord, [string, Buffer]>(HALL_SQL.appointmentsOfPhone);

  const role = db.prepare<[], HubRole>(RELAY_SQL.hub);
  const upstream = db.prepare(RELAY_SQL.upstream);
  const hubOfHall = db.prepare<[string]>(RELAY_SQL.hubOfHall);
  const self = db.prepare<[], { epoch: number }>(SQL.self);

  const halls = new Map<string, HallInMemory>();
  const days = new Map<string, DayInMemory>();
  /** Of this transaction. */
  const whyNot = new Map<string, ReturnType<KnownHall['whyNotHere']>>();
  let seen: number | null = null;

  function whyNotHere(hall: string): ReturnType<KnownHall['whyNotHere']> {
    const own = role.get();
    if (own) return own.role === 'standby' ? 'not-active' : null;
    return upstream.get() === undefined && hubOfHall.get(hall) !== undefined ? 'queue-at-hub' : null;
  }

  function hallOf(hall: string): HallInMemory {
    let known = halls.get(hall);
    if (!known) {
      known = { windows: byId(windowsOf(hall)), plan: planOf(hall)[0] ?? null, stops: stopsOf(hall)[0] ?? null };
      halls.set(hall, known);
    }
    return known;
  }

  function dayOf(hall: string, day: string): DayInMemory {
    const key = `${hall}/${day}`;
    let known = days.get(key);
    if (!known) {
      if (days.size >= MAX_DAYS) days.clear();
      known = { tickets: byId(ticketsOf(hall, day)), leases: byId(leasesOf(hall, day)) };
      days.set(key, known);
    }
    return known;
  }

  function keep({ hall, entity }: HeldEntity): void {
    const { type, record } = entity;
    if (type === 'ticket') days.get(`${hall}/${record.day}`)?.tickets.set(record.id, record);
    if (type === 'lease') days.get(`${hall}/${record.day}`)?.leases.set(record.id, record);
    const known = halls.get(hall);
    if (!known) return;
    if (type === 'window') known.windows.set(record.id, record);
    if (type === 'plan') known.plan = record;
    if (type === 'issue') known.stops = record;
  }

  return {
    known: {
      whyNotHere(hall) {
        const known = whyNot.get(hall);
        if (known !== undefined) return known;
        const why = whyNotHere(hall);
        whyNot.set(hall, why);
        return why;
      },
      tenure: () => tenureOf(role.get()?.fence ?? null, self.get()?.epoch ?? 1),
      ticketsOf: (hall, day) => dayOf(hall, day).tickets,
      openTickets: everywhere<TicketRecord>(HALL_SQL.openTickets),
      leasesOf: (hall, day) => [...dayOf(hall, day).leases.values()],
      windowsOf: (hall) => [...hallOf(hall).windows.values()],
      planOf: (hall) => hallOf(hall).plan,
      stopsOf: (hall) => hallOf(hall).stops,
      findAppointment: (hall, code) => findAppointment(hall, code)[0] ?? null,
      bookedAppointments: everywhere<AppointmentRecord>(HALL_SQL.bookedAppointments),
      appointmentsOfPhone: (hall, phone) => appointmentsOfPhone(hall, phoneHash(hall, phone)),
    },
    refresh(version) {
      whyNot.clear();
      if (version === seen) return;
      halls.clear();
      days.clear();
      seen = version;
    },
    apply(entities) {
      for (const { held } of entities) keep(held);
    },
  };
}

/** Notes by whom an appointment was made; part of the ledger's write. */
export function prepareAppointmentWrite(db: SqlDatabase): (stream: string, held: HeldEntity) => void {
  const add = db.prepare<[string, Buffer, string]>(HALL_SQL.addAppointmentPhone);
  return (stream, { hall, entity }) => {
    if (entity.type === 'appointment') add.run(hall, phoneHash(hall, entity.record.phone), stream);
  };
}

export function prepareBookingKeys(db: SqlDatabase): BookingKeyStore {
  const end = db.prepare<[number, string]>(HALL_SQL.endBookingKeys);
  const add = db.prepare<[Uint8Array, string, number]>(HALL_SQL.addBookingKey);
  const find = db.prepare<[Uint8Array], { key_hash: Buffer; hall: string }>(HALL_SQL.findBookingKey);
  const replace = db.transaction((hall: string, keyHash: Uint8Array, now: number) => {
    end.run(now, hall);
    add.run(keyHash, hall, now);
  });
  return {
    async setBookingKey(hall, keyHash, now) {
      replace.immediate(hall, keyHash, now);
    },
    async findBookingKey(keyHash) {
      const row = find.get(keyHash);
      return row ? { hall: row.hall, keyHash: row.key_hash } : null;
    },
  };
}

function byId<R extends { id: string }>(records: readonly R[]): Records<R> {
  return new Map(records.map((record) => [record.id, record]));
}
