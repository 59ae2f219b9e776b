import { findBlankProblem } from '../../domain/blanks/findBlankProblem.ts';
import { isEven } from '../../domain/blanks/reduceCount.ts';
import type { AdvanceData } from '../../domain/case/advance.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { WorkingLedger } from '../ledger/workingLedger.ts';
import type { Drawer } from '../store/blankTypes.ts';
import type { CentreStore } from '../store/types.ts';
import { takeOwnOp } from './ownOp.ts';

export interface BindContext {
  ledger: WorkingLedger;
  self: CentreStore['self'];
  hall: string;
  /** The terminal at which the blanks lie. */
  terminal: string;
  actor: string;
  now: number;
}

/**
 * Takes the blanks of T28 out of the window's drawer, in the transaction of T28 itself: what is bound here is bound for
 * ever, to this case.
 * @returns why T28 must be refused, or null
 */
export function bindBlanks(
  { ledger, self, hall, terminal, actor, now }: BindContext,
  { id: caseId, certificates }: Pick<CaseRecord, 'id' | 'certificates'>,
  { blanks, through }: AdvanceData['T28'],
): string | null {
  for (const form of ['certificate', 'proof'] as const) {
    if (!isDayClosed(ledger, { hall, window: terminal, form }, hallDay(now))) return 'blank-balance-open';
  }
  for (const { blank: serial, number: certificate } of blanks) {
    const form = certificates.find((each) => each.number === certificate)?.kind ?? 'certificate';
    const pack = ledger.blanks.findPack(hall, serial);
    const problem = findBlankProblem(pack?.record ?? null, serial, { window: terminal, form });
    if (problem !== null || !pack) return problem ?? 'blank-unknown';
    const body = { serial, caseId, certificate, ...(through !== undefined && { through }) };
    const refused = takeOwnOp(ledger, self, { hall, kind: 'blanks.bound', stream: pack.stream, actor, body }, now);
    if (refused !== null) return refused;
  }
  return null;
}

/** The last day before today on which blanks were used there has been counted, and what did not fit is signed. */
function isDayClosed(ledger: WorkingLedger, drawer: Drawer, today: string): boolean {
  const day = ledger.blanks.lastUsedDay(drawer, today);
  if (day === null) return true;
  const stream = ledger.blanks.findCount(drawer, day);
  const entity = stream === null ? null : ledger.findEntity(stream)?.entity;
  if (entity?.type !== 'count') return false;
  const { closed, signed } = entity.record;
  // Counted before the last print of that day: to be counted again.
  if (closed.expected !== ledger.blanks.closingOf(drawer, day)) return false;
  return signed !== null || isEven(closed);
}
