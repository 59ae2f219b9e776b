import type { WorkOrderBodies, WorkOrderRecord } from './types.ts';

export type ClosingResult = WorkOrderBodies['workorder.settled']['result'];

/** How it may end, in the order of a list: who was never spoken to cannot have been given an explanation (domain.md §6.9). */
export function resultsOf({ state }: Pick<WorkOrderRecord, 'state'>): readonly ClosingResult[] {
  return state === 'contacted' ? ['fixed', 'explained', 'unreachable'] : ['unreachable'];
}

export type WorkProblem = 'two-person' | 'bad-input' | 'work-order-not-contacted';

/** @returns why this person may not say this of a bad mark, or null */
export function findWorkProblem(
  record: Pick<WorkOrderRecord, 'clerk' | 'state'>,
  said: { result: ClosingResult | null; note: string },
  actor: string,
): WorkProblem | null {
  if (record.clerk === actor) return 'two-person';
  if (said.note.trim() === '') return 'bad-input';
  return said.result === null || resultsOf(record).includes(said.result) ? null : 'work-order-not-contacted';
}

/** Which of its two times were missed by `now`, ms since the epoch; of what was done, by when it was done. */
export function lateSteps(
  { contacted, settled }: Pick<WorkOrderRecord, 'contacted' | 'settled'>,
  { contactDue, settleDue }: { contactDue: number; settleDue: number },
  now: number,
): { contactLate: boolean; settleLate: boolean } {
  const at = (done: { at: string } | null): number => (done === null ? now : Date.parse(done.at));
  return { contactLate: at(contacted ?? settled) >= contactDue, settleLate: at(settled) >= settleDue };
}
