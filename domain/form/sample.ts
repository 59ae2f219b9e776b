import type { FormContent } from './fieldTexts.ts';
import type { PrintForm } from './types.ts';

/** Certificates that do not exist, of a usual length: to see how a form will look. */
const SAMPLES: Readonly<Record<PrintForm['kind'], FormContent>> = {
  certificate: {
    kind: 'certificate',
    qr: '220402000000GB00000F00000000',
    numberLine: { province: '吉', year: '2026', place: '辽源市', sequence: '0000000' },
    date: { year: '2026', month: '1', day: '1' },
    rows: [
      { key: 'holder', label: '权利人', value: '样张甲、样张乙' },
      { key: 'co-ownership', label: '共有情况', value: '共同共有' },
      { key: 'location', label: '坐落', value: '辽源市龙山区示例街道示例大街100号示例花园3栋2单元401室' },
      { key: 'unit', label: '不动产单元号', value: '220402 000000 GB00000 F00000000' },
      { key: 'right-type', label: '权利类型', value: '国有建设用地使用权/房屋（构筑物）所有权' },
      { key: 'right-nature', label: '权利性质', value: '出让/商品房' },
      { key: 'use', label: '用途', value: '城镇住宅用地/住宅' },
      { key: 'area', label: '面积', value: '宗地面积1200.00㎡/房屋建筑面积89.50㎡' },
      { key: 'term', label: '使用期限', value: '2010年01月01日起2080年01月01日止' },
      {
        key: 'other',
        label: '权利其他状况',
        value: '房屋结构：钢筋混凝土结构\n总层数：18，所在层：4\n专有建筑面积：72.30㎡',
      },
      { key: 'remark', label: '附记', value: '样张，不是证书' },
    ],
  },
  proof: {
    kind: 'proof',
    qr: '220402000000GB00000F00000000',
    numberLine: { province: '吉', year: '2026', place: '辽源市', sequence: '0000000' },
    date: { year: '2026', month: '1', day: '1' },
    rows: [
      { key: 'right', label: '证明权利或事项', value: '抵押权' },
      { key: 'holder', label: '权利人（申请人）', value: '示例银行股份有限公司辽源分行' },
      { key: 'obligor', label: '义务人', value: '样张甲、样张乙' },
      { key: 'location', label: '坐落', value: '辽源市龙山区示例街道示例大街100号示例花园3栋2单元401室' },
      { key: 'unit', label: '不动产单元号', value: '220402 000000 GB00000 F00000000' },
      { key: 'other', label: '其他', value: '抵押方式：一般抵押\n担保债权数额：500000元' },
      { key: 'remark', label: '附记', value: '样张，不是证书' },
    ],
  },
};

export function sampleFor({ kind }: Pick<PrintForm, 'kind'>): FormContent {
  return SAMPLES[kind];
}
