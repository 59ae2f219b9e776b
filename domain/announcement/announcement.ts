/** What is said in the hall (domain.md §6.6). A ticket is `A015`, `XA001`; a window or floor its number. */
export type Announcement =
  | { event: 'call'; ticket: string; window: number }
  | { event: 'recall'; ticket: string; window: number; time: 2 | 3 }
  | { event: 'pickup'; ticket: string; window: number }
  | { event: 'pre-review'; ticket: string; floor: number }
  | { event: 'pass'; ticket: string }
  | { event: 'pause'; window: number }
  | { event: 'closing' }
  /** A question of a kiosk, to whoever stands at it. */
  | { event: 'question'; text: string }
  /** Of the device doctor: not meant for anybody in the hall. */
  | { event: 'test' };

/** One or two letters, then the number of the day (domain.md §6.1). */
export const TICKET_PATTERN = /^[A-Z]{1,2}\d{3,4}$/;
export const LAST_WINDOW = 99;
export const LAST_FLOOR = 9;

/** How the digit 1 of a ticket is read. A window keeps 一: it is a number there. */
export const ONES = ['一', '幺'] as const;
export type One = (typeof ONES)[number];
