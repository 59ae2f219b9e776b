import type { PaperBlock, PaperDocument } from './document.ts';
import {
  contactNote,
  field,
  heading,
  kept,
  makePaper,
  note,
  type PaperContext,
  type PaperParty,
  shownId,
  shownPhone,
} from './parts/parts.ts';
import { chineseDate, yuan, yuanInWords } from './parts/words.ts';

/** SL9 缴费通知单. */
export interface PaymentNoticeData {
  caseNumber: string;
  payer: PaperParty;
  agent: { name: string; phone: string } | null;
  location: string;
  unitNumber: string;
  lines: FeeLine[];
  /** Of this sum. */
  paidFen: number;
  /** What a customer's phone scans to pay, in figures below it; null when there is none. */
  payCode: string | null;
  /** 微信支付, 支付宝 … */
  methods: string[];
  at: string;
}

/** Amounts in fen. `dueFen` is what is left after the reduction. */
export interface FeeLine {
  name: string;
  /** `80元/件`. */
  standard: string;
  count: number;
  unit: string;
  reductionFen: number;
  reductionReason: string;
  dueFen: number;
}

/** SL9: fee lines, the sum in figures and words, and where to pay. */
export function buildPaymentNotice(data: PaymentNoticeData, context: PaperContext): PaperDocument {
  const sum = data.lines.reduce((total, line) => total + line.dueFen, 0);
  const paid = data.paidFen === 0 ? '' : `已缴：¥${yuan(data.paidFen)}　　`;
  const owed = sum - data.paidFen;
  return makePaper({
    kind: 'payment-notice',
    number: data.caseNumber,
    code: data.caseNumber,
    context,
    blocks: [
      {
        kind: 'fields',
        rows: [
          [kept('受理编号', data.caseNumber), field('开具时间', chineseDate(data.at))],
          [field('缴费人', data.payer.name), kept('证件号码', shownId(data.payer))],
          [
            field('代理人', data.agent?.name ?? '无'),
            kept('联系电话', shownPhone(data.agent?.phone ?? data.payer.phone)),
          ],
          [field('坐落', data.location)],
          [kept('不动产单元号', data.unitNumber)],
        ],
      },
      {
        kind: 'table',
        columns: [
          { title: '收费项目', weight: 34 },
          { title: '标准', weight: 15, align: 'centre' },
          { title: '数量', weight: 9, align: 'centre', keep: true },
          { title: '单位', weight: 8, align: 'centre', keep: true },
          { title: '减免（元）', weight: 14, align: 'right', keep: true },
          { title: '应收（元）', weight: 14, align: 'right', keep: true },
          { title: '减免依据', weight: 20 },
        ],
        rows: data.lines.map((line) => [
          line.name,
          line.standard,
          String(line.count),
          line.unit,
          yuan(line.reductionFen),
          yuan(line.dueFen),
          line.reductionReason,
        ]),
        total: `合计：¥${yuan(sum)}　　${paid && `${paid}应缴：¥${yuan(owed)}　　`}人民币（大写）：${yuanInWords(owed)}`,
      },
      ...payBlocks(data),
      note('收费依据：发改价格规〔2016〕2559号。本单不作缴费凭证；缴费后以财政票据为准。'),
      ...contactNote(context),
    ],
  });
}

function payBlocks({ payCode, methods }: PaymentNoticeData): PaperBlock[] {
  const how: PaperBlock[] = [heading('缴费方式'), { kind: 'text', style: 'body', text: `${methods.join('、')}。` }];
  if (payCode === null) return [...how, note('缴费码尚未取得，可凭本单到收费窗口缴费，或联网后在原窗口补取缴费码。')];
  return [...how, { kind: 'qr', data: payCode, caption: `缴费码 ${payCode}` }];
}
