import { expect, test } from 'vitest';
import { acceptedCase } from '../../tests/fixtures/caseWalker.ts';
import { compareContent } from './compareContent.ts';
import { buildCertificateContent, type CertificateContent } from './content.ts';

const certificate = { number: '吉(2026)辽源市不动产证明第0000001号', kind: 'proof', holders: ['吉林银行'] } as const;
const record = { ...acceptedCase('A05'), bookedAt: '2026-11-24T02:00:00.000Z' };
const register = buildCertificateContent(record, { ...certificate, holders: [...certificate.holders] });
const withRow = (key: string, value: string): CertificateContent => ({
  ...register,
  rows: register.rows.map((row) => (row.key === key ? { ...row, value } : row)),
});
const verdicts = (printed: CertificateContent | null) =>
  Object.fromEntries(compareContent(register, printed).map(({ key, verdict }) => [key, verdict]));

test('the same content is equal in every row, number and date among them', () => {
  const rows = compareContent(register, structuredClone(register));
  expect(rows.map(({ key }) => key)).toEqual(['number', ...register.rows.map(({ key }) => key), 'date']);
  expect(rows.every(({ verdict }) => verdict === 'equal')).toBe(true);
  expect(rows[0]?.register).toBe(certificate.number);
  expect(rows.at(-1)?.register).toBe('2026年11月24日');
});

test.each(['right', 'holder', 'obligor', 'location', 'unit', 'other', 'remark'])(
  'one letter changed in %s is found, and nothing else is',
  (key) => {
    const before = register.rows.find((row) => row.key === key)?.value ?? '';
    const found = Object.entries(verdicts(withRow(key, `${before}．`))).filter(([, verdict]) => verdict !== 'equal');
    expect(found).toEqual([[key, 'differs']]);
  },
);

test('another number, another date, a row too few and a row too many are found', () => {
  expect(verdicts({ ...register, numberLine: { ...register.numberLine, sequence: '0000002' } })).toMatchObject({
    number: 'differs',
  });
  expect(verdicts({ ...register, date: { ...register.date, day: '25' } })).toMatchObject({ date: 'differs' });
  expect(verdicts({ ...register, rows: register.rows.slice(1) })).toMatchObject({ right: 'differs' });
  const more = { ...register, rows: [...register.rows, { key: 'term' as const, label: '使用期限', value: '/' }] };
  expect(verdicts(more)).toMatchObject({ term: 'differs' });
});

test('what nothing recorded is to be read off the paper', () => {
  expect(new Set(Object.values(verdicts(null)))).toEqual(new Set(['unread']));
});
