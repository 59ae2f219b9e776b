import { YichuangError } from '../../contract/errors.ts';
import type { MethodOutput } from '../../contract/rpc.ts';
import type { FoundCase } from '../../db/cases.ts';
import { LANE_CODES, LANES } from '../../domain/case/lanes.ts';
import { findRefusalProblems } from '../../domain/case/refusalRules.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import { findTask, statesOf } from '../../domain/case/workList.ts';
import { dueTime } from '../../domain/clock/dueTime.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { actOnCase } from '../office/actOnCase.ts';
import { checkFee } from '../office/checkFee.ts';
import { nextRefusalNumber } from '../office/refusalNumber.ts';
import { attachHeldScans } from '../scans.ts';
import { summarise } from '../summary.ts';
import { buildAcceptance, catalogueOfForm, expectTicket, expectVisit, normalise, saveDraft } from './case.ts';

/** Acting on cases after the window's first decision, and the work lists that lead there. */
export const officeHandlers: Handlers<'case.refuse' | 'case.act' | 'case.takeOver' | 'lane.act' | 'office.tasks'> = {
  'case.refuse': ({ context, connection, params }) => {
    const { store, sessions } = context;
    const { staff } = sessions.require(connection);
    if (!staff.roles.includes('WIN')) throw new YichuangError('forbidden');
    const before = store.cases.find(params.commandId);
    if (before) return before.record;
    const catalogue = catalogueOfForm(context, params.catalogueVersion);
    const draft = normalise(catalogue, params.draft);
    expectVisit(context, draft, staff.number);
    expectTicket(context, draft);
    const problems = findRefusalProblems(draft, params.refusal, catalogue);
    if (problems.length > 0) throw new YichuangError('refusal-incomplete', { details: { problems } });
    const stream = `case:${params.commandId}`;
    const { entity } = store.ledger.transact(() => {
      const clerk = { id: staff.number, name: staff.name };
      const day = hallDay(context.now());
      const built = buildAcceptance(context, catalogue, draft, day, clerk);
      const acceptance = { ...built, path: built.path.slice(0, -1) };
      const refusal = { ...params.refusal, number: nextRefusalNumber(context, draft, day) };
      const body = { acceptance, refusal };
      const appended = store.ledger.append({ kind: 'case.refused', stream, actor: staff.number, body });
      attachHeldScans(context, params.commandId, staff.number);
      saveDraft(context, null);
      return appended;
    });
    context.committed([stream]);
    return { ...(entity.record as CaseRecord), slips: [] };
  },

  'case.act': async ({ context, connection, params: { advance, ...target } }) => {
    const { staff } = context.sessions.require(connection);
    return describe(context, await actOnCase(context, staff, { ...target, change: { kind: 'advance', advance } }));
  },

  'case.takeOver': async ({ context, connection, params: { take, ...target } }) => {
    const { staff } = context.sessions.require(connection);
    return describe(context, await actOnCase(context, staff, { ...target, change: { kind: 'take', take } }));
  },

  'lane.act': async ({ context, connection, params: { change, ...target } }) => {
    const { staff } = context.sessions.require(connection);
    checkFee(context, target.caseId, change);
    return describe(context, await actOnCase(context, staff, { ...target, change: { kind: 'lane', change } }));
  },

  'office.tasks': ({ context, connection, params }) => {
    const { staff } = context.sessions.require(connection);
    const lanes = params.lane ? [params.lane] : LANE_CODES.filter((lane) => staff.roles.includes(LANES[lane].role));
    const names = context.store.staff.names();
    const at = new Date(context.now()).toISOString();
    const rows = context.store.cases.underWay(statesOf(lanes)).flatMap((found) =>
      lanes.flatMap((lane) => {
        const task = findTask(found.record, lane, at);
        if (!task) return [];
        const byName = task.by === null ? null : (names.get(task.by) ?? task.by);
        const budgetDueAt = budgetDue(context, lane, task);
        return [{ lane, task, byName, budgetDueAt, summary: summarise(context, found) }];
      }),
    );
    return { rows: rows.sort((a, b) => dueOf(a).localeCompare(dueOf(b))) };
  },
};

type TaskRow = MethodOutput<'office.tasks'>['rows'][number];

/** Oldest clock first: what is promised soonest, not what came first. */
function dueOf({ summary }: TaskRow): string {
  return summary.times?.dueAt ?? summary.acceptedAt;
}

function budgetDue({ clockRules }: ServiceContext, lane: TaskRow['lane'], task: TaskRow['task']): string | null {
  const { budgetMinutes } = LANES[lane];
  if (budgetMinutes === null || task.openedAt === null) return null;
  return new Date(dueTime(clockRules, Date.parse(task.openedAt), { minutes: budgetMinutes }).at).toISOString();
}

function describe(context: ServiceContext, found: FoundCase): MethodOutput<'case.act'> {
  return { record: found.record, summary: summarise(context, found) };
}
