import { APPLICATION, always, CONSENT, rowsOf, when } from './row.ts';
import type { RegistrationItem } from './types.ts';

const row = rowsOf('B', { unit: 'working-days', amount: 1 });

/** The 12 items promised in one working day (domain.md §2.3, S25). */
export const GROUP_B: readonly RegistrationItem[] = [
  row('B01', ['seed', 300, 2, 'certificate', 'unilateral', 'F½'], {
    name: '权利人姓名/名称、证件变更登记',
    gloss: 'change of name or ID of the holder',
    initials: 'qlrxmmczjbgdj',
    materials: [...APPLICATION, ...always('M04', 'M15')],
  }),
  row('B02', ['seed', 500, 2, 'certificate', 'unilateral', 'F½'], {
    name: '更正登记（依申请）',
    gloss: 'correction on application',
    initials: 'gzdjysq',
    materials: [...APPLICATION, ...always('M04', 'M16')],
  }),
  row('B03', ['seed', 600, 2, 'proof', 'unilateral', 'F½'], {
    name: '异议登记',
    gloss: 'objection',
    initials: 'yydj',
    materials: [...APPLICATION, ...always('M17')],
  }),
  row('B04', ['split', 300, 2, 'certificate', 'unilateral', 'F0'], {
    name: '坐落（门牌、地址）变更登记',
    gloss: 'change of address',
    initials: 'zlmpdzbgdj',
    materials: [...APPLICATION, ...always('M04', 'M15')],
  }),
  row('B05', ['split', 300, 2, 'certificate', 'unilateral', 'F1'], {
    name: '面积、用途、期限等自然状况变更登记',
    gloss: 'change of area, use or term',
    initials: 'mjytqxdzrzkbgdj',
    materials: [...APPLICATION, ...always('M04', 'M15'), ...when('unit-changed', 'M24')],
  }),
  row('B06', ['split', 300, 2, 'certificate', 'unilateral', 'F½'], {
    name: '同一权利人分割、合并变更登记',
    gloss: 'split/merge, same holder',
    initials: 'tyqlrfghbbgdj',
    materials: [...APPLICATION, ...always('M04', 'M15', 'M24'), ...CONSENT],
  }),
  row('B07', ['derived', 300, 2, 'proof', 'joint', 'F0'], {
    name: '抵押权变更登记',
    gloss: 'change of mortgage',
    initials: 'dyqbgdj',
    materials: [...APPLICATION, ...always('M04', 'M05', 'M44'), ...when('other-mortgagees', 'M33')],
  }),
  row('B08', ['derived', 200, 2, 'proof', 'joint', 'F1'], {
    name: '抵押权转移登记',
    gloss: 'transfer of mortgage with the claim',
    initials: 'dyqzydj',
    materials: [...APPLICATION, ...always('M05', 'M45')],
  }),
  row('B09', ['derived', 300, 2, 'proof', 'joint-or-unilateral', 'F0'], {
    name: '预告登记变更',
    gloss: 'change of advance notice',
    initials: 'ygdjbg',
    materials: [...APPLICATION, ...always('M05', 'M15')],
  }),
  row('B10', ['derived', 200, 2, 'proof', 'joint', 'F0'], {
    name: '预告登记转移',
    gloss: 'transfer of advance notice',
    initials: 'ygdjzy',
    materials: [...APPLICATION, ...always('M05', 'M45')],
  }),
  row('B11', ['derived', 500, 2, 'certificate', 'ex-officio', 'F0'], {
    name: '更正登记（依职权）',
    gloss: 'correction ex officio',
    initials: 'gzdjyzq',
    materials: always('M16'),
  }),
  row('B12', ['derived', 300, 2, 'proof', 'joint', 'F0'], {
    name: '在建建筑物抵押权转建筑物抵押权登记',
    gloss: 'construction mortgage turned into building mortgage',
    initials: 'zjjzwdyqzjzwdyqdj',
    materials: [...APPLICATION, ...always('M05', 'M04', 'M23')],
  }),
];
