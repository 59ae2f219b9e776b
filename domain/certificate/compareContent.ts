import type { CertificateContent, CertificateRowKey } from './content.ts';

/** One line of the quality check: what the register says, and what stands on the paper (domain.md §3.2, 质检). */
export interface ComparedRow {
  key: CertificateRowKey | 'number' | 'date';
  label: string;
  register: string;
  /** As it was printed; null when nothing recorded it, and somebody has to read it off the paper. */
  printed: string | null;
  verdict: 'equal' | 'differs' | 'unread';
}

/**
 * The register beside the print, row by row. Rows that only the print has are compared with nothing, and differ.
 * @param register built from the case and the entry (T27)
 * @param printed what the printing recorded as it was set on the paper; null when it recorded nothing
 */
export function compareContent(register: CertificateContent, printed: CertificateContent | null): ComparedRow[] {
  const expected = linesOf(register);
  const actual = printed && linesOf(printed);
  const strays = actual ? [...actual].filter(([key]) => !expected.has(key)) : [];
  return [
    ...[...expected].map(([key, { label, value }]) =>
      compare(key, label, value, actual && (actual.get(key)?.value ?? '')),
    ),
    ...strays.map(([key, { label, value }]) => compare(key, label, '', value)),
  ];
}

function compare(key: ComparedRow['key'], label: string, register: string, printed: string | null): ComparedRow {
  const verdict = printed === null ? 'unread' : printed === register ? 'equal' : 'differs';
  return { key, label, register, printed, verdict };
}

type Lines = ReadonlyMap<ComparedRow['key'], { label: string; value: string }>;

function linesOf({ kind, numberLine, date, rows }: CertificateContent): Lines {
  const { province, year, place, sequence } = numberLine;
  const name = kind === 'certificate' ? '不动产权' : '不动产证明';
  return new Map([
    ['number', { label: '证号', value: `${province}(${year})${place}${name}第${sequence}号` }],
    ...rows.map(({ key, label, value }): [ComparedRow['key'], { label: string; value: string }] => [
      key,
      { label, value },
    ]),
    ['date', { label: '登簿日期', value: `${date.year}年${date.month}月${date.day}日` }],
  ]);
}
