import { findItem } from '../../domain/catalogue/catalogue.ts';
import { readMeter } from '../../domain/measure/meter.ts';
import type { Handlers } from '../context.ts';

const FAULTS_SHOWN = 100;

/** What supervisors and auditors read. Auditors read logs and nothing else (domain.md §3.1). */
export const supervisionHandlers: Handlers<'audit.list' | 'measure.visits' | 'supervision.faults'> = {
  'audit.list': ({ context, params }) => {
    const { before = Number.MAX_SAFE_INTEGER, actor = null, refused, limit } = params;
    const rows = context.store.audit.list({ before, actor, refused, limit });
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
    const names = new Map(store.staff.list().map(({ number, name }) => [number, name]));
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
};
