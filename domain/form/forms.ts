import type { FormField, FormFieldKey, FormRule, FormStep, FormWords, PrintForm } from './types.ts';

/**
 * The forms a hall starts with. Their millimetres are ASSUMED: plausible sizes to draw, test and train with. Before the
 * first certificate they are taken from the authority's form (domain.md §10.4) and corrected in the form editor.
 */

interface TableRow {
  key: FormFieldKey;
  label: string;
  height: number;
  wrap?: boolean;
  top?: boolean;
}

interface Table {
  x: number;
  y: number;
  labelWidth: number;
  width: number;
  rows: readonly TableRow[];
}

/** Between a rule and what stands beside it. */
const PADDING = 20;

/** The inner table: labels left, values right, a rule around every row. */
function table({ x, y, labelWidth, width, rows }: Table): {
  fields: FormField[];
  rules: FormRule[];
  words: FormWords[];
} {
  const fields: FormField[] = [];
  const rules: FormRule[] = [{ x1: x, y1: y, x2: x + width, y2: y }];
  const words: FormWords[] = [];
  let top = y;
  for (const { key, label, height, wrap = true, top: atTop = false } of rows) {
    const left = x + labelWidth + PADDING;
    fields.push({
      key,
      label,
      x: left,
      y: top + PADDING,
      width: x + width - PADDING - left,
      height: height - 2 * PADDING,
      font: 'song',
      size: 12,
      align: 'left',
      vertical: atTop ? 'top' : 'middle',
      wrap,
    });
    words.push({ text: label, x, y: top, width: labelWidth, height, size: 12 });
    top += height;
    rules.push({ x1: x, y1: top, x2: x + width, y2: top });
  }
  for (const line of [x, x + labelWidth, x + width]) rules.push({ x1: line, y1: y, x2: line, y2: top });
  return { fields, rules, words };
}

/** A blank between preprinted words, on one line. */
function blank(
  key: FormFieldKey,
  label: string,
  [x, y, width]: readonly [number, number, number],
  size: FormStep = 12,
): FormField {
  return {
    key,
    label,
    x,
    y,
    width,
    height: 50,
    font: 'song',
    size,
    align: 'center',
    vertical: 'middle',
    wrap: false,
  };
}

function word(text: string, x: number, y: number, width: number): FormWords {
  return { text, x, y, width, height: 50, size: 12 };
}

/** `（ ）  不动产权第   号`, and 年 月 日 below the room of the seal. */
function numberLine(kind: string, y: number): { fields: FormField[]; words: FormWords[] } {
  return {
    fields: [
      blank('number.province', '省简称', [200, y, 60]),
      blank('number.year', '年份', [300, y, 110]),
      blank('number.place', '市县名', [460, y, 380]),
      blank('number.sequence', '流水号', [1120, y, 300]),
    ],
    words: [word('（', 260, y, 40), word('）', 410, y, 40), word(`${kind}第`, 850, y, 260), word('号', 1430, y, 50)],
  };
}

function dateLine(x: number, y: number): { fields: FormField[]; words: FormWords[] } {
  return {
    fields: [
      blank('date.year', '登簿年', [x, y, 120]),
      blank('date.month', '登簿月', [x + 180, y, 80]),
      blank('date.day', '登簿日', [x + 320, y, 80]),
    ],
    words: [word('年', x + 125, y, 50), word('月', x + 265, y, 50), word('日', x + 405, y, 50)],
  };
}

function qr(x: number, y: number, size: number): FormField {
  return {
    key: 'qr',
    label: '二维码',
    x,
    y,
    width: size,
    height: size,
    font: 'song',
    size: 12,
    align: 'left',
    vertical: 'top',
    wrap: false,
  };
}

/** 不动产权证书, single version: number line, table of eleven rows, QR, seal and date on one page. */
function certificateSingle(): PrintForm {
  const number = numberLine('不动产权', 180);
  const inner = table({
    x: 150,
    y: 260,
    labelWidth: 330,
    width: 1550,
    rows: [
      { key: 'row.holder', label: '权利人', height: 140 },
      { key: 'row.co-ownership', label: '共有情况', height: 110 },
      { key: 'row.location', label: '坐落', height: 140 },
      { key: 'row.unit', label: '不动产单元号', height: 100, wrap: false },
      { key: 'row.right-type', label: '权利类型', height: 110 },
      { key: 'row.right-nature', label: '权利性质', height: 100 },
      { key: 'row.use', label: '用途', height: 100 },
      { key: 'row.area', label: '面积', height: 110 },
      { key: 'row.term', label: '使用期限', height: 110 },
      { key: 'row.other', label: '权利其他状况', height: 560, top: true },
      { key: 'row.remark', label: '附记', height: 320, top: true },
    ],
  });
  const date = dateLine(1200, 2450);
  return {
    id: 'certificate-single.assumed',
    name: '不动产权证书（单一版）',
    kind: 'certificate',
    width: 1850,
    height: 2600,
    measures: 'assumed',
    fields: [...number.fields, ...inner.fields, qr(180, 2240, 240), ...date.fields],
    keepFree: [{ label: '登记机构（章）', x: 1180, y: 2190, width: 520, height: 250 }],
    preprinted: { rules: inner.rules, words: [...number.words, ...inner.words, ...date.words] },
  };
}

/** 不动产登记证明: number line, table of seven rows, QR, seal and date on one page. */
function proof(): PrintForm {
  const number = numberLine('不动产证明', 180);
  const inner = table({
    x: 150,
    y: 260,
    labelWidth: 360,
    width: 1550,
    rows: [
      { key: 'row.right', label: '证明权利或事项', height: 130 },
      { key: 'row.holder', label: '权利人（申请人）', height: 150 },
      { key: 'row.obligor', label: '义务人', height: 150 },
      { key: 'row.location', label: '坐落', height: 150 },
      { key: 'row.unit', label: '不动产单元号', height: 110, wrap: false },
      { key: 'row.other', label: '其他', height: 520, top: true },
      { key: 'row.remark', label: '附记', height: 420, top: true },
    ],
  });
  const date = dateLine(1200, 2300);
  return {
    id: 'proof.assumed',
    name: '不动产登记证明',
    kind: 'proof',
    width: 1850,
    height: 2600,
    measures: 'assumed',
    fields: [...number.fields, ...inner.fields, qr(180, 2040, 240), ...date.fields],
    keepFree: [{ label: '登记机构（章）', x: 1180, y: 2010, width: 520, height: 280 }],
    preprinted: { rules: inner.rules, words: [...number.words, ...inner.words, ...date.words] },
  };
}

export const ASSUMED_FORMS: readonly PrintForm[] = [certificateSingle(), proof()];

/**
 * @param kept forms of the hall's own, newest first; one with the id of an assumed form takes its place
 * @returns every form a certificate of this kind may be printed on
 */
export function formsFor(kind: PrintForm['kind'], kept: readonly PrintForm[] = []): PrintForm[] {
  const ids = new Set(kept.map(({ id }) => id));
  return [...kept, ...ASSUMED_FORMS.filter(({ id }) => !ids.has(id))].filter((form) => form.kind === kind);
}

/** @returns how a print job names the form it was laid out by: `proof.assumed`, or `proof.assumed@3` as changed here */
export function layoutName(form: string, version: number): string {
  return version === 0 ? form : `${form}@${version}`;
}
