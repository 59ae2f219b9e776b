import { isEnded } from './moves.ts';
import type { PrintJobRecord, PrintRefusal } from './types.ts';

/** What the journal says against a sheet before it is bound and printed. */
export type PrintProblem = Extract<PrintRefusal, 'blank-used'> | 'print-open';

type Job = Pick<PrintJobRecord, 'id' | 'blank' | 'certificate' | 'state' | 'fed'>;

/**
 * Whether a certificate may go on this sheet: a sheet is fed once for ever, and a certificate number gets a new job only
 * after its old one is spoiled or was put down (devices.md §6.6).
 * @param jobs every job of this sheet or of this certificate
 * @param job the job that wants to go on, when there is one: it does not stand in its own way
 */
export function findPrintProblem(
  jobs: readonly Job[],
  { certificate, blank, job }: { certificate: string; blank: string; job: string | null },
): PrintProblem | null {
  const others = jobs.filter((each) => each.id !== job);
  if (others.some((each) => each.blank === blank && each.fed)) return 'blank-used';
  return others.some((each) => each.certificate === certificate && isStandingInTheWay(each)) ? 'print-open' : null;
}

function isStandingInTheWay({ state }: Pick<Job, 'state'>): boolean {
  return state === 'CONFIRMED' || !isEnded(state);
}
