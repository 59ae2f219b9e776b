import type { WorkOrderBodies, WorkOrderRecord } from './types.ts';

export function openWorkOrder(body: WorkOrderBodies['workorder.opened'], id: string): WorkOrderRecord {
  const { ratingId, about, clerk, at } = body;
  return { id, version: 1, ratingId, about, clerk, openedAt: at, state: 'open', contacted: null, settled: null };
}

/** @returns the work order after the step, or null when it is not legal there; nobody settles what they are rated for */
export function stepWorkOrder(
  current: WorkOrderRecord,
  op: { [K in 'workorder.contacted' | 'workorder.settled']: { kind: K; body: WorkOrderBodies[K] } }[
    | 'workorder.contacted'
    | 'workorder.settled'],
  actor: string,
): WorkOrderRecord | null {
  if (current.state === 'settled' || actor === current.clerk) return null;
  const version = current.version + 1;
  if (op.kind === 'workorder.contacted') {
    if (current.state !== 'open') return null;
    return { ...current, version, state: 'contacted', contacted: { ...op.body, by: actor } };
  }
  return { ...current, version, state: 'settled', settled: { ...op.body, by: actor } };
}
