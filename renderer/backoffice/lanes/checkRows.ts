import type { CertificateRecord } from '../../../domain/case/progress.ts';
import type { CaseFile } from '../../../domain/case/types.ts';
import { findItem } from '../../../domain/catalogue/catalogue.ts';
import { formatUnitNumber } from '../../../domain/numbers/unitNumber.ts';
import { localDay } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import type { Form } from '../workList.ts';

export interface CheckRow {
  /** Under which the tick is kept. */
  key: string;
  field: string;
  /** What stands in the register. */
  register: string;
  /** What was sent to the paper, as it is set there; the checker looks whether it stands there. */
  print: string;
}

/** The register beside one certificate, field by field (domain.md §4.12, §4.13). */
export function checkRows(record: CaseFile, certificate: CertificateRecord): CheckRow[] {
  const { property, itemCode } = record.acceptance;
  const names = t.laneCheck.fields;
  const day = record.bookedAt ? localDay(record.bookedAt) : '';
  const holders = certificate.holders.join(t.listSeparator);
  const item = findItem(itemCode)?.name ?? itemCode;
  const rows: [keyof typeof names, string, string][] = [
    ['number', certificate.number, certificate.number],
    ['holders', holders, certificate.holders.join(' ')],
    ['location', property.location, property.location],
    ...(property.unitNumber
      ? [['unit', property.unitNumber, formatUnitNumber(property.unitNumber)] as [keyof typeof names, string, string]]
      : []),
    ['item', item, item],
    ['date', day, day],
    ['seal', '', t.laneCheck.sealed],
  ];
  return rows.map(([name, register, print]) => ({
    key: `ok.${certificate.number}.${name}`,
    field: names[name],
    register,
    print,
  }));
}

/** The serial read off the paper against the one the print was bound to. */
export function scanState(certificate: CertificateRecord, form: Form): 'missing' | 'wrong' | 'same' {
  const scanned = (form[`scan.${certificate.number}`] ?? '').trim().toUpperCase();
  if (scanned.length < (certificate.blank ?? '').length) return 'missing';
  return scanned === certificate.blank ? 'same' : 'wrong';
}
