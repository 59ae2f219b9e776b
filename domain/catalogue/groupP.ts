import { fundRowsOf, LOAN_PAPERS } from './fundRow.ts';
import { always } from './row.ts';
import type { FundItem } from './types.ts';

const row = fundRowsOf('P', null);

/**
 * 贷款, 13 items (domain.md §2.9). The first three are loans proper: decided within fifteen days (住房公积金管理条例 §26), and
 * paid only when the mortgage stands in the register (S9), fastest in 90 minutes (S4).
 */
export const GROUP_P: readonly FundItem[] = [
  row('P01', {
    name: '购买新建商品房（期房）贷款',
    gloss: 'loan for a home not yet built',
    initials: 'gmxjspfqfdk',
    property: true,
    statutoryDays: 15,
    targetMinutes: 90,
    linkedItems: ['A08'],
    materials: LOAN_PAPERS,
  }),
  row('P02', {
    name: '购买存量房贷款',
    gloss: 'loan for an existing home',
    initials: 'gmclfdk',
    property: true,
    statutoryDays: 15,
    targetMinutes: 90,
    linkedItems: ['C01', 'A05'],
    materials: LOAN_PAPERS,
  }),
  row('P03', {
    name: '购买现房、建造翻建大修贷款',
    gloss: 'loan for a finished home, building or overhaul',
    initials: 'gmxfjzfjdxdk',
    property: true,
    statutoryDays: 15,
    targetMinutes: 90,
    linkedItems: ['A05'],
    materials: LOAN_PAPERS,
  }),
  row('P04', { name: '额度预审', gloss: 'estimate of the amount', initials: 'edys', materials: always('F01', 'F05') }),
  row('P05', {
    name: '还款方式变更',
    gloss: 'change of the way of repayment',
    initials: 'hkfsbg',
    materials: always('F01', 'F11'),
  }),
  row('P06', {
    name: '还款账户变更',
    gloss: 'change of the account of repayment',
    initials: 'hkzhbg',
    materials: always('F01', 'F11', 'F06'),
  }),
  row('P07', {
    name: '提前部分还款',
    gloss: 'early repayment in part',
    initials: 'tqbfhk',
    materials: always('F01', 'F11'),
  }),
  row('P08', { name: '提前结清', gloss: 'early repayment in full', initials: 'tqjq', materials: always('F01', 'F11') }),
  row('P09', {
    name: '对冲还贷签约、解约',
    gloss: 'agreement on repayment from deposits, made or ended',
    initials: 'dchdqyjy',
    materials: always('F01', 'F26'),
  }),
  row('P10', { name: '期限变更', gloss: 'change of term', initials: 'qxbg', materials: always('F01', 'F11') }),
  row('P11', { name: '借款人变更', gloss: 'change of borrower', initials: 'jkrbg', materials: always('F01', 'F27') }),
  row('P12', {
    name: '结清证明及解押材料',
    gloss: 'certificate of repayment, papers for the release',
    initials: 'jqzmjjycl',
    materials: always('F01'),
  }),
  row('P13', {
    name: '贷款及还款计划查询打印',
    gloss: 'print of loan and repayment plan',
    initials: 'dkjhkjhcxdy',
    materials: always('F01'),
  }),
];
