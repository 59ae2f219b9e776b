import type { MethodOutput } from '../../contract/rpc.ts';
import { noteOf } from '../../domain/case/reduceCase.ts';
import { type CaseState, STATE_NAMES } from '../../domain/case/states.ts';
import { decisionsOf, returnedAdvance } from '../../domain/returned/reduceReturned.ts';
import type { ReturnedRecord } from '../../domain/returned/types.ts';
import type { ServiceContext } from '../context.ts';

type Row = MethodOutput<'returned.list'>['open'][number];

/** Both sides of a returned step, as a person has to see them. */
export function describeReturned({ store }: Pick<ServiceContext, 'store'>): (record: ReturnedRecord) => Row {
  const names = store.staff.names();
  const nameOf = (number: string) => names.get(number) ?? number;
  return (record) => {
    const { id, caseId = null, terminal, kind, code, notedAt, settled } = record;
    const found = caseId === null ? null : (store.cases.find(caseId)?.record ?? null);
    const isOwn = record.device === store.ledger.device;
    // A case whose beginning was not taken is here alone.
    const isAtCentre = found !== null && !(record.baseVersion === 0 && record.subject === `case:${caseId}`);
    return {
      ...{ id, caseId, terminal, kind, code, notedAt, isOwn },
      caseNumber: found?.acceptance.number ?? numberIn(record),
      ours: { step: stepOf(record), at: record.at, byName: nameOf(record.actor), note: noteIn(record) },
      centre: isAtCentre
        ? {
            state: STATE_NAMES[found.state],
            since: found.history
              .slice(record.subject === `case:${caseId}` ? record.baseVersion : found.history.length)
              .map(({ step, at, by, note }) => ({ step, at, byName: nameOf(by), note })),
          }
        : null,
      decisions: decisionsHere(record, found?.state ?? null, isOwn),
      settled: settled && {
        decision: settled.decision,
        note: settled.note,
        byName: nameOf(settled.by),
        at: settled.at,
      },
    };
  };
}

/** The step is taken again where it was taken: what was printed and handed over lies there. */
export function decisionsHere(record: ReturnedRecord, state: CaseState | null, isOwn: boolean) {
  return decisionsOf(record, state).filter((decision) => isOwn || decision !== 'done-again');
}

function stepOf(record: ReturnedRecord): string {
  return returnedAdvance(record)?.transition ?? record.kind;
}

/** What the person gave with it, as 经过 would show it; of a remark its text. */
function noteIn(record: ReturnedRecord): string | null {
  const advance = returnedAdvance(record);
  if (advance) return noteOf(advance);
  return typeof record.content.text === 'string' ? record.content.text : null;
}

/** Of a case that never came to be at the centre. */
function numberIn({ kind, content }: ReturnedRecord): string | null {
  const acceptance = kind === 'case.refused' ? (content.acceptance as { number?: unknown } | undefined) : content;
  return typeof acceptance?.number === 'string' ? acceptance.number : null;
}
