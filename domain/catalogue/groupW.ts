import { fundRowsOf } from './fundRow.ts';
import { always } from './row.ts';
import type { FundItem } from './types.ts';

const row = fundRowsOf('W', 3, always('F01', 'F12', 'F06'));

/** 提取, the 13 grounds of withdrawal (domain.md §2.9); decided within three days (住房公积金管理条例 §25). */
export const GROUP_W: readonly FundItem[] = [
  row('W01', {
    name: '购买新建商品房提取',
    gloss: 'newly built home bought',
    initials: 'gmxjspftq',
    property: true,
    materials: always('F03', 'F13'),
  }),
  row('W02', {
    name: '购买存量房提取',
    gloss: 'existing home bought',
    initials: 'gmclftq',
    property: true,
    materials: always('F03', 'F14'),
  }),
  row('W03', {
    name: '建造、翻建、大修提取',
    gloss: 'home built, rebuilt or overhauled',
    initials: 'jzfjdxtq',
    property: true,
    materials: always('F15'),
  }),
  row('W04', {
    name: '偿还公积金贷款提取（对冲还贷）',
    gloss: 'repayment of a fund loan',
    initials: 'chgjjdktqdchd',
    materials: always('F16'),
  }),
  row('W05', {
    name: '偿还商业住房贷款提取',
    gloss: "repayment of a bank's home loan",
    initials: 'chsyzfdktq',
    materials: always('F17'),
  }),
  row('W06', { name: '租住商品住房提取', gloss: 'rented home', initials: 'zzspzftq', materials: always('F18') }),
  row('W07', {
    name: '租住公共租赁住房提取',
    gloss: 'public rental home',
    initials: 'zzggzlzftq',
    materials: always('F19'),
  }),
  row('W08', { name: '离休、退休提取', gloss: 'retirement', initials: 'lxtxtq', materials: always('F20') }),
  row('W09', {
    name: '完全丧失劳动能力并终止劳动关系提取',
    gloss: 'disablement with the end of employment',
    initials: 'wqssldnlbzzldgxtq',
    materials: always('F21', 'F22'),
  }),
  row('W10', { name: '出境定居提取', gloss: 'emigration', initials: 'cjdjtq', materials: always('F23') }),
  row('W11', {
    name: '终止劳动关系销户提取',
    gloss: 'end of employment, account closed',
    initials: 'zzldgxxhtq',
    materials: always('F22'),
  }),
  row('W12', {
    name: '死亡提取（继承人、受遗赠人）',
    gloss: 'death: heirs and legatees',
    initials: 'swtqjcrsyzr',
    materials: always('F24'),
  }),
  row('W13', {
    name: '低保、重大疾病等困难提取',
    gloss: 'hardship: subsistence aid, grave illness',
    initials: 'dbzdjbdkntq',
    materials: always('F25'),
  }),
];
