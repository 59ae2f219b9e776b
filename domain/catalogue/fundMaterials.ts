import type { Material } from './types.ts';

/** The six papers a loan takes, once twenty (S12); the seed gives their number, domain.md §2.9 their names. */
const LOAN: readonly Material[] = [
  { code: 'F01', name: '身份证明', forms: ['viewed', 'shared'], hint: '身份证须经读卡器核验' },
  { code: 'F02', name: '婚姻状况证明', forms: ['viewed', 'shared'], hint: '已婚的核对配偶姓名' },
  { code: 'F03', name: '购房合同（备案）', forms: ['viewed', 'shared'], hint: '核对备案编号' },
  { code: 'F04', name: '首付款凭证', forms: ['viewed'], hint: '核对付款人和金额' },
  { code: 'F05', name: '借款申请表（含授权承诺）', forms: ['original'], hint: '由终端打印，申请人签字' },
  { code: 'F06', name: '还款银行卡', forms: ['viewed'], hint: '核对卡号和户名' },
];

/** What the pattern of 住房公积金管理条例 §13–§26 needs; no list of the city is known. */
const OWN: readonly Material[] = [
  { code: 'F07', name: '授权委托书及代理人身份证明', forms: ['original', 'viewed'], hint: '由他人代办时' },
  { code: 'F08', name: '单位登记证照', forms: ['viewed', 'shared'], hint: '核对统一社会信用代码' },
  { code: 'F09', name: '单位业务申请表', forms: ['original'], hint: '加盖单位公章' },
  { code: 'F10', name: '缴存职工清册', forms: ['original'], hint: '核对人数和金额' },
  { code: 'F11', name: '个人业务申请表', forms: ['original'], hint: '由终端打印，申请人签字' },
  { code: 'F12', name: '提取申请表', forms: ['original'], hint: '由终端打印，申请人签字' },
  { code: 'F13', name: '购房发票或付款凭证', forms: ['viewed'], hint: '核对购房人和金额' },
  { code: 'F14', name: '不动产权属证书', forms: ['shared', 'viewed'], hint: '以登记簿共享结果为准' },
  { code: 'F15', name: '建造、翻建、大修批准文件', forms: ['viewed'], hint: '规划或房屋安全部门出具' },
  { code: 'F16', name: '公积金贷款还款信息', forms: ['shared'], hint: '由业务系统取得' },
  { code: 'F17', name: '商业住房贷款合同及还款明细', forms: ['viewed'], hint: '核对借款人和还款期' },
  { code: 'F18', name: '家庭住房情况', forms: ['shared', 'viewed'], hint: '以登记簿共享结果为准' },
  { code: 'F19', name: '公共租赁住房合同及租金凭证', forms: ['viewed'], hint: '核对承租人和租期' },
  { code: 'F20', name: '离休、退休证明', forms: ['shared', 'viewed'], hint: '以人社共享结果为准' },
  { code: 'F21', name: '劳动能力鉴定结论', forms: ['viewed'], hint: '完全丧失劳动能力' },
  { code: 'F22', name: '终止劳动关系证明', forms: ['viewed', 'shared'], hint: '核对终止日期' },
  { code: 'F23', name: '出境定居证明', forms: ['viewed'], hint: '户口注销或定居许可' },
  { code: 'F24', name: '死亡证明及继承、受遗赠证明', forms: ['viewed'], hint: '核对继承人或受遗赠人' },
  { code: 'F25', name: '低保、重大疾病等困难证明', forms: ['viewed', 'shared'], hint: '民政部门或医院出具' },
  { code: 'F26', name: '对冲还贷协议', forms: ['original'], hint: '借款人和配偶签字' },
  { code: 'F27', name: '借款人变更协议', forms: ['original'], hint: '原借款人和新借款人签字' },
  { code: 'F28', name: '单位注销证明', forms: ['viewed', 'shared'], hint: '核对注销日期' },
  { code: 'F29', name: '汇缴、补缴书', forms: ['original'], hint: '核对缴存月份和金额' },
  { code: 'F30', name: '职工代表大会或工会决议', forms: ['original'], hint: '加盖工会印章' },
  { code: 'F31', name: '错缴情况说明', forms: ['original'], hint: '加盖单位公章' },
];

/** Papers of the provident-fund items. */
export const FUND_MATERIALS: readonly Material[] = [
  ...LOAN,
  ...OWN.map((material) => ({ ...material, derived: true as const })),
];
