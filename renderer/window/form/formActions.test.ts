import { describe, expect, test } from 'vitest';
import type { IdentityCard } from '../../../contract/identity.ts';
import { CATALOGUE } from '../../../domain/catalogue/catalogue.ts';
import { conditionsOf, questionsOf } from './conditions.ts';
import {
  addParty,
  answerCard,
  answerCondition,
  changeCopies,
  chooseItem,
  cycleMaterialForm,
  giveReason,
  layCard,
  removeParty,
  setField,
  toggleMaterial,
} from './formActions.ts';
import { checklistOf, problemsOf, toAcceptanceDraft } from './formDraft.ts';
import { FIRST_RULES } from './formRules.ts';
import { emptyForm, type FormParty, type FormState, isUntouched } from './formState.ts';
import { readStoredForm } from './storedForm.ts';

const TODAY = '2026-11-23';
const COMMAND = '6a1f0d5c-6a0f-4b43-9a52-0c3c4dbb3b11';

const CARD: IdentityCard = {
  kind: 'resident',
  name: '测试甲',
  latinName: null,
  sex: 'male',
  birth: '1900-01-01',
  number: '110101190001010014',
  address: '某某省某某市测试区示例路1号',
  validFrom: '2020-01-01',
  validTo: null,
  passNumber: null,
  nationality: null,
  warnings: [],
};
const SECOND: IdentityCard = { ...CARD, name: '测试乙', kind: 'hmt-residence', number: '810000190001010026' };

const TYPED: FormParty = {
  key: 'typed',
  role: 'holder',
  kind: 'person',
  name: '张三',
  idKind: 'resident',
  idNumber: '220402199003071231',
  origin: 'typed',
  phone: '',
  share: '',
  bankNumber: '',
  overrides: [],
};
const BANK: FormParty = {
  ...TYPED,
  key: 'bank',
  kind: 'organisation',
  name: '辽源市某某有限公司',
  idKind: 'credit-code',
  idNumber: '91350100M000100Y43',
};

function laid(form: FormState, card: IdentityCard, key = 'k'): FormState {
  const next = layCard(form, card, key);
  if (next === 'ask') throw new Error('asked');
  return next;
}

describe('cards', () => {
  test('the first card fills the holder at once and ticks the proof of identity', () => {
    const form = laid(emptyForm(COMMAND), CARD);
    expect(form.parties).toMatchObject([
      { role: 'holder', name: '测试甲', idKind: 'resident', idNumber: CARD.number, origin: 'card', overrides: [] },
    ]);
    expect(form.materials.M02).toMatchObject({ form: 'viewed', copies: 1, byCard: true });
  });

  test('a second person is asked about; each answer gives the role', () => {
    const form = laid(emptyForm(COMMAND), CARD);
    expect(layCard(form, SECOND, 'k2')).toBe('ask');
    const roles = (['joint', 'agent', 'obligor'] as const).map(
      (answer) => answerCard(form, SECOND, answer, 'k2').parties[1]?.role,
    );
    expect(roles).toEqual(['holder', 'agent', 'obligor']);
  });

  test('换人 replaces the person added last and keeps the role', () => {
    const two = answerCard(laid(emptyForm(COMMAND), CARD), SECOND, 'agent', 'k2');
    const third = answerCard(two, { ...CARD, name: '测试丁', number: '911999190001010013' }, 'replace', 'k3');
    expect(third.parties.map((party) => [party.name, party.role])).toEqual([
      ['测试甲', 'holder'],
      ['测试丁', 'agent'],
    ]);
  });

  test('the same card again asks nothing; a typed person becomes a read one and keeps the phone', () => {
    const typed = addParty(emptyForm(COMMAND), { ...TYPED, idNumber: CARD.number, phone: '13800000001' });
    const reasoned = giveReason(typed, 'typed', 'card-unread', '读卡器故障');
    const merged = laid(reasoned, CARD);
    expect(merged.parties).toMatchObject([{ key: 'typed', origin: 'card', phone: '13800000001', overrides: [] }]);
    expect(merged.materials.M02?.byCard).toBe(true);
  });

  test('a person without a card takes back the tick that only a card justifies, not the one of the clerk', () => {
    const form = laid(emptyForm(COMMAND), CARD);
    expect(addParty(form, TYPED).materials.M02).toBeUndefined();
    const byHand = toggleMaterial(toggleMaterial(form, 'M02', CATALOGUE), 'M02', CATALOGUE);
    expect(addParty(byHand, TYPED).materials.M02?.byCard).toBe(false);
  });

  test('the last person leaving takes the tick along', () => {
    expect(isUntouched(removeParty(laid(emptyForm(COMMAND), CARD), 'k'))).toBe(true);
  });
});

describe('reasons', () => {
  test('one reason per warning: the newest stands, an empty one takes it back, others stay', () => {
    let form = addParty(emptyForm(COMMAND), TYPED);
    form = giveReason(form, 'typed', 'card-expired', 'a');
    form = giveReason(form, 'typed', 'card-unread', 'b');
    form = giveReason(form, 'typed', 'card-unread', 'c');
    expect(form.parties[0]?.overrides).toEqual([
      { code: 'card-expired', reason: 'a' },
      { code: 'card-unread', reason: 'c' },
    ]);
    expect(giveReason(form, 'typed', 'card-unread', '').parties[0]?.overrides).toEqual([
      { code: 'card-expired', reason: 'a' },
    ]);
  });
});

describe('conditions', () => {
  test('an agent among the parties asks for the power of attorney and cannot be answered away', () => {
    const form = answerCard(chooseItem(laid(emptyForm(COMMAND), CARD), 'A05'), SECOND, 'agent', 'k2');
    expect(checklistOf(form, CATALOGUE).map((entry) => entry.material)).toContain('M03');
    expect(conditionsOf(answerCondition(form, 'agent', false), CATALOGUE)).toContain('agent');
  });

  test('the grantor decides about the resolution of an organisation: the obligor, else the holder', () => {
    const sole = chooseItem(addParty(emptyForm(COMMAND), BANK), 'A05');
    expect(conditionsOf(sole, CATALOGUE)).toContain('organisation');
    expect(conditionsOf(addParty(sole, { ...TYPED, role: 'obligor' }), CATALOGUE)).not.toContain('organisation');
    expect(conditionsOf(answerCondition(sole, 'organisation', false), CATALOGUE)).not.toContain('organisation');
  });

  test('only what the item lists is asked', () => {
    const asked = (code: string) =>
      questionsOf(chooseItem(emptyForm(COMMAND), code), CATALOGUE).map((question) => question.condition);
    expect(asked('A03')).toEqual([]);
    expect(asked('A04').sort()).toEqual(['maintenance-fund', 'pre-notice', 'tax']);
    expect(asked('C04').sort()).toEqual(['developer-certificate']);
    expect(asked('C13').sort()).toEqual(['certificate-withheld', 'encumbered']);
    expect(asked('')).toEqual([]);
  });
});

describe('materials', () => {
  test('forms cycle through what is allowed; sharing has no copies', () => {
    let form = toggleMaterial(emptyForm(COMMAND), 'M06', CATALOGUE);
    expect(form.materials.M06).toMatchObject({ form: 'original', copies: 1 });
    form = cycleMaterialForm(form, 'M06', 1, CATALOGUE);
    expect(form.materials.M06).toMatchObject({ form: 'shared', copies: 0 });
    expect(changeCopies(form, 'M06', 1)).toBe(form);
    form = cycleMaterialForm(form, 'M06', -1, CATALOGUE);
    expect(form.materials.M06).toMatchObject({ form: 'original', copies: 1 });
  });

  test('copies stay between 1 and 999', () => {
    const form = toggleMaterial(emptyForm(COMMAND), 'M08', CATALOGUE);
    expect(changeCopies(form, 'M08', -1).materials.M08?.copies).toBe(1);
    expect(changeCopies(changeCopies(form, 'M08', 1), 'M08', 1).materials.M08?.copies).toBe(3);
  });
});

describe('what is sent', () => {
  const complete = (): FormState => {
    const item = chooseItem(laid(emptyForm(COMMAND), CARD), 'A05');
    const filled = {
      ...setField(item, 'mortgage.amountFen', '300,000'),
      location: ' 龙山区示例路 1 号 ',
      unitNumber: '220402 001002 gb00012 f00030045',
    };
    return ['M01', 'M28', 'M04', 'M08', 'M09'].reduce((form, code) => toggleMaterial(form, code, CATALOGUE), filled);
  };

  test('a filled form has no problems and is normalised', () => {
    expect(problemsOf(complete(), TODAY, FIRST_RULES)).toEqual([]);
    expect(toAcceptanceDraft(complete(), CATALOGUE)).toMatchObject({
      property: { location: '龙山区示例路 1 号', unitNumber: '220402001002GB00012F00030045' },
      conditions: [],
    });
    expect(Object.keys(toAcceptanceDraft(complete(), CATALOGUE).parties[0] ?? {})).not.toContain('key');
  });

  test('papers of another item are kept in the form and not sent', () => {
    const changed = chooseItem(complete(), 'A12');
    expect(
      toAcceptanceDraft(changed, CATALOGUE)
        .materials.map((material) => material.code)
        .sort(),
    ).toEqual(['M01', 'M02', 'M28']);
    expect(changed.materials.M08).toBeDefined();
  });

  test('the kind of project goes with D01 only', () => {
    const form = { ...complete(), projectKind: 'DEVELOPER' as const };
    expect(toAcceptanceDraft(chooseItem(form, 'D01'), CATALOGUE).projectKind).toBe('DEVELOPER');
    expect(toAcceptanceDraft(form, CATALOGUE)).not.toHaveProperty('projectKind');
    const open = problemsOf(chooseItem(complete(), 'D01'), TODAY, FIRST_RULES).map((problem) => problem.code);
    expect(open[0]).toBe('project-kind-missing');
  });

  test('the certificate number goes with an item that takes the certificate, normalised', () => {
    const form = { ...complete(), certificate: ' 吉（2018）辽源市不动产权第0000001号 ' };
    const certificate = { number: '吉(2018)辽源市不动产权第0000001号', legacy: false };
    expect(toAcceptanceDraft(form, CATALOGUE).property.certificate).toEqual(certificate);
    expect(toAcceptanceDraft(chooseItem(form, 'A03'), CATALOGUE).property).not.toHaveProperty('certificate');
    const wrong = { ...form, certificate: '不动产权第1号' };
    expect(problemsOf(wrong, TODAY, FIRST_RULES).map((problem) => problem.path)).toEqual(['property.certificate']);
  });

  test('an expired card wants its reason, by the same rule as the service', () => {
    const form = laid(emptyForm(COMMAND), { ...CARD, validTo: '2025-01-01' }, 'x');
    const open = problemsOf(chooseItem(form, 'A05'), TODAY, FIRST_RULES).map((problem) => problem.path);
    expect(open).toContain('parties.0.overrides.card-expired');
    const answered = giveReason(chooseItem(form, 'A05'), 'x', 'card-expired', '已核验临时身份证');
    expect(problemsOf(answered, TODAY, FIRST_RULES).map((problem) => problem.path)).not.toContain(
      'parties.0.overrides.card-expired',
    );
  });
});

describe('a kept draft', () => {
  test('comes back as it was, with its command id', () => {
    const form = answerCard(chooseItem(laid(emptyForm(COMMAND), CARD), 'A05'), SECOND, 'agent', 'k2');
    expect(readStoredForm(JSON.parse(JSON.stringify(form)) as Record<string, unknown>)).toEqual(
      JSON.parse(JSON.stringify(form)),
    );
  });

  test('of another shape never stops the window', () => {
    expect(readStoredForm(null)).toBeNull();
    expect(readStoredForm({ some: 'thing' })).toBeNull();
    expect(
      readStoredForm({ commandId: COMMAND, parties: [{ key: 1 }], hand: 3, materials: { M01: 'x' }, itemCode: 7 }),
    ).toEqual(emptyForm(COMMAND));
  });
});
