import type { TransitionId } from '../case/transitions.ts';

/**
 * The papers of a case (domain.md §3.7): the only table of what is printed when, how often and on what. SL15 is two
 * papers; the application form is material M01, printed by the terminal.
 */
export interface Paper {
  /** `SL5`, or the code of the material. */
  code: string;
  title: string;
  /** Transitions that print it (domain.md §3.4); empty when it belongs to a lane or to custody. */
  printedBy: readonly TransitionId[];
  copies: number;
  /** `ticket` 80 mm ticket printer, `A4` office printer. */
  output: 'ticket' | 'A4' | 'both';
  /** Somebody besides the registrar signs on it. */
  signed: boolean;
  /** Code 128 and QR that open the case again. */
  scannable: boolean;
}

export const PAPERS = {
  ticket: paper('SL1', '排队号票', ['T06'], 1, 'ticket', { scannable: true }),
  'pre-review-pass': paper('SL2', '预审合格单', ['T03'], 1, 'both', { scannable: true }),
  'one-time-notice': paper('SL3', '一次性告知单', ['T04'], 2, 'both', { scannable: true, signed: true }),
  acceptance: paper('SL4', '受理凭证', ['T11'], 2, 'both', { scannable: true, signed: true }),
  refusal: paper('SL5', '不予受理告知书', ['T12'], 2, 'A4', { signed: true }),
  inquiry: paper('SL6', '询问记录', ['T11'], 1, 'A4', { scannable: true, signed: true }),
  'supplement-notice': paper('SL7', '补正告知书', ['T15'], 2, 'A4', { scannable: true, signed: true }),
  'tax-contact': paper('SL8', '纳税联系单', [], 1, 'A4', { scannable: true }),
  'payment-notice': paper('SL9', '缴费通知单', ['T25'], 1, 'both', { scannable: true }),
  'pickup-notice': paper('SL10', '领证通知', ['T31'], 1, 'both', { scannable: true }),
  'issue-record': paper('SL11', '发证记录', ['T34'], 1, 'A4', { scannable: true, signed: true }),
  rejection: paper('SL12', '不予登记告知书', ['T17', 'T20', 'T41'], 2, 'A4', { scannable: true, signed: true }),
  withdrawal: paper('SL13', '撤回申请书', ['T40'], 1, 'A4', { scannable: true, signed: true }),
  'transfer-list': paper('SL14', '移交单', ['T39'], 2, 'A4', { signed: true }),
  'public-notice': paper('SL15', '公告', ['T18'], 1, 'A4', {}),
  'loss-statement': paper('SL15', '遗失声明', [], 1, 'A4', { signed: true }),
  'blank-register': paper('SL16', '空白证书领用作废登记表', ['T30', 'T32'], 1, 'A4', { signed: true }),
  'appointment-list': paper('SL17', '预约名单', [], 1, 'A4', {}),
  'express-slip': paper('SL18', '快递单', ['T36'], 1, 'A4', { scannable: true, signed: true }),
  application: paper('M01', '不动产登记申请书', ['T11'], 1, 'A4', { scannable: true, signed: true }),
} as const satisfies Record<string, Paper>;

export type PaperKind = keyof typeof PAPERS;

function paper(
  code: string,
  title: string,
  printedBy: readonly TransitionId[],
  copies: number,
  output: Paper['output'],
  { signed = false, scannable = false }: { signed?: boolean; scannable?: boolean },
): Paper {
  return { code, title, printedBy, copies, output, signed, scannable };
}
