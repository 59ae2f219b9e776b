import type { OutageCommand } from '../../contract/outage.ts';
import { caseTimeOf } from '../../domain/case/caseTime.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import { findItem } from '../../domain/catalogue/catalogue.ts';
import { readCase } from '../../domain/clock/caseClock.ts';
import { readMeter } from '../../domain/measure/meter.ts';
import { clockOf } from '../caseTimes.ts';
import type { Call, Handlers, ServiceContext } from '../context.ts';
import { reachable } from '../reachable.ts';
import { summarise } from '../summary.ts';

type SupervisionMethod =
  | 'audit.list'
  | 'measure.visits'
  | 'supervision.faults'
  | 'measure.overdue'
  | `outage.${'declare' | 'end' | 'list'}`;

/** More than anybody reads; the numbers say how many there are. */
const OVERDUE_MAX = 500;

const FAULTS_SHOWN = 100;

/** What supervisors and auditors read. Auditors read logs and nothing else (domain.md §3.1). */
export const supervisionHandlers: Handlers<SupervisionMethod> = {
  'audit.list': ({ context, params }) => {
    const { before = Number.MAX_SAFE_INTEGER, actor = null, about = null, refused, limit } = params;
    const names = context.store.staff.names();
    const rows = context.store.audit
      .list({ before, actor, about, refused, limit })
      .map((row) => ({ ...row, actorName: names.get(row.actor) ?? null }));
    return { rows, next: rows.length === limit ? (rows.at(-1)?.position ?? null) : null };
  },

  'measure.visits': ({ context, params }) => {
    const rows = readMeter(context.store.cases.acceptedBetween(params.from, params.to));
    return {
      rows: rows.map((row) => ({
        ...row,
        itemName: findItem(row.itemCode, context.catalogueInForce())?.name ?? row.itemCode,
      })),
    };
  },

  'supervision.faults': ({ context }) => {
    const { store, catalogueOf } = context;
    const names = store.staff.names();
    const rows = store.cases.withFaults(FAULTS_SHOWN).flatMap(({ record: { id, acceptance, serviceFaults } }) =>
      serviceFaults.map(({ at, by, papers }) => ({
        caseId: id,
        number: acceptance.number,
        itemName: findItem(acceptance.itemCode, catalogueOf(acceptance.catalogueVersion))?.name ?? acceptance.itemCode,
        at,
        byName: names.get(by) ?? by,
        papers,
      })),
    );
    return { rows: rows.sort((a, b) => b.at.localeCompare(a.at)).slice(0, FAULTS_SHOWN) };
  },
  'measure.overdue': ({ context, params: { from, to, unexplained } }) => {
    const { store } = context;
    const rows = [...store.cases.acceptedBetween(from, to)]
      .filter((record) => isOverdue(context, record))
      .map((record) => ({ record, reason: reasonOf(context, record.id) }));
    const owed = rows.filter(({ reason }) => reason === null);
    return {
      rows: (unexplained ? owed : rows)
        .flatMap(({ record, reason }) => {
          const found = store.cases.find(record.id);
          return found ? [{ summary: summarise(context, found), reason }] : [];
        })
        .sort((a, b) => (b.summary.times?.dueAt ?? '').localeCompare(a.summary.times?.dueAt ?? ''))
        .slice(0, OVERDUE_MAX),
      total: rows.length,
      unexplained: owed.length,
    };
  },

  'outage.declare': ({ context, connection, params: { commandId, ...fields } }) =>
    order(context, connection, commandId, { kind: 'declare', ...fields }),
  'outage.end': ({ context, connection, params: { commandId, ...fields } }) =>
    order(context, connection, commandId, { kind: 'end', ...fields }),
  'outage.list': ({ context: { store }, params: { limit } }) => ({
    rows: store.outages.list(limit).map(({ version: _version, caseId = null, ...outage }) => ({
      ...outage,
      caseId,
      caseNumber: caseId && (store.cases.find(caseId)?.record.acceptance.number ?? null),
    })),
  }),
};

async function order(
  context: ServiceContext,
  connection: Call<'outage.declare'>['connection'],
  commandId: string,
  command: OutageCommand,
): Promise<Record<string, never>> {
  const { staff } = context.sessions.require(connection);
  const sync = await reachable(context);
  await sync.outage({ commandId, actor: staff.number, command });
  return {};
}

function isOverdue(context: ServiceContext, record: CaseRecord): boolean {
  const clock = clockOf(context, record);
  if (!clock) return false;
  const { endedAt, acceptedAt, pauses } = caseTimeOf(record);
  return readCase(context.clockRules, { acceptedAt, pauses }, clock, endedAt ?? context.now()).promise.state === 'over';
}

function reasonOf({ store }: ServiceContext, caseId: string) {
  const note = store.cases.notesOf(caseId).findLast(({ kind }) => kind === 'overdue-reason');
  return note ? { text: note.text, by: note.by, at: note.at } : null;
}
