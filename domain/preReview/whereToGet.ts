import { findMaterial, REGISTRATION_TYPE_NAMES } from '../catalogue/catalogue.ts';
import type { Catalogue, Item } from '../catalogue/types.ts';
import { conditionWords } from './questions.ts';

/** Where a paper is to be had, for whoever lacks it. Places of a kind, no addresses: those differ by year and district. */
const PLACES: Readonly<Record<string, string>> = {
  M02: '本人保管；遗失的到户籍派出所办临时身份证',
  M03: '委托人当面签，或到公证处办理',
  M04: '权利人保管；遗失的可先在本厅办补证',
  M05: '权利人保管；遗失的可先在本厅办补证',
  M06: '住建部门网签备案，开发商或中介可代办',
  M08: '贷款银行（债权人）',
  M09: '贷款银行（抵押权人）',
  M10: '贷款银行（抵押权人）',
  M11: '开发商（已备案的一份）',
  M12: '与开发商在合同中约定，或另写一份',
  M13: '贷款银行开结清证明',
  M14: '作出裁定的法院',
  M15: '公安、市场监管或地名部门',
  M16: '出具原材料的单位，或权利人书面同意',
  M17: '自备，能说明与房屋的关系',
  M18: '双方签订，可索取示范文本',
  M19: '征收（拆迁）实施单位',
  M20: '公证处、派出所、医院或村（居）委会',
  M21: '民政局婚姻登记处或法院',
  M22: '自然资源（规划）部门',
  M23: '建设单位，或住建部门备案处',
  M24: '有资质的测绘单位',
  M25: '自然资源部门',
  M26: '建设单位',
  M31: '作出文书的法院或仲裁机构，附生效证明',
  M32: '企业登记档案或批准机关',
  M33: '抵押权人（银行）或预告登记权利人出具',
  M34: '自然资源（规划）部门',
  M35: '本人保管的破损原证',
  M36: '灭失证明由住建或村（居）委会出具；放弃的本人声明',
  M37: '作出裁定的法院',
  M38: '合同对方出具，或法院文书',
  M39: '异议申请人出具，或法院文书',
  M40: '贷款银行（抵押权人）',
  M41: '本公司股东会或董事会',
  M42: '贷款银行（抵押权人）',
  M43: '住建部门维修资金窗口或代收银行',
  M44: '与抵押权人签订',
  M45: '与受让人签订',
  M46: '公证处',
  M47: '放弃的人到窗口当面签，或公证处',
  M48: '双方签订，结婚证由民政局补领',
  M49: '全体共有人签订',
  M50: '双方签订',
  M51: '双方签订，经自然资源部门办理的一份',
  M52: '村（居）委会或公证处',
  M53: '村集体（发包方）',
  M54: '双方签订',
  M55: '双方签订',
  F01: '本人保管；遗失的到户籍派出所办临时身份证',
  F02: '民政局婚姻登记处',
  F03: '住建部门网签备案，开发商或中介可代办',
  F04: '开发商或付款银行',
  F06: '本人名下的银行卡',
  F07: '委托人当面签，或到公证处办理',
  F08: '市场监管或编制部门核发的证照',
  F09: '本厅索取，加盖单位公章',
  F10: '单位填写，加盖单位公章',
  F13: '开发商、卖方或税务部门',
  F15: '规划或房屋安全部门',
  F17: '贷款银行',
  F19: '公租房管理单位',
  F21: '劳动能力鉴定委员会',
  F22: '原单位或人社部门',
  F23: '公安出入境或使领馆',
  F24: '医院、派出所或公证处',
  F25: '民政部门或医院',
  F26: '本厅签订',
  F27: '本厅签订，新旧借款人都到场',
  F28: '批准注销的机关',
  F29: '单位填写，加盖单位公章',
  F30: '本单位工会',
  F31: '本单位出具，加盖公章',
};

/** @returns empty for a paper of a newer catalogue: the desk is asked then */
export function whereToGet(code: string): string {
  return PLACES[code] ?? '';
}

export interface Lacked {
  code: string;
  name: string;
  why: string;
  where: string;
}

/** Every missing paper once, why it is needed and where it is to be had (不动产登记暂行条例 §17; SL3). */
export function describeMissing(
  missing: readonly string[],
  item: Item,
  catalogue: Pick<Catalogue, 'materials'>,
): Lacked[] {
  return missing.map((code) => {
    const entry = item.materials.find(({ material }) => material === code);
    const because = entry?.when ? conditionWords(entry.when) : null;
    const business = item.type === null ? item.name : REGISTRATION_TYPE_NAMES[item.type];
    return {
      code,
      name: findMaterial(code, catalogue)?.name ?? code,
      why: because ? `因为：${because}` : `${business}必需`,
      where: whereToGet(code) || '请到预审台咨询',
    };
  });
}
