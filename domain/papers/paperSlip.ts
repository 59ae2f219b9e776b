import { columnsOf, type SlipBlock, type SlipDocument, type SlipSize } from '../slip/document.ts';
import type { FieldRow, PaperBlock, PaperDocument, TableBlock } from './document.ts';
import { PAPERS } from './papers.ts';

const COLUMNS = 48;
const LABEL_COLUMNS = 10;

/**
 * A paper for the 80 mm printer, for those that come out on both (papers.ts): the same words, its tables as lists. What
 * stands on the back of a sheet is left out: such paper has none.
 */
export function toSlip(document: PaperDocument): SlipDocument {
  const back = document.blocks.findIndex((block) => block.kind === 'page');
  const front = back < 0 ? document.blocks : document.blocks.slice(0, back);
  return {
    title: document.title,
    columns: COLUMNS,
    copies: PAPERS[document.kind].copies,
    blocks: front.flatMap(blockLines),
  };
}

const line = (text: string): SlipBlock => ({ kind: 'text', text, align: 'left', size: 1, bold: false });
const centred = (text: string, size: SlipSize = 1): SlipBlock => ({
  kind: 'text',
  text,
  align: 'centre',
  size,
  bold: size > 1,
});

function blockLines(block: PaperBlock): SlipBlock[] {
  switch (block.kind) {
    case 'head':
      return [
        ...(block.agency === '' ? [] : [centred(block.agency)]),
        centred(block.title, 2),
        ...(block.mark === null ? [] : [centred(block.mark)]),
        ...(block.code === null ? [] : codes(block.code, block.qr ?? block.code)),
      ];
    case 'text':
      return block.style === 'heading' ? [{ ...line(block.text), bold: true } as SlipBlock] : [line(block.text)];
    case 'list':
      return block.items.map((item, index) => line(`${index + 1}. ${item}`));
    case 'fields':
      return [{ kind: 'rule' }, ...block.rows.flatMap(fieldLines), { kind: 'rule' }];
    case 'table':
      return tableLines(block);
    case 'signatures':
      return block.entries.flatMap(({ label, name }): SlipBlock[] => [
        { kind: 'feed', lines: 1 },
        line(`${label}：${name ?? ''}${'_'.repeat(16)}`),
      ]);
    case 'seal':
      return [line(`${block.agency}（章）`), line(block.date)];
    case 'qr':
      return [{ kind: 'qr', data: block.data }, centred(block.caption)];
    case 'barcode':
      return [{ kind: 'barcode', data: block.data, text: block.caption }];
    case 'cut':
      return [{ kind: 'rule' }, centred(block.text)];
    case 'page':
      return [];
  }
}

function codes(code: string, qr: string): SlipBlock[] {
  return [
    { kind: 'barcode', data: code, text: code },
    { kind: 'qr', data: qr },
  ];
}

function fieldLines(row: FieldRow): SlipBlock[] {
  if ('section' in row) return [line(row.section)];
  return row.map(
    ({ label, value }): SlipBlock =>
      // A label that fills its column stands before its value on a line of its own.
      columnsOf(label) < LABEL_COLUMNS ? { kind: 'field', label, value } : line(`${label} ${value}`),
  );
}

/** One entry after the other: `1. 名称`, and below it what the other columns say, each with its title. */
function tableLines({ columns, rows, total }: TableBlock): SlipBlock[] {
  const numbered = columns[0]?.title === '序号';
  const entries = rows.flatMap((row, index) => {
    const cells = row.map((text, column) => ({ title: columns[column]?.title ?? '', text }));
    const [first, ...others] = numbered ? cells.slice(1) : cells;
    return [
      line(`${index + 1}. ${first?.text ?? ''}`),
      ...others.filter(({ text }) => text !== '').map(({ title, text }) => line(`   ${title}：${text}`)),
    ];
  });
  return [...entries, ...(total === undefined ? [] : [line(total)]), { kind: 'rule' }];
}
