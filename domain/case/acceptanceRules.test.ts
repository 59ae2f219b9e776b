import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acceptanceDraft, minimalDraft } from '../../tests/fixtures/acceptance.ts';
import { OFFERED_ITEMS } from '../catalogue/catalogue.ts';
import type { Item } from '../catalogue/types.ts';
import { type AcceptanceDraft, findAcceptanceProblems, neededOverrides } from './acceptanceRules.ts';
import type { Override, Party } from './types.ts';

const TODAY = '2026-11-23';
const CREDIT_CODE = '91350100M000100Y43';
/** The same with a wrong check digit; a few genuine early codes are so (domain.md §4.2). */
const EARLY_CREDIT_CODE = '91350100M000100Y44';

const PERSON: Party = {
  role: 'holder',
  kind: 'person',
  name: '张三',
  idKind: 'resident',
  idNumber: '220402199003071231',
  origin: 'card',
  overrides: [],
};
const COMPANY: Party = {
  ...PERSON,
  kind: 'organisation',
  name: '辽源市某某有限公司',
  idKind: 'credit-code',
  idNumber: CREDIT_CODE,
  origin: 'typed',
};

const problems = (overrides: Partial<AcceptanceDraft>) =>
  findAcceptanceProblems(acceptanceDraft(overrides), TODAY).map(({ code, path }) => `${code} ${path}`);
const withParty = (overrides: Partial<Party>, base = PERSON) => problems({ parties: [{ ...base, ...overrides }] });
const reason = (code: Override['code']): Override => ({ code, reason: '已核对原件' });

test('a complete draft has no problem', () => {
  expect(problems({})).toEqual([]);
  expect(problems({ parties: [PERSON, COMPANY] })).toEqual([]);
});

test('an unknown item is the only thing said', () => {
  expect(problems({ itemCode: 'A99', parties: [], materials: [] })).toEqual(['item-unknown itemCode']);
});

test('problems come in the order a clerk meets them, each with the path of its field', () => {
  const draft = {
    parties: [{ ...PERSON, role: 'agent' as const, name: ' ', idNumber: '1', phone: '12' }],
    property: { location: '  ', unitNumber: '220402' },
    conditions: ['agent' as const],
    materials: [
      { code: 'M05', form: 'shared' as const, copies: 1, pages: 1 },
      { code: 'M35', form: 'original' as const, copies: 1, pages: 1 },
    ],
  };
  expect(problems(draft)).toEqual([
    'holder-missing parties',
    'party-name parties.0.name',
    'party-id parties.0.idNumber',
    'party-phone parties.0.phone',
    'property-location property.location',
    'unit-number property.unitNumber',
    'material-missing materials.M01',
    'material-missing materials.M02',
    'material-missing materials.M28',
    'material-missing materials.M03',
    'material-missing materials.M13',
    'material-missing materials.M04',
    'material-form materials.M05',
    'material-not-in-item materials.M35',
  ]);
});

test('messages are Chinese and repeat nothing that was entered', () => {
  const entered = '某甲乙丙丁'.repeat(50);
  const draft = acceptanceDraft({
    parties: [{ ...PERSON, name: entered, idNumber: '22040219900307123Y', phone: '99999999999' }],
    property: { location: '', unitNumber: '9'.repeat(28) },
  });
  const messages = findAcceptanceProblems(draft, TODAY).map((problem) => problem.message);
  expect(messages).toHaveLength(5);
  for (const message of messages) {
    expect(message).toMatch(/[\u4e00-\u9fff]/);
    expect(message).not.toMatch(/某甲|22040219|9{6}/);
  }
});

test('an item that is switched off is refused like an unknown one', () => {
  expect(problems({ itemCode: 'X01' })).toEqual(['item-unknown itemCode']);
});

describe('the kind of project', () => {
  const d01 = {
    itemCode: 'D01',
    materials: ['M01', 'M02', 'M28', 'M25', 'M22', 'M23', 'M24'].map((code) =>
      code === 'M02' ? { ...material(code), form: 'viewed' as const } : material(code),
    ),
  };
  test('D01 cannot be accepted without it: there would be no promised time', () => {
    expect(problems(d01)).toEqual(['project-kind-missing projectKind']);
    expect(problems({ ...d01, projectKind: 'INDUSTRIAL' })).toEqual([]);
    expect(problems({ ...d01, projectKind: 'DEVELOPER' })).toEqual([]);
  });
});

describe('the certificate of the existing right', () => {
  const withCertificate = (number: string) =>
    problems({ property: { location: '示例街1号', certificate: { number, legacy: false } } });

  test('is optional; one of the unified form is checked, an old one is taken as it is', () => {
    expect(withCertificate('吉(2018)辽源市不动产权第0000001号')).toEqual([]);
    expect(withCertificate('辽房权证龙山字第12345号')).toEqual([]);
    expect(withCertificate('吉(2018)辽源市不动产权第01号')).toEqual(['certificate-number property.certificate']);
    expect(withCertificate(' ')).toEqual(['certificate-number property.certificate']);
  });
});

test('whatever conditions hold, an item with all the papers it then asks for is accepted', () => {
  const conditions = [
    ...new Set(OFFERED_ITEMS.flatMap((item) => item.materials.flatMap((e) => e.when ?? e.unless ?? []))),
  ];
  fc.assert(
    fc.property(fc.constantFrom(...OFFERED_ITEMS), fc.subarray(conditions), (item, holding) => {
      expect(findAcceptanceProblems(minimalDraft(item, holding), TODAY)).toEqual([]);
    }),
  );
});

describe('entrusted items', () => {
  test('need no applicant and no application, only what the court brings', () => {
    const item = OFFERED_ITEMS.find(({ code }) => code === 'A03') as Item;
    const { seal } = minimalDraft(item);
    const draft = { itemCode: 'A03', parties: [], seal, materials: [material('M14')] };
    expect(problems(draft)).toEqual([]);
    expect(problems({ ...draft, materials: [] })).toEqual(['material-missing materials.M14']);
  });

  test('nobody applies for a correction ex officio either', () => {
    expect(problems({ itemCode: 'B11', parties: [], materials: [material('M16')] })).toEqual([]);
  });
});

describe('materials', () => {
  test('a condition that holds asks for its materials', () => {
    const conditions = ['agent' as const];
    expect(problems({ conditions })).toEqual(['material-missing materials.M03']);
  });

  test('an agent needs a power of attorney although nobody ticked the condition', () => {
    expect(problems({ parties: [PERSON, { ...PERSON, role: 'agent' }] })).toEqual(['material-missing materials.M03']);
  });

  test('a condition that belongs to other items asks for nothing', () => {
    expect(problems({ conditions: ['tax', 'pre-notice'] })).toEqual([]);
  });

  test('what the item does not take is refused, known or not', () => {
    const { materials } = acceptanceDraft();
    expect(problems({ materials: [...materials, material('M35'), material('M99')] })).toEqual([
      'material-not-in-item materials.M35',
      'material-not-in-item materials.M99',
    ]);
  });
});

describe('persons', () => {
  test.each([
    ['2204021990030712', '应为 18 位'],
    ['220402900307123', '15 位旧号码'],
    ['2204021990030712X1', '只能是数字'],
    ['220402199013071231', '不是有效日期'],
    ['220402199003071230', '校验位不符'],
  ])('typed number %s: %s', (idNumber, message) => {
    const draft = acceptanceDraft({
      parties: [{ ...PERSON, idNumber, origin: 'typed', overrides: [reason('card-unread')] }],
    });
    const found = findAcceptanceProblems(draft, TODAY);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ code: 'party-id', path: 'parties.0.idNumber' });
    expect(found[0]?.message).toContain(message);
  });

  test('a permanent residence card has 15 characters or 18', () => {
    const residence = { idKind: 'permanent-residence' as const };
    expect(withParty({ ...residence, idNumber: 'GBR220080010101' })).toEqual([]);
    expect(withParty({ ...residence, idNumber: 'GB220080010101' })).toEqual(['party-id parties.0.idNumber']);
  });

  test('other papers need a number and nothing more', () => {
    expect(withParty({ idKind: 'other', idNumber: 'E12345678', origin: 'typed' })).toEqual([]);
    expect(withParty({ idKind: 'other', idNumber: ' ' })).toEqual(['party-id parties.0.idNumber']);
  });

  test('a person has no credit code, and an organisation no identity card', () => {
    expect(withParty({ idKind: 'credit-code', idNumber: CREDIT_CODE })).toEqual(['party-id parties.0.idNumber']);
    expect(withParty({ kind: 'organisation' })).toEqual(['party-id parties.0.idNumber']);
  });

  test('names have 1 to 50 characters, those of organisations 200; rare characters count once', () => {
    expect(withParty({ name: '𠮷'.repeat(50) })).toEqual([]);
    expect(withParty({ name: '𠮷'.repeat(51) })).toEqual(['party-name parties.0.name']);
    expect(withParty({ name: '司'.repeat(200) }, COMPANY)).toEqual([]);
    expect(withParty({ name: '司'.repeat(201) }, COMPANY)).toEqual(['party-name parties.0.name']);
  });

  test.each(['13800000001', '0437-1234567', '04371234567', '010-12345678', ''])('telephone %j is right', (phone) => {
    expect(withParty({ phone })).toEqual([]);
  });

  test.each(['12800000001', '1380000000', '138000000011', '1234567', 'abc'])('telephone %j is wrong', (phone) => {
    expect(withParty({ phone })).toEqual(['party-phone parties.0.phone']);
  });
});

describe('warnings a clerk may override with a reason', () => {
  test.each([
    ['an expired card', 'card-expired', { ...PERSON, cardValidTo: '2026-11-22' }],
    ['a wrong check digit on the chip', 'id-check-digit', { ...PERSON, idNumber: '220402199003071230' }],
    ['a typed number', 'card-unread', { ...PERSON, origin: 'typed' }],
    ['an early credit code', 'credit-code-check-digit', { ...COMPANY, idNumber: EARLY_CREDIT_CODE }],
  ] as [string, Override['code'], Party][])('%s needs a reason', (_name, code, party) => {
    const missing = [`override-missing parties.0.overrides.${code}`];
    expect(neededOverrides(party, TODAY)).toEqual([code]);
    expect(problems({ parties: [party] })).toEqual(missing);
    expect(problems({ parties: [{ ...party, overrides: [{ code, reason: '  ' }] }] })).toEqual(missing);
    expect(problems({ parties: [{ ...party, overrides: [reason(code)] }] })).toEqual([]);
  });

  test('a reason for something else does not count', () => {
    expect(withParty({ origin: 'typed', overrides: [reason('card-expired')] })).toEqual([
      'override-missing parties.0.overrides.card-unread',
    ]);
  });

  test('several warnings need a reason each', () => {
    const party: Party = { ...PERSON, origin: 'typed', cardValidTo: '2020-01-01' };
    expect(neededOverrides(party, TODAY)).toEqual(['card-expired', 'card-unread']);
  });

  test('a card is valid on its last day, and without one for good', () => {
    expect(neededOverrides({ ...PERSON, cardValidTo: TODAY }, TODAY)).toEqual([]);
    expect(neededOverrides(PERSON, TODAY)).toEqual([]);
  });

  test('a wrong check digit that was typed is an error and not a warning', () => {
    expect(withParty({ idNumber: '220402199003071230', origin: 'typed', overrides: [reason('card-unread')] })).toEqual([
      'party-id parties.0.idNumber',
    ]);
  });

  test('wrong length and alphabet of a credit code are errors', () => {
    expect(withParty({ idNumber: '91350100M000100Y4' }, COMPANY)).toEqual(['party-id parties.0.idNumber']);
    expect(withParty({ idNumber: '91350100M0O0100Y43' }, COMPANY)).toEqual(['party-id parties.0.idNumber']);
  });
});

test('fields of 100,000 characters are refused and hang nothing', () => {
  for (const long of [
    '1'.repeat(100_000),
    ' '.repeat(100_000),
    '0-'.repeat(50_000),
    'A '.repeat(50_000),
    '某'.repeat(100_000),
  ]) {
    const found = problems({
      itemCode: 'A09',
      parties: [{ ...PERSON, name: `x${long}x`, idNumber: `${long}x`, phone: `1${long}`, cardValidTo: long }],
      property: { location: 'x', unitNumber: `${long}x` },
      materials: [material(long)],
    });
    expect(found).toContain('party-name parties.0.name');
    expect(found).toContain('party-id parties.0.idNumber');
    expect(found).toContain('party-phone parties.0.phone');
    expect(found).toContain('unit-number property.unitNumber');
  }
});

function material(code: string) {
  return { code, form: 'original' as const, copies: 1, pages: 1 };
}
