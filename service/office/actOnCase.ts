import { YichuangError } from '../../contract/errors.ts';
import { actorsOf, type OfficeAdvance, type OfficeChange, type OfficeRequest } from '../../contract/office.ts';
import type { Staff } from '../../contract/rpc.ts';
import type { FoundCase } from '../../db/cases.ts';
import type { Advance } from '../../domain/case/advance.ts';
import { mayStepAlone } from '../../domain/case/ownership.ts';
import { type OfflineTier, TRANSITIONS } from '../../domain/case/transitions.ts';
import type { ServiceContext } from '../context.ts';
import { findCase } from '../findCase.ts';
import { checkDemand } from './demandRule.ts';
import { explainLoss } from './explainLoss.ts';
import { checkNotice } from './noticeRule.ts';
import { checkPrints } from './printRule.ts';

/**
 * One act on a case after acceptance. The centre owns it and decides; while the centre is away, a step that may be taken
 * without it is kept here and goes there later (domain.md §3.6, §3.9).
 * @throws YichuangError: the reason in words a clerk understands; nothing was changed then
 */
export async function actOnCase(
  context: ServiceContext,
  staff: Staff,
  request: Omit<OfficeRequest, 'actor'>,
): Promise<FoundCase> {
  const { store } = context;
  const before = findCase(context, request.caseId);
  if (!maySign(staff, request.change)) throw new YichuangError('forbidden');
  if (before.record.version !== request.baseVersion) throw new YichuangError('stale-version');
  checkNotice(before.record, request.change);
  checkDemand(context, before.record, request.change);
  checkPrints(store.prints, before.record, request.change);
  const why = await tryAtCentre(context, staff, request);
  if (why !== null) {
    const local = asLocal(request.change);
    if (local === null) throw new YichuangError(why);
    // While the centre was asked, and waited for, something may have come of the case.
    const { record } = findCase(context, request.caseId);
    if (record.version !== request.baseVersion) throw new YichuangError('stale-version');
    if (!mayStepAlone(record, context.config.terminal.id, local.transition)) throw new YichuangError('not-owner');
    const { caseId, settles } = request;
    store.ledger.transact(() => {
      store.ledger.append({ kind: 'case.advanced', stream: `case:${caseId}`, actor: staff.number, body: local });
      if (settles) appendDoneAgain(store, staff, settles);
    });
  }
  context.committed([`case:${request.caseId}`]);
  return findCase(context, request.caseId);
}

/** A step that came back is decided: it was taken again. Part of the transaction in which it is. */
export function appendDoneAgain(
  { ledger }: Pick<ServiceContext['store'], 'ledger'>,
  { number: actor }: Staff,
  { returned, note }: NonNullable<OfficeRequest['settles']>,
): void {
  ledger.append({
    kind: 'return.settled',
    stream: `return:${returned}`,
    actor,
    body: { decision: 'done-again', note },
  });
}

/** @returns null when it is done; otherwise why not, and surely nothing was: the step may be taken here */
async function tryAtCentre(
  context: ServiceContext,
  { number }: Staff,
  request: Omit<OfficeRequest, 'actor'>,
): Promise<'offline' | 'centre-busy' | null> {
  const sync = context.sync();
  if (!sync || !(await sync.isThere())) return 'offline';
  const { reread } = context.store.delivery;
  const act = (baseVersion: number) => sync.act({ ...request, baseVersion, actor: number });
  // A supervisor takes the case from where the centre has it, whatever was lost there.
  const atCentre = () => request.change.kind === 'take' && reread.versionAtCentre(`case:${request.caseId}`);
  try {
    await act(atCentre() || request.baseVersion).catch((error: unknown) => {
      // Behind a hub it is not known before the centre has been asked what it has.
      const known = error instanceof YichuangError && error.code === 'ahead-of-centre' && atCentre();
      return known ? act(known) : Promise.reject(error);
    });
    return null;
  } catch (error) {
    if (error instanceof YichuangError && (error.code === 'offline' || error.code === 'centre-busy')) return error.code;
    throw explainLoss(context, request.caseId, error);
  }
}

function maySign({ roles }: Staff, change: OfficeChange): boolean {
  const wanted = actorsOf(change);
  return roles.some((role) => wanted.includes(role));
}

/** @returns the step as it may be taken here, or null when it needs the line */
function asLocal(change: OfficeChange): Advance | null {
  if (change.kind !== 'advance') return null;
  const tier: OfflineTier = TRANSITIONS[change.advance.transition].tier;
  return tier === 'online' ? null : withoutCentre(change.advance);
}

function withoutCentre(advance: OfficeAdvance): Advance | null {
  return advance.transition === 'T27' ? null : advance;
}
