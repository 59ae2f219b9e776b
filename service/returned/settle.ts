import { YichuangError } from '../../contract/errors.ts';
import { officeAdvance } from '../../contract/office.ts';
import type { MethodOutput, MethodParams, Staff } from '../../contract/rpc.ts';
import type { FoundCase } from '../../db/cases.ts';
import type { ReturnedRecord } from '../../domain/returned/types.ts';
import type { ServiceContext } from '../context.ts';
import { actOnCase } from '../office/actOnCase.ts';
import { reachable } from '../reachable.ts';
import { acceptAnew } from './acceptAnew.ts';
import { decisionsHere } from './describe.ts';

/**
 * What a person decided about a returned step. When it is taken again, step and decision are one transaction, wherever that
 * is: at the centre, or here while the centre is away.
 * @throws YichuangError `return-not-found`, `return-settled`, `forbidden`, `illegal-transition`, `offline`, or why the step is
 * refused
 */
export async function settleReturned(
  context: ServiceContext,
  staff: Staff,
  { commandId, id, decision, note }: MethodParams<'returned.settle'>,
): Promise<MethodOutput<'returned.settle'>> {
  const { store } = context;
  const open = () => findOpen(context, staff, id, decision);
  const told = (former?: string) => ({ accepted: acceptedBy(context, store.cases.find(commandId), former) });
  let record = open();
  if (record === null) return told(store.returned.find(id)?.caseId);
  const { caseId: former } = record;
  const stream = `return:${id}`;
  if (decision === 'done-again') {
    // On what the centre has: without it this machine knows no better than the first time.
    await reachable(context);
    // Which may be news.
    record = open();
    if (record === null) return told(former);
    const settles = { returned: id, note };
    const isAcceptance = record.kind === 'case.accepted';
    if (isAcceptance) acceptAnew(context, staff, record, { commandId, settles });
    else await takeAgain(context, staff, record, { commandId, settles });
    context.committed([stream, record.subject, ...(isAcceptance ? [`case:${commandId}`] : [])]);
    return isAcceptance ? told(former) : { accepted: null };
  }
  store.ledger.append({ kind: 'return.settled', stream, actor: staff.number, body: { decision, note } });
  context.committed([stream, record.subject]);
  return { accepted: null };
}

/**
 * @returns null: this was decided already, by the same press
 * @throws YichuangError why it is not for this person to decide so
 */
function findOpen(
  { store }: ServiceContext,
  staff: Staff,
  id: string,
  decision: MethodParams<'returned.settle'>['decision'],
): ReturnedRecord | null {
  const record = store.returned.find(id);
  if (!record) throw new YichuangError('return-not-found');
  if (record.settled !== null) {
    if (record.settled.by === staff.number && record.settled.decision === decision) return null;
    throw new YichuangError('return-settled');
  }
  const isOwn = record.device === store.ledger.device;
  if (!isOwn && !staff.roles.includes('SUP')) throw new YichuangError('forbidden');
  const found = record.caseId === undefined ? null : store.cases.find(record.caseId);
  if (!decisionsHere(record, found?.record.state ?? null, isOwn).includes(decision))
    throw new YichuangError('illegal-transition');
  return record;
}

/** @param former the case that the centre did not take */
function acceptedBy(
  { store }: ServiceContext,
  found: FoundCase | null,
  former: string | undefined,
): MethodOutput<'returned.settle'>['accepted'] {
  if (found === null) return null;
  const { id: caseId, acceptance } = found.record;
  const before = former === undefined ? 0 : store.scans.of(former).length;
  const pagesLeft = Math.max(0, before - store.scans.of(caseId).length);
  return { caseId, number: acceptance.number, pagesLeft };
}

async function takeAgain(
  context: ServiceContext,
  staff: Staff,
  { caseId, content }: ReturnedRecord,
  command: { commandId: string; settles: { returned: string; note: string } },
): Promise<void> {
  const found = caseId === undefined ? null : context.store.cases.find(caseId);
  const advance = officeAdvance.safeParse(content);
  if (!found || !advance.success) throw new YichuangError('illegal-transition');
  const { id, version } = found.record;
  const change = { kind: 'advance', advance: advance.data } as const;
  await actOnCase(context, staff, { ...command, caseId: id, baseVersion: version, change });
}
