import type { CaseTimes } from '../contract/caseTimes.ts';
import { caseTimeOf, LINKED_LIMIT } from '../domain/case/caseTime.ts';
import { isTimedLoan, linkedStart } from '../domain/case/linkedClock.ts';
import type { CaseRecord } from '../domain/case/types.ts';
import { type CaseClock, clockCase } from '../domain/clock/caseClock.ts';
import { type Due, dueTime } from '../domain/clock/dueTime.ts';
import { stopsFor } from '../domain/clock/pauses.ts';
import type { ServiceContext } from './context.ts';

type Clocked = Pick<CaseRecord, 'acceptance' | 'acceptedAt' | 'pauses' | 'history'>;

/** Both clocks of a case as of now, or as of its end; null for an item without a known promise. */
export function clockOf(
  { clockRules, catalogueOf, now }: Pick<ServiceContext, 'clockRules' | 'catalogueOf' | 'now'>,
  record: Clocked,
): CaseClock | null {
  const { limit, endedAt, ...time } = caseTimeOf(record, catalogueOf(record.acceptance.catalogueVersion));
  return limit && clockCase(clockRules, { ...time, limit }, endedAt ?? now());
}

/** What the hall promised when it took the application: no later pause changes what stands on that paper. */
export function promiseMade(context: ServiceContext, record: Clocked): CaseClock | null {
  return clockOf(context, { ...record, pauses: [] });
}

/** The same as the pages get it. */
export function timesOf(context: ServiceContext, record: CaseRecord): CaseTimes | null {
  const clock = clockOf(context, record);
  if (!clock) return null;
  const { limit, due, statutory, green } = clock;
  const { endedAt } = caseTimeOf(record);
  return {
    limit,
    dueAt: iso(due.at),
    provisional: due.provisional,
    statutory: statutory && { limit: statutory.limit },
    statutoryDueAt: statutory && iso(statutory.due.at),
    statutoryProvisional: statutory?.due.provisional ?? false,
    green: green && {
      ...(green.extendedUntil !== undefined && { extendedUntil: green.extendedUntil }),
      dueAt: iso(green.due.at),
      provisional: green.due.provisional,
    },
    missingYears: [
      ...new Set([due, statutory?.due, green?.due].flatMap((each) => [...(each?.missingYears ?? [])])),
    ].sort(),
    pauses: record.pauses,
    endedAt: endedAt === null ? null : iso(endedAt),
    linked: linkedTimes(context, record),
  };
}

/** The clock of a loan and its mortgage together, on the page of either; null before it has begun. */
function linkedTimes(context: ServiceContext, record: CaseRecord): CaseTimes['linked'] {
  const { acceptance } = record;
  const catalogue = context.catalogueOf(acceptance.catalogueVersion);
  const startedAt = linkedStart(record, catalogue, (id) => context.store.cases.find(id)?.record ?? null);
  if (startedAt === null) return null;
  const { pauses, endedAt } = caseTimeOf(record, catalogue);
  const stops = stopsFor('promise', pauses, endedAt ?? context.now());
  const due: Due = dueTime(context.clockRules, Date.parse(startedAt), LINKED_LIMIT, stops);
  return {
    number: isTimedLoan(record, catalogue) ? acceptance.number : (acceptance.link?.number ?? ''),
    startedAt,
    limit: LINKED_LIMIT,
    dueAt: iso(due.at),
    provisional: due.provisional,
    missingYears: [...due.missingYears],
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
