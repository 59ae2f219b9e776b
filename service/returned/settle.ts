import { YichuangError } from '../../contract/errors.ts';
import { officeAdvance } from '../../contract/office.ts';
import type { MethodParams, Staff } from '../../contract/rpc.ts';
import type { ReturnDecision, ReturnedRecord } from '../../domain/returned/types.ts';
import type { ServiceContext } from '../context.ts';
import { actOnCase } from '../office/actOnCase.ts';
import { decisionsHere } from './describe.ts';

/**
 * What a person decided about a returned step. Taking it again comes first: a decision that says so is only recorded once
 * the step is done.
 * @throws YichuangError `return-not-found`, `return-settled`, `forbidden`, `illegal-transition`, `offline`, or why the step is
 * refused
 */
export async function settleReturned(
  context: ServiceContext,
  staff: Staff,
  { commandId, id, decision, note }: MethodParams<'returned.settle'>,
): Promise<void> {
  const { store } = context;
  const record = store.returned.find(id);
  if (!record) throw new YichuangError('return-not-found');
  if (isDecided(record, staff, decision)) return;
  const isOwn = record.device === store.ledger.device;
  if (!isOwn && !staff.roles.includes('SUP')) throw new YichuangError('forbidden');
  const found = record.caseId === undefined ? null : store.cases.find(record.caseId);
  if (!decisionsHere(record, found?.record.state ?? null, isOwn).includes(decision))
    throw new YichuangError('illegal-transition');
  if (decision === 'done-again') {
    await takeAgain(context, staff, record, commandId);
    // Meanwhile somebody else may have decided, or the same person pressed twice.
    if (isDecided(store.returned.find(id) ?? record, staff, decision)) return;
  }
  const stream = `return:${id}`;
  store.ledger.append({ kind: 'return.settled', stream, actor: staff.number, body: { decision, note } });
  context.committed([stream, record.subject]);
}

/** @returns whether it is the same decision of the same person @throws YichuangError `return-settled` when it is another */
function isDecided({ settled }: ReturnedRecord, { number }: Staff, decision: ReturnDecision): boolean {
  if (settled === null) return false;
  if (settled.by === number && settled.decision === decision) return true;
  throw new YichuangError('return-settled');
}

async function takeAgain(context: ServiceContext, staff: Staff, record: ReturnedRecord, commandId: string) {
  const { caseId, content } = record;
  // On what the centre has: without it this machine knows no better than the first time.
  if (context.sync()?.state.link !== 'connected') throw new YichuangError('offline');
  const found = caseId === undefined ? null : context.store.cases.find(caseId);
  const advance = officeAdvance.safeParse(content);
  if (!found || !advance.success) throw new YichuangError('illegal-transition');
  const { id, version } = found.record;
  const change = { kind: 'advance', advance: advance.data } as const;
  await actOnCase(context, staff, { commandId, caseId: id, baseVersion: version, change });
}
