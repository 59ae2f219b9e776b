import { describe, expect, test } from 'vitest';
import { acceptanceDraft, minimalDraft } from '../../tests/fixtures/acceptance.ts';
import { findItem } from '../catalogue/catalogue.ts';
import { type AcceptanceDraft, findAcceptanceProblems } from './acceptanceRules.ts';
import { findDemandProblems } from './materialRules.ts';
import type { Party } from './types.ts';

const TODAY = '2026-11-23';
const PF_HALL = { offers: ['registration', 'provident-fund'], place: 'pf-hall' } as const;
const [PERSON] = acceptanceDraft().parties as [Party];
const { property } = acceptanceDraft();

function draftOf(code: string, overrides: Partial<AcceptanceDraft> = {}): AcceptanceDraft {
  const item = findItem(code);
  if (!item) throw new Error(code);
  return { ...minimalDraft(item), ...overrides };
}

const found = (draft: AcceptanceDraft, counter?: typeof PF_HALL) =>
  findAcceptanceProblems(draft, TODAY, { counter }).map(({ code, path }) => `${code} ${path}`);

describe('shares of the holders', () => {
  const shared = (...shares: (string | undefined)[]) =>
    acceptanceDraft({ parties: shares.map((share) => ({ ...PERSON, share })) });

  test('sum to one exactly, however they are written', () => {
    for (const shares of [
      ['1/2', '1/2'],
      ['1/3', '1/3', '1/3'],
      ['50%', '1/4', '25%'],
      [undefined, undefined],
      ['1/1'],
    ]) {
      expect(found(shared(...shares))).toEqual([]);
    }
    expect(found(shared('1/3', '1/3'))).toEqual(['shares-sum parties']);
    expect(found(shared('1/2', '2/3'))).toEqual(['shares-sum parties']);
    expect(found(shared('33.33%', '33.33%', '33.33%'))).toEqual(['shares-sum parties']);
  });

  test('the sum is said', () => {
    expect(findAcceptanceProblems(shared('1/2', '1/3'), TODAY)[0]?.message).toContain('5/6');
  });

  test('when one holder gives one, all do; nobody else has any', () => {
    expect(found(shared('1/2', undefined))).toEqual(['party-share parties.1.share']);
    expect(found(shared('half', '1/2'))).toEqual(['party-share parties.0.share']);
    const obligor: Party = { ...PERSON, role: 'obligor', share: '1/2' };
    expect(found(acceptanceDraft({ parties: [{ ...PERSON, share: '1/1' }, obligor] }))).toEqual([
      'party-share parties.1.share',
    ]);
  });

  test.each([
    ['sole', 1, [], []],
    ['sole', 2, [], ['co-ownership coOwnership']],
    ['joint', 1, [], ['co-ownership coOwnership']],
    ['joint', 2, [], []],
    ['joint', 2, ['1/2', '1/2'], ['co-ownership coOwnership']],
    ['shares', 2, ['1/2', '1/2'], []],
    ['shares', 2, [], ['party-share parties.0.share', 'party-share parties.1.share']],
    ['shares', 1, ['1/1'], ['co-ownership coOwnership']],
    ['other', 3, [], []],
  ] as const)('%s with %i holders and shares %j: %j', (coOwnership, holders, shares, problems) => {
    const parties = Array.from({ length: holders }, (_, at) => ({ ...PERSON, share: shares[at] }));
    expect(found(acceptanceDraft({ parties, coOwnership }))).toEqual(problems);
  });
});

describe('the unit', () => {
  const unit = (overrides: Partial<typeof property>) => acceptanceDraft({ property: { ...property, ...overrides } });

  test.each(['220421', '220422'])('of %s belongs to another registrar, who is named', (district) => {
    const draft = unit({ unitNumber: `${district}001002GB00012F00030045` });
    const [problem] = findAcceptanceProblems(draft, TODAY);
    expect(problem).toMatchObject({ code: 'other-registrar', path: 'property.unitNumber' });
    expect(problem?.message).toContain(district === '220421' ? '东丰县' : '东辽县');
    expect(problem?.message).toContain('不予受理告知书');
  });

  test('of another city is refused too, and of 西安区 is taken', () => {
    expect(found(unit({ unitNumber: '340104404006JC00058F00010201' }))).toEqual([
      'other-registrar property.unitNumber',
    ]);
    expect(found(unit({ unitNumber: '220403001002GB00012F00030045' }))).toEqual([]);
  });

  test('has an area above zero and a use', () => {
    expect(found(unit({ area: '89.50', use: 'dwelling' }))).toEqual([]);
    expect(found(unit({ area: '0' }))).toEqual(['property-area property.area']);
    expect(found(unit({ area: '89.123456' }))).toEqual(['property-area property.area']);
  });

  test('may be virtual only when the centre says so', () => {
    expect(found(unit({ unitNumber: '220402000000GB00012F00030045' }))).toEqual(['unit-number property.unitNumber']);
  });
});

describe('what the register holds against the unit', () => {
  const burdened = (code: string, ...encumbrances: NonNullable<typeof property.encumbrances>) => {
    const draft = draftOf(code);
    return { ...draft, property: { ...draft.property, encumbrances } };
  };
  const withConsent = (draft: AcceptanceDraft): AcceptanceDraft => ({
    ...draft,
    materials: [...draft.materials, { code: 'M33', form: 'original', copies: 1, pages: 1 }],
  });
  const STOP = ['encumbered property.encumbrances'];
  const CONSENT = ['consent-missing materials.M33'];

  test.each([
    ['C01', 'seal', STOP],
    ['A05', 'seal', STOP],
    ['A07', 'seal', STOP],
    ['A01', 'seal', STOP],
    ['C01', 'objection', STOP],
    ['C01', 'mortgage', CONSENT],
    ['C01', 'notice', CONSENT],
    ['A05', 'notice', CONSENT],
    // A second mortgage is nobody's to consent to.
    ['A05', 'mortgage', []],
    // The applicant's own notice or mortgage: his proof is handed in.
    ['A14', 'notice', []],
    ['A09', 'mortgage', []],
    // The court itself, and what only corrects, seals or releases.
    ['C13', 'seal', []],
    ['C14', 'seal', []],
    ['A03', 'seal', []],
    ['A10', 'seal', []],
    ['A13', 'seal', []],
    ['B02', 'seal', []],
    ['B03', 'objection', []],
    ['A12', 'objection', []],
    ['A02', 'mortgage', []],
  ] as const)('%s under %s: %j', (code, encumbrance, problems) => {
    expect(found(burdened(code, encumbrance))).toEqual(problems);
  });

  test('consent opens the way past a mortgage or a notice and not past a seal', () => {
    expect(found(withConsent(burdened('C01', 'mortgage')))).toEqual([]);
    expect(found(withConsent(burdened('A05', 'notice')))).toEqual([]);
    expect(found(withConsent(burdened('C01', 'mortgage', 'seal')))).toEqual(STOP);
  });
});

describe('price, mortgage and delivery', () => {
  test('a price is whole fen above zero, where the item asks for one', () => {
    expect(found(draftOf('C01', { priceFen: 55_000_000 }))).toEqual([]);
    expect(found(draftOf('C01', { priceFen: 0 }))).toEqual(['price priceFen']);
    expect(found(draftOf('C01', { priceFen: 0.5 }))).toEqual(['price priceFen']);
    expect(found(draftOf('A09', { priceFen: 0 }))).toEqual([]);
  });

  test('the term of a debt does not end before it begins', () => {
    const mortgage = { amountFen: 30_000_000, from: '2026-11-23', to: '2046-11-22' };
    expect(found(draftOf('A05', { mortgage }))).toEqual([]);
    expect(found(draftOf('A05', { mortgage: { ...mortgage, to: '2026-11-22' } }))).toEqual(['mortgage mortgage.to']);
    expect(found(draftOf('A05', { mortgage: { ...mortgage, from: '2026-02-30' } }))).toEqual([
      'mortgage mortgage.from',
    ]);
    expect(found(draftOf('A05', { mortgage: { amountFen: 0 } }))).toEqual(['mortgage mortgage.amountFen']);
  });

  test('mail asks for receiver, telephone and address', () => {
    const mail = { method: 'mail', receiver: '张三', phone: '13804370001', address: '示例街1号' } as const;
    expect(found(acceptanceDraft({ delivery: { ...mail, postcode: '136200' } }))).toEqual([]);
    expect(found(acceptanceDraft({ delivery: { method: 'window' } }))).toEqual([]);
    expect(found(acceptanceDraft({ delivery: { method: 'mail' } }))).toEqual([
      'delivery delivery.receiver',
      'delivery delivery.phone',
      'delivery delivery.address',
    ]);
    expect(found(acceptanceDraft({ delivery: { ...mail, phone: '12804370001', postcode: '13620' } }))).toEqual([
      'delivery delivery.phone',
      'delivery delivery.postcode',
    ]);
  });

  test('a postcode of a party has six digits', () => {
    const party = (postcode: string) => acceptanceDraft({ parties: [{ ...PERSON, postcode }] });
    expect(found(party('136200'))).toEqual([]);
    expect(found(party('13620O'))).toEqual(['party-postcode parties.0.postcode']);
  });
});

describe('shared-source materials', () => {
  test('may not stand on a notice', () => {
    expect(findDemandProblems(['M01', 'M04', 'M07', 'M27', 'M29', 'M99'])).toMatchObject([
      { code: 'material-not-demandable', path: 'materials.M07' },
      { code: 'material-not-demandable', path: 'materials.M27' },
      { code: 'material-not-demandable', path: 'materials.M29' },
    ]);
    expect(findDemandProblems(['M02', 'M06'])).toEqual([]);
  });

  test('are missing in other words: the office obtains them', () => {
    const draft = draftOf('C01');
    const without = { ...draft, materials: draft.materials.filter(({ code }) => code !== 'M07') };
    expect(findAcceptanceProblems(without, TODAY)).toMatchObject([
      { code: 'material-missing', path: 'materials.M07', message: expect.stringContaining('不得要求提交') },
    ]);
  });
});

describe('the provident fund', () => {
  test('is accepted where it is offered and nowhere else', () => {
    expect(found(draftOf('P03'), PF_HALL)).toEqual([]);
    expect(found(draftOf('P03'))).toEqual(['item-not-offered itemCode']);
    expect(found(draftOf('C01'), PF_HALL)).toEqual(['item-not-offered itemCode']);
    expect(found(draftOf('A05'), PF_HALL)).toEqual([]);
  });

  test('asks for a house only where the money goes into one', () => {
    const nowhere = { property: { location: '' } };
    expect(found(draftOf('W08', nowhere), PF_HALL)).toEqual([]);
    expect(found(draftOf('P01', nowhere), PF_HALL)).toEqual(['property-location property.location']);
  });

  test('takes a bank card of a person and an account of a company; a registration takes neither', () => {
    const withBank = (code: string, bankNumber: string, overrides: Partial<Party> = {}) =>
      found(draftOf(code, { parties: [{ ...PERSON, bankNumber, ...overrides }] }), PF_HALL);
    const company = { kind: 'organisation', idKind: 'credit-code', idNumber: '91350100M000100Y43' } as const;
    expect(withBank('P06', '6228480001234567897')).toEqual([]);
    expect(withBank('P06', '6228480001234567898')).toEqual(['party-bank-number parties.0.bankNumber']);
    expect(withBank('G01', '12345678', company)).toEqual([]);
    expect(withBank('A05', '6228480001234567897')).toEqual(['party-bank-number parties.0.bankNumber']);
  });
});
