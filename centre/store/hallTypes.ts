import type { AppointmentRecord } from '../../domain/appointment/types.ts';
import type { HallPlanRecord, IssueStopsRecord, LeaseRecord, WindowRecord } from '../../domain/queue/hallTypes.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';

/** What the queue of a hall is decided from. Records are never changed, only replaced. Days are local days, ISO. */
export interface KnownHall {
  /**
   * Why the queue of a hall is not decided in these data: they are a standby's, or a centre's and the hall has a hub. Null
   * where it is.
   */
  whyNotHere(hall: string): 'not-active' | 'queue-at-hub' | null;
  /** By which these data give numbers away (domain/queue/leases.ts); null: all of them. */
  tenure(): number | null;
  /** By id. Stays as it is until the transaction ends, and must not be changed. */
  ticketsOf(hall: string, day: string): ReadonlyMap<string, TicketRecord>;
  /** Of every hall and day: those that wait or are called. */
  openTickets(): { hall: string; record: TicketRecord }[];
  leasesOf(hall: string, day: string): LeaseRecord[];
  windowsOf(hall: string): WindowRecord[];
  planOf(hall: string): HallPlanRecord | null;
  stopsOf(hall: string): IssueStopsRecord | null;
  /** @param code eight digits */
  findAppointment(hall: string, code: string): AppointmentRecord | null;
  /** Of every hall and day: those nobody has come for yet. */
  bookedAppointments(): { hall: string; record: AppointmentRecord }[];
  /** @param phone as it was given @returns every appointment made with it, whatever became of it */
  appointmentsOfPhone(hall: string, phone: string): AppointmentRecord[];
}

/** Keys of the booking systems that send appointments. */
export interface BookingKeyStore {
  /** From now on this key speaks for the hall, and no other. @param now milliseconds since 1970, UTC */
  setBookingKey(hall: string, keyHash: Uint8Array, now: number): Promise<void>;
  findBookingKey(keyHash: Uint8Array): Promise<{ hall: string; keyHash: Uint8Array } | null>;
}
