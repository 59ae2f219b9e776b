import type { Slot } from '../queue/ticketTypes.ts';

/** 预约 (domain.md §3.8): a code of eight digits, exchanged for a Y ticket at the hall. Stream `appointment:<uuid>`. */
export const APPOINTMENT_STATES = ['booked', 'cancelled', 'exchanged', 'missed', 'done'] as const;
export type AppointmentState = (typeof APPOINTMENT_STATES)[number];

/** Why somebody is visited at home (S46); the reason of the person is not kept, only the class. */
export interface HomeVisit {
  address: string;
  reasonClass: 'elder' | 'disabled' | 'ill' | 'other';
  /** Two members of staff, their numbers. */
  staff: [string, string];
  /** Laptop that goes along. */
  terminal: string;
}

export interface AppointmentBooked {
  /** Eight digits. */
  code: string;
  name: string;
  phone: string;
  itemCode: string;
  floor: number;
  /** Local day, ISO. */
  day: string;
  slot: Slot;
  source: 'wechat' | 'phone' | 'desk' | 'card';
  /** Absent: at the hall. */
  visit?: HomeVisit | undefined;
}

export interface AppointmentBodies {
  'appointment.booked': AppointmentBooked;
  'appointment.cancelled': { at: string; reason: string };
  'appointment.exchanged': { at: string; ticketId: string };
  'appointment.missed': { at: string };
  'appointment.done': { at: string };
}

export interface AppointmentRecord extends AppointmentBooked {
  id: string;
  version: number;
  state: AppointmentState;
  bookedAt: string;
  ticketId: string | null;
  /** When it came to its end, ISO instant. */
  endedAt: string | null;
}
