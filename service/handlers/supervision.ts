import { findItem } from '../../domain/catalogue/catalogue.ts';
import { readMeter } from '../../domain/measure/meter.ts';
import type { Handlers } from '../context.ts';

/** What supervisors and auditors read. Auditors read logs and nothing else (domain.md §3.1). */
export const supervisionHandlers: Handlers<'audit.list' | 'measure.visits'> = {
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
};
