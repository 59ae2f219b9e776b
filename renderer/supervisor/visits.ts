import type { MethodOutput } from '../../contract/rpc.ts';
import { t } from '../strings/index.ts';

type Row = MethodOutput<'measure.visits'>['rows'][number];
export type Reason = keyof Row['reasons'];
export type Part = keyof NonNullable<Row['median']>;

/** In the order in which the time passes. */
export const PARTS = ['office', 'idle', 'paused', 'pickupWait', 'handover'] as const satisfies Part[];

const REASONS = ['supplement', 'pickup-another-day', 'no-show'] as const satisfies Reason[];

/** @returns `percent` rounded down, so that 100 means all; null while nothing has ended */
export function sumUp(rows: readonly Pick<Row, 'accepted' | 'ended' | 'oneVisit'>[]) {
  const total = (of: 'accepted' | 'ended' | 'oneVisit'): number => rows.reduce((sum, row) => sum + row[of], 0);
  const [accepted, ended] = [total('accepted'), total('ended')];
  return { accepted, ended, percent: ended === 0 ? null : Math.floor((100 * total('oneVisit')) / ended) };
}

/** The reasons there were, the most frequent first. */
export function rankReasons(rows: readonly Pick<Row, 'reasons'>[]): { reason: Reason; count: number }[] {
  return REASONS.map((reason) => ({ reason, count: rows.reduce((sum, row) => sum + row.reasons[reason], 0) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

/** The item with the smallest share of one visit on top; those without an end last. */
export function byShare(rows: readonly Row[]): Row[] {
  const shareOf = ({ ended, oneVisit }: Row): number => (ended === 0 ? 2 : oneVisit / ended);
  return rows.toSorted((a, b) => shareOf(a) - shareOf(b) || a.itemCode.localeCompare(b.itemCode));
}

/** Medians as parts of their sum. */
export function partsOf(median: NonNullable<Row['median']>): { parts: { part: Part; share: number }[]; whole: number } {
  const whole = PARTS.reduce((sum, part) => sum + median[part], 0);
  return { whole, parts: PARTS.map((part) => ({ part, share: whole === 0 ? 0 : median[part] / whole })) };
}

/** @param ms of wall time */
export function spentWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 24 * 60 ? t.visits.minutes(minutes) : t.visits.days((minutes / (24 * 60)).toFixed(1));
}
