import { fundRowsOf } from './fundRow.ts';
import { always } from './row.ts';
import type { FundItem } from './types.ts';

const row = fundRowsOf('G', null);

/** 归集, the 16 items of deposits (domain.md §2.9). */
export const GROUP_G: readonly FundItem[] = [
  row('G01', {
    name: '单位缴存登记开户',
    gloss: 'registration of an employer and its account',
    initials: 'dwjcdjkh',
    materials: always('F08', 'F09', 'F10'),
  }),
  row('G02', {
    name: '单位信息变更',
    gloss: "change of an employer's data",
    initials: 'dwxxbg',
    materials: always('F08', 'F09'),
  }),
  row('G03', {
    name: '单位注销',
    gloss: "closing of an employer's account",
    initials: 'dwzx',
    materials: always('F09', 'F28'),
  }),
  row('G04', {
    name: '个人账户设立',
    gloss: 'opening of a personal account',
    initials: 'grzhsl',
    materials: always('F09', 'F10'),
  }),
  row('G05', {
    name: '个人信息变更',
    gloss: 'change of personal data',
    initials: 'grxxbg',
    materials: always('F01', 'F11'),
  }),
  row('G06', { name: '账户封存', gloss: 'sealing of an account', initials: 'zhfc', materials: always('F09', 'F10') }),
  row('G07', { name: '账户启封', gloss: 'unsealing of an account', initials: 'zhqf', materials: always('F09', 'F10') }),
  row('G08', {
    name: '同城转移',
    gloss: 'transfer within the city',
    initials: 'tczy',
    materials: always('F09', 'F10'),
  }),
  row('G09', {
    name: '异地转移接续（转入）',
    gloss: 'transfer from another city',
    initials: 'ydzyjxzr',
    materials: always('F01', 'F11'),
  }),
  row('G10', {
    name: '异地转移接续（转出）',
    gloss: 'transfer to another city',
    initials: 'ydzyjxzc',
    materials: always('F01', 'F11'),
  }),
  row('G11', { name: '汇缴', gloss: 'monthly deposit', initials: 'hj', materials: always('F29') }),
  row('G12', { name: '补缴', gloss: 'deposit in arrears', initials: 'bj', materials: always('F29', 'F10') }),
  row('G13', {
    name: '缴存基数、比例调整',
    gloss: 'change of the base or the rate of deposits',
    initials: 'jcjsbltz',
    materials: always('F09', 'F10'),
  }),
  row('G14', {
    name: '降低比例或缓缴',
    gloss: 'lower rate, or deposit deferred',
    initials: 'jdblhhj',
    materials: always('F09', 'F30'),
  }),
  row('G15', {
    name: '错缴更正',
    gloss: 'correction of a wrong deposit',
    initials: 'cjgz',
    materials: always('F09', 'F31'),
  }),
  row('G16', { name: '缴存证明出具', gloss: 'certificate of deposits', initials: 'jczmcj', materials: always('F01') }),
];
