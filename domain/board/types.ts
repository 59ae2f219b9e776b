import type { HallPlan, WindowRecord } from '../queue/hallTypes.ts';
import type { Queue, TicketRecord } from '../queue/ticketTypes.ts';

/** What the board of the supervisor is reckoned from: the hall of one day as this machine knows it. Times are ms. */
export interface BoardFacts {
  now: number;
  plan: HallPlan;
  windows: readonly WindowRecord[];
  /** Of the local day of `now`. */
  tickets: readonly TicketRecord[];
  /** Windows the hub has not heard of for too long; null: the hub was not asked or did not answer. */
  silent: ReadonlySet<string> | null;
}

export type Tone = 'calm' | 'near' | 'over';

/** Limits of the board, ms. Waits are measured against the hall's own rule of ageing, holds against their own end. */
export const BOARD_LIMITS = {
  /** A service that lasts longer is shown as near, as over. */
  serviceNear: 20 * 60_000,
  serviceOver: 40 * 60_000,
  /** An open window without anybody in hand, while somebody waits for it. */
  idleNear: 60_000,
  idleOver: 5 * 60_000,
  /** Nobody of a queue is called although a window for it is free. */
  stuck: 60_000,
  /** Clean blanks left in a drawer. */
  blanksLow: 10,
  /** Numbers left in the block of a dispenser. */
  numbersLow: 20,
} as const;

export function ms(instant: string): number {
  return Date.parse(instant);
}

/** Who serves it, in the order of the plan. */
export function windowsServing({ plan }: Pick<BoardFacts, 'plan'>, queue: Queue) {
  return plan.windows.filter(({ queues }) => queues.includes(queue));
}
