import type { MethodOutput } from '../../contract/rpc.ts';
import { lateSteps } from '../../domain/rating/closing.ts';
import type { WorkOrderRecord } from '../../domain/rating/types.ts';
import type { ServiceContext } from '../context.ts';
import { duesOf, openWorkOrders } from './facts.ts';

type Row = MethodOutput<'board.workOrders'>['rows'][number];

const SETTLED_SHOWN = 100;

/** The first due first; of settled ones the newest. Nobody is shown one about themselves (domain.md §6.9). */
export function listWorkOrders(context: ServiceContext, asker: string, { settled }: { settled: boolean }): Row[] {
  const names = context.store.staff.names();
  const nameOf = (number: string): string => names.get(number) ?? number;
  const toRow = (order: WorkOrderRecord): Row => {
    const dues = duesOf(context, order);
    const { contactDue, settleDue } = dues;
    return {
      id: order.id,
      about: order.about,
      clerk: order.clerk,
      clerkName: names.get(order.clerk) ?? null,
      openedAt: order.openedAt,
      state: order.state,
      contactDueAt: new Date(contactDue).toISOString(),
      settleDueAt: new Date(settleDue).toISOString(),
      contacted: order.contacted && {
        at: order.contacted.at,
        byName: nameOf(order.contacted.by),
        note: order.contacted.note,
      },
      settled: order.settled && {
        at: order.settled.at,
        byName: nameOf(order.settled.by),
        result: order.settled.result,
        note: order.settled.note,
      },
      ...lateSteps(order, dues, context.now()),
    };
  };
  const dueOf = ({ state, contactDueAt, settleDueAt }: Row): string => (state === 'open' ? contactDueAt : settleDueAt);
  if (!settled) {
    return openWorkOrders(context, asker)
      .map(toRow)
      .sort((a, b) => dueOf(a).localeCompare(dueOf(b)));
  }
  return context.store.hall
    .byKey('workorder', 'settled')
    .filter(({ clerk }) => clerk !== asker)
    .sort((a, b) => (b.settled?.at ?? '').localeCompare(a.settled?.at ?? ''))
    .slice(0, SETTLED_SHOWN)
    .map(toRow);
}
