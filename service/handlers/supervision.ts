import { YichuangError } from '../../contract/errors.ts';
import { findItem } from '../../domain/catalogue/catalogue.ts';
import { readMeter } from '../../domain/measure/meter.ts';
import type { StaffRole } from '../../domain/staff/roles.ts';
import type { Handlers, ServiceContext } from '../context.ts';

/** What supervisors and auditors read. Auditors read logs and nothing else (domain.md §3.1). */
export const supervisionHandlers: Handlers<'audit.list' | 'measure.visits'> = {
  'audit.list': ({ context, connection, params }) => {
    requireRole(context, connection, 'AUD');
    const { before = Number.MAX_SAFE_INTEGER, actor = null, refused, limit } = params;
    const rows = context.store.audit.list({ before, actor, refused, limit });
    return { rows, next: rows.length === limit ? (rows.at(-1)?.position ?? null) : null };
  },

  'measure.visits': ({ context, connection, params }) => {
    requireRole(context, connection, 'SUP');
    const rows = readMeter(context.store.cases.acceptedBetween(params.from, params.to));
    return {
      rows: rows.map((row) => ({
        ...row,
        itemName: findItem(row.itemCode, context.catalogueInForce())?.name ?? row.itemCode,
      })),
    };
  },
};

function requireRole({ sessions }: ServiceContext, connection: string, role: StaffRole): void {
  if (!sessions.require(connection).staff.roles.includes(role)) throw new YichuangError('forbidden');
}
