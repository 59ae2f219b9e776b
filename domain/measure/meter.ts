import type { CaseRecord } from '../case/types.ts';
import { type DoorToDoor, doorToDoorOf } from './doorToDoor.ts';
import { type SecondVisitReason, visitsOf } from './visits.ts';

export interface MeterRow {
  itemCode: string;
  accepted: number;
  ended: number;
  oneVisit: number;
  reasons: Record<SecondVisitReason, number>;
  /** Milliseconds; null while no case of the item has ended. */
  median: DoorToDoor | null;
}

/** The only-one-trip meter (S1) over some cases, by item. Refused and withdrawn ones are ended ones like any other. */
export function readMeter(records: Iterable<CaseRecord>): MeterRow[] {
  const rows = new Map<string, MeterRow & { times: DoorToDoor[] }>();
  for (const record of records) {
    const { itemCode } = record.acceptance;
    const row = rows.get(itemCode) ?? emptyRow(itemCode);
    rows.set(itemCode, row);
    row.accepted += 1;
    const times = doorToDoorOf(record);
    if (times === null) continue;
    row.ended += 1;
    row.times.push(times);
    const { count, reasons } = visitsOf(record);
    if (count === 1) row.oneVisit += 1;
    for (const reason of reasons) row.reasons[reason] += 1;
  }
  return [...rows.values()]
    .map(({ times, ...row }) => ({ ...row, median: times.length === 0 ? null : medianOf(times) }))
    .sort((a, b) => a.itemCode.localeCompare(b.itemCode));
}

function emptyRow(itemCode: string): MeterRow & { times: DoorToDoor[] } {
  const reasons = { supplement: 0, 'pickup-another-day': 0, 'no-show': 0 };
  return { itemCode, accepted: 0, ended: 0, oneVisit: 0, reasons, median: null, times: [] };
}

function medianOf(times: readonly DoorToDoor[]): DoorToDoor {
  const of = (part: keyof DoorToDoor): number => {
    const sorted = times.map((each) => each[part]).sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[middle]];
    return Math.round((low + high) / 2);
  };
  return {
    office: of('office'),
    idle: of('idle'),
    paused: of('paused'),
    pickupWait: of('pickupWait'),
    handover: of('handover'),
  };
}
