/** 好差评 (domain.md §6.9, GB/T 39734-2020): five grades, the options are central and not to be changed here. */
export const GRADES = [5, 4, 3, 2, 1] as const;
export type Grade = (typeof GRADES)[number];

export const RATING_WAYS = ['box', 'screen', 'qr', 'paper'] as const;
export type RatingWay = (typeof RATING_WAYS)[number];

/** Offered once for each service. Stream `rating:<uuid>`. `grade` null: asked and not answered (未评价), never a good mark. */
export interface RatingGiven {
  ticketId: string | null;
  caseId: string | null;
  /** 受理编号 or ticket number, for whoever works on a bad mark. */
  about: string;
  terminal: string;
  clerk: string;
  grade: Grade | null;
  way: RatingWay | null;
  at: string;
}

/** How long a phone may answer after the service, minutes. */
export const RATING_LINK_MINUTES = 30;

/**
 * Given with a phone by the code in front of the window, taken by the hub. Same stream as the offer: whichever of the two
 * is heard first, and whatever was pressed at the window meanwhile, one of them counts (`reduceRating.ts`).
 */
export interface RatingAnswered extends RatingGiven {
  grade: Grade;
  way: 'qr';
}

export interface RatingRecord extends RatingGiven {
  id: string;
  version: number;
}

export const WORK_ORDER_STATES = ['open', 'contacted', 'settled'] as const;
export type WorkOrderState = (typeof WORK_ORDER_STATES)[number];

/** A bad mark is work for a supervisor other than the rated clerk. Stream `workorder:<uuid>`. */
export interface WorkOrderBodies {
  'workorder.opened': { ratingId: string; about: string; clerk: string; at: string };
  'workorder.contacted': { at: string; note: string };
  'workorder.settled': { at: string; result: 'fixed' | 'explained' | 'unreachable'; note: string };
}

export interface WorkOrderRecord {
  id: string;
  version: number;
  ratingId: string;
  about: string;
  clerk: string;
  openedAt: string;
  state: WorkOrderState;
  contacted: { at: string; by: string; note: string } | null;
  settled: { at: string; by: string; result: 'fixed' | 'explained' | 'unreachable'; note: string } | null;
}

export interface RatingBodies extends WorkOrderBodies {
  'rating.given': RatingGiven;
  'rating.answered': RatingAnswered;
}
