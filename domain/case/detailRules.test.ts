import { describe, expect, test } from 'vitest';
import { acceptanceDraft, minimalDraft } from '../../tests/fixtures/acceptance.ts';
import { findItem } from '../catalogue/catalogue.ts';
import { type AcceptanceDraft, findAcceptanceProblems } from './acceptanceRules.ts';
import type { Party } from './types.ts';

const TODAY = '2026-11-23';
const PF_HALL = { offers: ['registration', 'provident-fund'], place: 'pf-hall' } as const;
const [PERSON] = acceptanceDraft().parties as [Party];

function draftOf(code: string, overrides: Partial<AcceptanceDraft> = {}): AcceptanceDraft {
  const item = findItem(code);
  if (!item) throw new Error(code);
  return { ...minimalDraft(item), ...overrides };
}

const without = (code: string, name: keyof AcceptanceDraft): AcceptanceDraft => {
  const { [name]: _gone, ...rest } = draftOf(code);
  return rest as AcceptanceDraft;
};
const found = (draft: AcceptanceDraft) =>
  findAcceptanceProblems(draft, TODAY, { counter: draft.itemCode.startsWith('P') ? PF_HALL : undefined }).map(
    ({ code, path }) => `${code} ${path}`,
  );

describe('nothing is accepted without', () => {
  test.each([
    ['A05', 'mortgage', ['mortgage mortgage.amountFen']],
    ['A06', 'mortgage', ['mortgage mortgage.amountFen']],
    ['C01', 'priceFen', ['price priceFen']],
    ['C03', 'priceFen', []],
    ['B03', 'objection', ['objection objection']],
    ['A03', 'seal', ['seal seal.kind', 'seal seal.authority', 'seal seal.document', 'seal seal.deliveredAt']],
    ['A10', 'seal', ['seal seal.authority', 'seal seal.document', 'seal seal.deliveredAt']],
    ['A09', 'mortgage', []],
  ] as const)('%s without %s: %j', (code, name, problems) => {
    expect(found(draftOf(code))).toEqual([]);
    expect(found(without(code, name))).toEqual(problems);
  });

  test('a card of the fund: one of the applicants gives it', () => {
    expect(found(draftOf('P03', { parties: [PERSON] }))).toEqual(['party-bank-number parties.0.bankNumber']);
    const second = { ...PERSON, name: '李四', bankNumber: '6228480001234567897' };
    expect(found(draftOf('P03', { parties: [PERSON, second] }))).toEqual([]);
  });

  test('how two buyers own; two mortgagees need not say', () => {
    const parties = [PERSON, { ...PERSON, name: '李四', idNumber: '220403198506150048' }];
    expect(found(draftOf('C01', { parties }))).toEqual(['co-ownership coOwnership']);
    expect(found(draftOf('C01', { parties, coOwnership: 'joint' }))).toEqual([]);
    expect(found(draftOf('A05', { parties }))).toEqual([]);
  });
});

describe('a court order', () => {
  const order = draftOf('A13').seal as NonNullable<AcceptanceDraft['seal']>;
  const sealed = (part: Partial<typeof order>) => found(draftOf('A13', { seal: { ...order, ...part } }));

  test('is of a kind that the item seals by', () => {
    expect(sealed({ kind: 'renewed' })).toEqual([]);
    expect(sealed({ kind: 'seal' })).toEqual(['seal seal.kind']);
  });

  test('ends after it begins, and was not served tomorrow', () => {
    expect(sealed({ from: '2026-11-23', to: '2029-11-22' })).toEqual([]);
    expect(sealed({ from: '2026-11-23', to: '2026-11-22' })).toEqual(['seal seal.to']);
    expect(sealed({ from: '2026-02-30' })).toEqual(['seal seal.from']);
    // 23:59:59 in the hall, and one second later.
    expect(sealed({ deliveredAt: '2026-11-23T15:59:59.000Z' })).toEqual([]);
    expect(sealed({ deliveredAt: '2026-11-23T16:00:00.000Z' })).toEqual(['seal seal.deliveredAt']);
  });
});

test('a mortgage is of a way that the papers of its item allow', () => {
  const by = (way: 'ordinary' | 'maximum') => found(draftOf('A06', { mortgage: { way, amountFen: 1 } }));
  expect(by('maximum')).toEqual([]);
  expect(by('ordinary')).toEqual(['mortgage mortgage.way']);
});

test('what is missing is named after the item: 最高债权额 of a maximum-amount mortgage', () => {
  const message = (code: string) => findAcceptanceProblems(without(code, 'mortgage'), TODAY)[0]?.message;
  expect([message('A05'), message('A06')]).toEqual(['缺担保债权数额', '缺最高债权额']);
});
