import type { BlankForm } from '../blanks/serial.ts';
import type { Express } from '../case/progress.ts';
import type { PaperBlock, PaperDocument } from './document.ts';
import {
  BLANK_FORM_NAMES,
  body,
  field,
  kept,
  makePaper,
  note,
  type PaperClerk,
  type PaperContext,
} from './parts/parts.ts';
import { chineseDate } from './parts/words.ts';

/** SL18 快递单 (domain.md §3.8): the address label of a parcel, signed when it is fetched and when it is received. */
export interface ExpressSlipData extends Express {
  caseNumber: string;
  certificates: ExpressedCertificate[];
  sentAt: string;
  sentBy: PaperClerk;
}

interface ExpressedCertificate {
  kind: BlankForm;
  number: string;
  /** 印制号 of the blank. */
  serial: string;
}

/** What Code 128 can say; a number typed in full-width figures stands in words only. */
const ENCODABLE = /^[\x20-\x7e]+$/;

/** SL18: receiver, telephone and address in full, since the carrier delivers by them; no identity number. */
export function buildExpressSlip(data: ExpressSlipData, context: PaperContext): PaperDocument {
  const { caseNumber, trackingNumber, certificates, sentBy } = data;
  const bars: PaperBlock[] = ENCODABLE.test(trackingNumber)
    ? [{ kind: 'barcode', data: trackingNumber, caption: `运单号 ${trackingNumber}` }]
    : [];
  return makePaper({
    kind: 'express-slip',
    number: caseNumber,
    code: caseNumber,
    context,
    blocks: [
      {
        kind: 'fields',
        rows: [
          { section: '收件人' },
          [field('姓名（名称）', data.receiver), kept('电话', data.phone)],
          [field('地址', data.address)],
          { section: '寄件人' },
          [field('单位', context.agency), kept('电话', context.phone)],
          [field('地址', context.address)],
          { section: '快递' },
          [field('快递公司', data.carrier), kept('受理编号', caseNumber)],
          [kept('运单号', trackingNumber)],
          [field('寄出时间', chineseDate(data.sentAt)), field('寄件经办', `${sentBy.name}（${sentBy.id}）`)],
        ],
      },
      ...bars,
      {
        kind: 'table',
        columns: [
          { title: '内件', weight: 28 },
          { title: '证号', weight: 56 },
          { title: '印制号', weight: 28, keep: true },
        ],
        rows: certificates.map(({ kind, number, serial }) => [BLANK_FORM_NAMES[kind], number, serial]),
        total: `内件合计：${certificates.length}件`,
      },
      body('请快递员投递时核对收件人身份证件，确认为收件人本人后交件；不符的，不得交件，退回寄件人。'),
      body('收件人收件后，请将受理凭证交快递员带回，或者拍照发回寄件人。'),
      {
        kind: 'signatures',
        perRow: 2,
        entries: [{ label: '快递员签字' }, { label: '揽收时间' }, { label: '收件人签字' }, { label: '签收时间' }],
      },
      note('本单含个人信息，仅供投递使用。'),
    ],
  });
}
