import { GRADES, type Grade, type RatingRecord } from '../rating/types.ts';

export interface RatingTotals {
  /** Services at whose end a rating was offered. */
  offered: number;
  /** Offered and not answered: 未评价, never a good mark (domain.md §6.9). */
  unanswered: number;
  /** How often each grade was given, the best first. */
  grades: { grade: Grade; count: number }[];
  /** Left out: marks of today for the one who asks (domain.md §6.9). */
  withheld: number;
}

/** Totals only: which mark came from whom, or for whom, is in none of them. */
export function totalRatings(
  ratings: readonly RatingRecord[],
  asker: { number: string; isToday: (instant: string) => boolean },
): RatingTotals {
  const isOwn = ({ clerk, at }: RatingRecord): boolean => clerk === asker.number && asker.isToday(at);
  const seen = ratings.filter((rating) => !isOwn(rating));
  return {
    offered: seen.length,
    unanswered: seen.filter(({ grade }) => grade === null).length,
    grades: GRADES.map((grade) => ({ grade, count: seen.filter((rating) => rating.grade === grade).length })),
    withheld: ratings.length - seen.length,
  };
}
