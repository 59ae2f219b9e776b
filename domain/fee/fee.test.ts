import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acceptance } from '../../tests/fixtures/acceptance.ts';
import type { FeeLine } from '../case/progress.ts';
import { totalOf } from '../case/reduceCase.ts';
import type { Acceptance } from '../case/types.ts';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import type { FeeRow } from '../catalogue/types.ts';
import { EXEMPTIONS, formatReason, parseReason } from './exemptions.ts';
import { feeStatusOf } from './feeStatus.ts';
import { findFeeProblems, findLineProblems } from './findFeeProblems.ts';
import { type FeeChoices, proposeFee } from './proposeFee.ts';

const DAY = '2026-11-23';
const of = (itemCode: string, overrides: Partial<Acceptance> = {}) => ({
  acceptance: acceptance(1, { itemCode, ...overrides }),
});
const exemption = (code: string) => EXEMPTIONS.find((each) => each.code === code);

function propose(itemCode: string, choices: FeeChoices = {}, fees: readonly FeeRow[] = CATALOGUE.fees, day = DAY) {
  const proposal = proposeFee(of(itemCode), { ...CATALOGUE, fees }, day, choices);
  if (!proposal.ok) throw new Error(proposal.asks);
  return proposal;
}
const yuan = (itemCode: string, choices: FeeChoices) => totalOf(propose(itemCode, choices).lines) / 100;

/** domain.md §2.7, every class for a home and for anything else. */
test.each([
  ['A05', 80, 550],
  ['C20', 80, 80],
  ['B01', 40, 275],
  ['A03', 0, 0],
  ['A02', 10, 10],
  ['C18', 80, 550],
])('%s costs %d yuan for a dwelling and %d for anything else', (code, home, shop) => {
  expect([yuan(code, { use: 'residential' }), yuan(code, { use: 'other' })]).toEqual([home, shop]);
});

test('the clerk is asked for the use only where the fee depends on it and the record does not say', () => {
  expect(proposeFee(of('A05'), CATALOGUE, DAY)).toEqual({ ok: false, asks: 'use' });
  expect(proposeFee(of('A02'), CATALOGUE, DAY).ok).toBe(true);
  const property = { location: '辽源市', use: 'dwelling' as const };
  const known = proposeFee(of('A05', { property }), CATALOGUE, DAY, { use: 'other' });
  expect(known).toMatchObject({ ok: true, lines: [{ unitFen: 8000 }] });
});

test('each certificate after the first is ten yuan more, in a line of its own', () => {
  const { lines } = propose('C01', { use: 'residential', certificates: 3 });
  expect(lines).toMatchObject([
    { class: 'F1', count: 1, unitFen: 8000 },
    { class: 'extra-copy', count: 2, unitFen: 1000 },
  ]);
  expect(totalOf(lines)).toBe(10_000);
});

test('the row of the day of acceptance counts, before a decree and from its day on', () => {
  const fees: FeeRow[] = [
    { class: 'F1', use: 'residential', amountFen: 6000, basis: 'new', validFrom: '2027-01-01' },
    ...CATALOGUE.fees,
  ];
  expect(propose('A05', { use: 'residential' }, fees, '2026-12-31').lines[0]?.unitFen).toBe(8000);
  expect(propose('A05', { use: 'residential' }, fees, '2027-01-01').lines[0]?.unitFen).toBe(6000);
  expect(proposeFee(of('A05'), { ...CATALOGUE, fees }, '2016-12-05', { use: 'other' })).toEqual({
    ok: false,
    asks: 'table',
  });
});

describe('an exemption', () => {
  test.each([
    ['small-enterprise', 0],
    ['subsidised-housing', 0],
    ['attached-garage', 0],
    ['rezoning', 0],
    ['agency-error', 0],
    ['rural-reform', 0],
    ['rural-house-site', 20],
    ['spouses', 20],
    ['same-holder', 285],
  ])('%s leaves %d of 560 yuan, and every reduced line says why', (code, left) => {
    const chosen = exemption(code);
    const { lines, payer } = propose('C01', { use: 'other', certificates: 2, exemption: chosen });
    expect(totalOf(lines)).toBe(left * 100);
    for (const line of lines.filter((each) => each.reducedFen > 0)) expect(line.reason).toBe(chosen?.name);
    expect(findFeeProblems(of('C01'), CATALOGUE, DAY, { lines, payer })).toEqual([]);
  });

  test('is known by its reason, with the note behind it', () => {
    for (const each of EXEMPTIONS) {
      expect(parseReason(formatReason(each, '见批文'))).toEqual({ exemption: each, note: '见批文' });
    }
    expect(parseReason('领导同意')).toBeNull();
  });
});

describe('an assessment is refused', () => {
  const good = propose('A05', { use: 'other' });
  const problems = (lines: FeeLine[], payer = good.payer) =>
    findFeeProblems(of('A05'), CATALOGUE, DAY, { lines, payer }).map(({ path, code }) => `${path} ${code}`);
  const line = (change: Partial<FeeLine>): FeeLine[] => good.lines.map((each) => ({ ...each, ...change }));

  test.each<[string, FeeLine[], string[]]>([
    ['with no line', [], ['lines no-line']],
    ['at another price', line({ unitFen: 100 }), ['lines not-in-table']],
    ['for another class', line({ class: 'F80' }), ['lines not-in-table']],
    ['twice over', line({ count: 2 }), ['lines not-in-table']],
    ['with a reduction and no reason', line({ reducedFen: 100 }), ['lines.0.reason reason-missing']],
    ['for a reason of its own', line({ reducedFen: 100, reason: '熟人' }), ['lines.0.reason reason-unknown']],
    ['for 其他 without a word', line({ reducedFen: 100, reason: '其他减免' }), ['lines.0.reason reason-without-note']],
    [
      'reduced by more than the reason gives',
      line({ reducedFen: 55_000, reason: '夫妻间变更只收工本费' }),
      ['lines.0.reducedFen reduction-differs'],
    ],
    [
      'reduced below nothing',
      line({ reducedFen: 55_001, reason: '其他减免：批文' }),
      ['lines.0.reducedFen reduction-too-large'],
    ],
  ])('%s', (_name, lines, expected) => {
    expect(problems(lines)).toEqual(expected);
  });

  test('without a payer', () => {
    expect(problems(good.lines, ' ')).toEqual(['payer payer-missing']);
  });
});

test('what is proposed is never refused, and never below nothing, whatever is chosen', () => {
  const items = CATALOGUE.items.map(({ code }) => code);
  fc.assert(
    fc.property(
      fc.constantFrom(...items),
      fc.constantFrom('residential' as const, 'other' as const),
      fc.integer({ min: 1, max: 50 }),
      fc.constantFrom(undefined, ...EXEMPTIONS),
      (code, use, certificates, chosen) => {
        const { lines, payer } = propose(code, { use, certificates, exemption: chosen, note: '批文' });
        expect(totalOf(lines)).toBeGreaterThanOrEqual(0);
        expect(findLineProblems(lines)).toEqual([]);
        expect(findFeeProblems(of(code), CATALOGUE, DAY, { lines, payer })).toEqual([]);
      },
    ),
  );
});

test('收费状态 follows the money', () => {
  const fee = { lines: [], totalFen: 8000, payer: '张三', by: '3001', at: '2026-11-23T01:00:00.000Z' };
  const entry = (kind: 'paid' | 'refunded', amountFen = 8000) => ({
    payment: 'p',
    kind,
    amountFen,
    method: 'CASH' as const,
    receipt: '1',
    at: fee.at,
  });
  expect(feeStatusOf({ fee: null, payments: [] }, [])).toBeNull();
  expect(feeStatusOf({ fee: { ...fee, totalFen: 0 }, payments: [] }, [])).toBe(0);
  expect(feeStatusOf({ fee, payments: [] }, [{ state: 'REQUESTED' }])).toBe(1);
  expect(feeStatusOf({ fee, payments: [entry('paid')] }, [{ state: 'PAID' }])).toBe(2);
  expect(feeStatusOf({ fee, payments: [entry('paid', 1000)] }, [])).toBe(3);
  expect(feeStatusOf({ fee, payments: [entry('paid')] }, [{ state: 'REFUNDING' }])).toBe(4);
  expect(feeStatusOf({ fee, payments: [entry('paid'), entry('refunded')] }, [{ state: 'REFUNDED' }])).toBe(5);
});
