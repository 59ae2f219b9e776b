import type { CertificateRecord } from '../../../domain/case/progress.ts';
import type { CaseFile } from '../../../domain/case/types.ts';
import { type ComparedRow, compareContent } from '../../../domain/certificate/compareContent.ts';
import { buildCertificateContent, type CertificateContent } from '../../../domain/certificate/content.ts';
import { t } from '../../strings/index.ts';
import type { Form } from '../workList.ts';

/** What the printing recorded of one certificate. */
export interface PrintedCertificate {
  /** 证号 */
  certificate: string;
  /** 印制号 of the sheet. */
  blank: string;
  content: CertificateContent;
}

export interface CheckRow extends Pick<ComparedRow, 'label' | 'register' | 'verdict'> {
  /** Under which the tick is kept. */
  key: string;
  /** What stands on the paper; null: read it there. */
  printed: string | null;
}

/** The register beside one certificate, row by row (domain.md §4.12, §4.13), and the seal, which only eyes can see. */
export function checkRows(
  record: CaseFile,
  certificate: CertificateRecord,
  printed: readonly PrintedCertificate[],
): CheckRow[] {
  const print = printed.find((each) => each.certificate === certificate.number && each.blank === certificate.blank);
  const rows = compareContent(buildCertificateContent(record, certificate), print?.content ?? null);
  const key = (name: string): string => `ok.${certificate.number}.${name}`;
  return [
    ...rows.map(({ key: name, ...row }) => ({ ...row, key: key(name) })),
    {
      key: key('seal'),
      label: t.laneCheck.seal,
      register: t.laneCheck.sealed,
      printed: null,
      verdict: 'unread',
    },
  ];
}

/** What somebody has still to look at: neither found equal nor ticked. */
export function isOpen({ key, verdict }: CheckRow, form: Form): boolean {
  return verdict === 'unread' && form[key] !== 'yes';
}

/** The serial read off the paper against the one the print was bound to. */
export function scanState(certificate: CertificateRecord, form: Form): 'missing' | 'wrong' | 'same' {
  const scanned = (form[`scan.${certificate.number}`] ?? '').trim().toUpperCase();
  if (scanned.length < (certificate.blank ?? '').length) return 'missing';
  return scanned === certificate.blank ? 'same' : 'wrong';
}
