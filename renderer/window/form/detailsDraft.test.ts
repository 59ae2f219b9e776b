import { describe, expect, test } from 'vitest';
import { CATALOGUE } from '../../../domain/catalogue/catalogue.ts';
import type { Catalogue } from '../../../domain/catalogue/types.ts';
import { chooseDelivery, chooseItem, setField, toggleEncumbrance, toggleMaterial } from './formActions.ts';
import { checklistOf, problemsOf, toAcceptanceDraft } from './formDraft.ts';
import { FIRST_RULES } from './formRules.ts';
import { emptyForm, type FormParty, type FormState } from './formState.ts';
import { mortgageAfter } from './mortgageAfter.ts';
import { readStoredForm } from './storedForm.ts';

const TODAY = '2026-11-23';
const PF_HALL = { offers: ['registration', 'provident-fund'], place: 'pf-hall' } as const;
const COMMAND = '6a1f0d5c-6a0f-4b43-9a52-0c3c4dbb3b11';

const PARTY: FormParty = {
  key: 'a',
  role: 'holder',
  kind: 'person',
  name: '张三',
  idKind: 'resident',
  idNumber: '220402199003071231',
  origin: 'card',
  phone: '13804370001',
  address: '示例街1号',
  share: '1/2',
  bankNumber: '6228 4800 0123 4567 897',
  overrides: [],
};
const SECOND: FormParty = { ...PARTY, key: 'b', name: '李娜', idNumber: '220403198506150048', share: ' 50% ' };

function formOf(itemCode: string, part: Partial<FormState> = {}): FormState {
  return { ...chooseItem(emptyForm(COMMAND), itemCode), parties: [PARTY], location: '示例街1号', ...part };
}

const draftOf = (form: FormState) => toAcceptanceDraft(form, CATALOGUE);
const messages = (form: FormState, path: string) =>
  problemsOf(form, TODAY, { catalogue: CATALOGUE, counter: PF_HALL })
    .concat(problemsOf(form, TODAY, FIRST_RULES))
    .filter((problem) => problem.path === path)
    .map(({ message }) => message);

describe('money', () => {
  test.each([
    ['300,000.5', 30_000_050],
    ['￥680000', 68_000_000],
  ])('%s is %i fen', (typed, fen) => {
    expect(draftOf(setField(formOf('A05'), 'mortgage.amountFen', typed)).mortgage?.amountFen).toBe(fen);
    expect(draftOf(setField(formOf('C01'), 'priceFen', typed)).priceFen).toBe(fen);
  });

  test('what cannot be read is said in its own sentence, not as missing', () => {
    const form = setField(formOf('A05'), 'mortgage.amountFen', '30万');
    expect(messages(form, 'mortgage.amountFen')).toContain('金额应为数字，如 550.00，单位为元');
    expect(messages(formOf('A05'), 'mortgage.amountFen')).toContain('缺担保债权数额');
    const optional = setField(formOf('C03'), 'priceFen', '1.234');
    expect(messages(optional, 'priceFen')).toContain('金额小数点后最多 2 位（到分）');
  });
});

test('days are read as people write them', () => {
  let form = setField(formOf('A05'), 'mortgage.amountFen', '1');
  form = setField(setField(form, 'mortgage.from', '20261123'), 'mortgage.to', '2046年11月22日');
  expect(draftOf(form).mortgage).toEqual({ way: 'ordinary', amountFen: 100, from: '2026-11-23', to: '2046-11-22' });
  expect(messages(setField(form, 'mortgage.to', '2046-13-01'), 'mortgage.to')).toContain('日期的月份应为 1 至 12');
});

test('a service by a court is an instant, to the second', () => {
  const form = setField(formOf('A03', { parties: [] }), 'seal.deliveredAt', '2026-11-23 09:41:05');
  expect(draftOf(form).seal?.deliveredAt).toBe('2026-11-23T01:41:05.000Z');
  expect(messages(setField(form, 'seal.deliveredAt', '9:41'), 'seal.deliveredAt')).toContain(
    '时间应精确到秒，如 2026-11-23 09:41:05',
  );
});

describe('how several own', () => {
  test('one holder owns alone; two say how, and their shares go along only by shares', () => {
    expect(draftOf(formOf('C01')).coOwnership).toBe('sole');
    const two = formOf('C01', { parties: [PARTY, SECOND] });
    expect(draftOf(two)).not.toHaveProperty('coOwnership');
    const joint = draftOf(setField(two, 'coOwnership', 'joint'));
    expect([joint.coOwnership, joint.parties.map(({ share }) => share)]).toEqual(['joint', [undefined, undefined]]);
    const shares = draftOf(setField(two, 'coOwnership', 'shares'));
    expect(shares.parties.map(({ share }) => share)).toEqual(['1/2', '50%']);
  });

  test('a mortgage has neither', () => {
    const draft = draftOf(setField(formOf('A05', { parties: [PARTY, SECOND] }), 'coOwnership', 'shares'));
    expect(draft).not.toHaveProperty('coOwnership');
    expect(draft.parties[0]).not.toHaveProperty('share');
  });
});

test('a card goes with the fund only, without its spaces', () => {
  expect(draftOf(formOf('P03')).parties[0]?.bankNumber).toBe('6228480001234567897');
  expect(draftOf(formOf('A05')).parties[0]).not.toHaveProperty('bankNumber');
});

test('what is filled in for one item is kept and not sent with another', () => {
  const form = setField(setField(formOf('C01'), 'priceFen', '680000'), 'property.use', 'dwelling');
  const other = chooseItem(form, 'A03');
  expect(draftOf(other)).not.toHaveProperty('priceFen');
  expect(draftOf(other).property).toEqual({ location: '示例街1号' });
  expect(draftOf(chooseItem(other, 'C01'))).toMatchObject({ priceFen: 68_000_000, property: { use: 'dwelling' } });
});

test('邮寄 begins with whom the case is made out to and never writes over what was typed', () => {
  const mail = { method: 'mail', receiver: '张三', phone: '13804370001', address: '示例街1号' };
  expect(draftOf(formOf('C01')).delivery).toEqual({ method: 'window' });
  expect(draftOf(chooseDelivery(formOf('C01'), 'mail')).delivery).toEqual(mail);
  const typed = setField(formOf('C01'), 'delivery.receiver', '王五');
  expect(draftOf(chooseDelivery(typed, 'mail')).delivery).toEqual({ ...mail, receiver: '王五' });
  expect(draftOf(chooseDelivery(formOf('A09'), 'mail'))).not.toHaveProperty('delivery');
});

describe('what the register holds', () => {
  const papers = (form: FormState) => checklistOf(form, CATALOGUE).map(({ material }) => material);

  test('a mortgage asks for consent where the item lists it, a notice also where it does not', () => {
    expect(papers(formOf('C01'))).not.toContain('M33');
    expect(papers(toggleEncumbrance(formOf('C01'), 'mortgage'))).toContain('M33');
    expect(papers(toggleEncumbrance(formOf('A05'), 'mortgage'))).not.toContain('M33');
    const noticed = toggleEncumbrance(formOf('A05'), 'notice');
    expect(papers(noticed)).toContain('M33');
    expect(draftOf(toggleMaterial(noticed, 'M33', CATALOGUE)).materials.map(({ code }) => code)).toContain('M33');
  });

  test('the own notice or mortgage needs no consent: its proof is among the papers', () => {
    const own = toggleMaterial(toggleEncumbrance(formOf('A14'), 'notice'), 'M05', CATALOGUE);
    expect(papers(own)).not.toContain('M33');
  });

  test('it goes along only where the item disposes', () => {
    const sealed = toggleEncumbrance(formOf('C01'), 'seal');
    expect(draftOf(sealed).property.encumbrances).toEqual(['seal']);
    expect(draftOf(chooseItem(sealed, 'B02')).property).not.toHaveProperty('encumbrances');
    expect(draftOf(toggleEncumbrance(sealed, 'seal')).property).not.toHaveProperty('encumbrances');
  });
});

describe('the mortgage after a loan', () => {
  const loan = {
    id: '00000000-0000-7000-8000-000000000001',
    state: 'PARALLEL' as const,
    acceptance: {
      ...draftOf(formOf('P03', { unitNumber: '220402001002GB00012F00030045' })),
      number: 'G20261123310001',
      catalogueVersion: CATALOGUE.version,
      path: [],
      source: 'pf-hall' as const,
      window: 'W31',
      hall: 'main',
      clerk: { id: '1001', name: '王敏' },
    },
  };
  const begin = (of: typeof loan, catalogue: Catalogue = CATALOGUE) => mortgageAfter(of, catalogue, PF_HALL, () => 'k');

  test('takes the home, the borrower as the one who mortgages, and the link', () => {
    const form = begin(loan)?.(emptyForm(COMMAND));
    expect(form).toMatchObject({
      itemCode: 'A05',
      location: '示例街1号',
      unitNumber: '220402001002GB00012F00030045',
      link: { caseId: loan.id, number: 'G20261123310001' },
      parties: [{ role: 'obligor', name: '张三', bankNumber: '' }],
    });
    const draft = form && draftOf(setField(form, 'link.contractNumber', '贷2026-1'));
    expect(draft?.link).toEqual({ caseId: loan.id, number: 'G20261123310001', contractNumber: '贷2026-1' });
    expect(draft && draftOf(chooseItem(form, 'A09'))).not.toHaveProperty('link');
  });

  test('is A08 for a home that is not built, and nothing at another counter, of another item, or of a loan that ended', () => {
    const other = (itemCode: string) => ({ ...loan, acceptance: { ...loan.acceptance, itemCode } });
    expect(begin(other('P01'))?.(emptyForm(COMMAND)).itemCode).toBe('A08');
    expect(begin(other('P07'))).toBeNull();
    expect(begin(other('A05'))).toBeNull();
    expect(begin({ ...loan, state: 'ISSUED' as never })).toBeNull();
    expect(mortgageAfter(loan, CATALOGUE, { offers: ['provident-fund'], place: 'hall' }, () => 'k')).toBeNull();
  });
});

test('everything of it comes back from a kept draft', () => {
  const form: FormState = {
    ...chooseDelivery(toggleEncumbrance(formOf('C01'), 'notice'), 'mail'),
    catalogueVersion: '2026.3',
    link: { caseId: 'c', number: 'n' },
  };
  expect(readStoredForm(JSON.parse(JSON.stringify(form)) as Record<string, unknown>)).toEqual(form);
  const strange = {
    ...form,
    fields: { priceFen: 7, unknown: 'x', objection: 'o' },
    encumbrances: ['seal', 'war'],
    link: 1,
  };
  expect(readStoredForm(JSON.parse(JSON.stringify(strange)) as Record<string, unknown>)).toMatchObject({
    fields: { objection: 'o' },
    encumbrances: ['seal'],
    link: null,
  });
});
