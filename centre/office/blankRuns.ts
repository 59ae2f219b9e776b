import type { BlankChange } from '../../domain/blanks/reducePack.ts';
import { custodyAt, indexOf } from '../../domain/blanks/reducePack.ts';
import { formatSerial, LAST_BLANK_NUMBER, splitSerial } from '../../domain/blanks/serial.ts';
import { PACK_MAX, type PackRecord } from '../../domain/blanks/types.ts';
import type { WorkingLedger } from '../ledger/workingLedger.ts';

/** The part of a run of serials that lies in one pack. */
export interface RunPart {
  stream: string;
  record: PackRecord;
  from: string;
  count: number;
}

/** @returns the parts of a run, pack by pack, or null when some of it is in no pack of this hall */
export function splitRun(ledger: WorkingLedger, hall: string, from: string, count: number): RunPart[] | null {
  const { prefix, number } = splitSerial(from);
  const parts: RunPart[] = [];
  for (let next = number; next < number + count; ) {
    const serial = formatSerial(prefix, next);
    const pack = next <= LAST_BLANK_NUMBER ? ledger.blanks.findPack(hall, serial) : null;
    if (!pack) return null;
    const end = Math.min(number + count, pack.record.first + pack.record.count);
    parts.push({ ...pack, from: serial, count: end - next });
    next = end;
  }
  return parts;
}

/** @returns the packs a delivery is booked as */
export function splitDelivery({ form, first, count }: Extract<BlankChange, { kind: 'blanks.received' }>['body']) {
  const { prefix, number } = splitSerial(first);
  return Array.from({ length: Math.ceil(count / PACK_MAX) }, (_, index) => ({
    form,
    first: formatSerial(prefix, number + index * PACK_MAX),
    count: Math.min(PACK_MAX, count - index * PACK_MAX),
  }));
}

/** What each pack knows of the blanks of a run. */
export function custodiesOf({ record, from, count }: RunPart) {
  const start = indexOf(record, from) ?? 0;
  return Array.from({ length: count }, (_, step) => ({
    serial: formatSerial(record.prefix, record.first + start + step),
    custody: custodyAt(record, start + step),
  }));
}
