import { expect, test } from 'vitest';
import { acceptanceDraft } from '../../tests/fixtures/acceptance.ts';
import type { Refusal } from './progress.ts';
import { competentRegistrarOf, findRefusalProblems, missingPapersOf } from './refusalRules.ts';

const draft = acceptanceDraft({ materials: acceptanceDraft().materials.slice(0, 3) });
const refusal = (change: Partial<Refusal> = {}): Refusal => ({
  ground: 'incomplete',
  reason: '申请材料不齐全',
  missing: missingPapersOf(draft),
  ...change,
});
const paths = (change: Partial<Refusal>, of = draft) =>
  findRefusalProblems(of, refusal(change)).map(({ path }) => path);

test('everything the checklist lacks is named, and nothing that was taken', () => {
  expect(missingPapersOf(draft).map(({ material }) => material)).toEqual(['M05', 'M13', 'M04']);
  expect(missingPapersOf(acceptanceDraft())).toEqual([]);
  expect(paths({})).toEqual([]);
});

test('a list that leaves one out is refused by its name: a second notice would be our fault', () => {
  const problems = findRefusalProblems(draft, refusal({ missing: missingPapersOf(draft).slice(1) }));
  expect(problems).toEqual([{ path: 'refusal.missing', message: '须一次列全，还差：不动产登记证明' }]);
  expect(paths({ missing: [] })).toEqual(['refusal.missing']);
});

test.each<[string, Partial<Refusal>, typeof draft, string[]]>([
  ['a reason', { reason: ' ' }, draft, ['refusal.reason']],
  ['the competent registrar', { ground: 'other-registrar', missing: [] }, draft, ['refusal.competentRegistrar']],
  ['somebody to tell it to', {}, { ...draft, parties: [] }, ['parties']],
  ['an item', { ground: 'other', missing: [] }, { ...draft, itemCode: 'X99' }, ['itemCode']],
  ['why a paper is not enough', { missing: [{ text: '合同', why: '' }] }, draft, ['refusal.missing']],
])('it needs %s', (_what, change, of, expected) => {
  expect(paths(change, of)).toEqual(expected);
});

test.each([
  ['220421001002GB00012F00030045', '东丰县不动产登记中心'],
  ['220422 001002 GB00012', '东辽县不动产登记中心'],
  ['220402001002GB00012F00030045', null],
  [undefined, null],
])('the registrar of %s', (unit, expected) => {
  expect(competentRegistrarOf(unit)).toBe(expected);
});

test('what the office obtains by data sharing is asked of nobody, by its code or by its name', () => {
  const sale = acceptanceDraft({ itemCode: 'C01', materials: [] });
  const named = missingPapersOf(sale).map(({ material }) => material);
  expect(named).toEqual(['M01', 'M02', 'M28', 'M04', 'M06']);
  const papers = missingPapersOf(sale);
  const messages = (extra: Refusal['missing'][number]) =>
    findRefusalProblems(sale, refusal({ missing: [...papers, extra] })).map(({ message }) => message);
  const demanded = ['由数据共享取得，不得要求申请人提交：契税完税或减免税凭证'];
  expect(messages({ material: 'M07', text: '完税凭证', why: '未提交' })).toEqual(demanded);
  expect(messages({ text: ' 契税完税或减免税凭证 ', why: '未提交' })).toEqual(demanded);
  expect(messages({ text: '共有人同意书', why: '未提交' })).toEqual([]);
});
