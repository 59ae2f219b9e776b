import type { CaseTimes } from '../contract/caseTimes.ts';
import type { CaseRecord } from '../domain/case/types.ts';
import { type CaseClock, clockCase } from '../domain/clock/caseClock.ts';
import { promisedLimit } from '../domain/clock/limit.ts';
import type { ServiceContext } from './context.ts';

/** Both clocks of a case as of now; null for an item without a known promise. No op of a pause exists yet. */
export function clockOf({ clockRules, catalogueOf, now }: ServiceContext, record: CaseRecord): CaseClock | null {
  const limit = promisedLimit(record.acceptance, catalogueOf(record.acceptance.catalogueVersion));
  if (!limit) return null;
  return clockCase(clockRules, { acceptedAt: Date.parse(record.acceptedAt), limit, pauses: [] }, now());
}

/** The same as the pages get it. */
export function timesOf(context: ServiceContext, record: CaseRecord): CaseTimes | null {
  const clock = clockOf(context, record);
  if (!clock) return null;
  const { limit, due, statutoryDue } = clock;
  return {
    limit,
    dueAt: new Date(due.at).toISOString(),
    provisional: due.provisional,
    statutoryDueAt: new Date(statutoryDue.at).toISOString(),
    statutoryProvisional: statutoryDue.provisional,
    missingYears: [...new Set([...due.missingYears, ...statutoryDue.missingYears])].sort(),
  };
}
