import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeSamplePapers, USUAL } from '../../tests/fixtures/papers.ts';
import type { PaperBlock, PaperDocument, TableColumn } from './document.ts';
import { type LaidOutPaper, type Measure, PaperOverflow, type PlacedItem } from './layout/placed.ts';
import { BOTTOM, LEFT, PAGE_HEIGHT, POINT, TOP, WIDTH } from './layout/sheet.ts';
import { layOutPaper } from './layout.ts';

/** Chinese characters as wide as high, others half: the proportions of the real fonts without them. */
const measure: Measure = (text, _font, size) => {
  let ems = 0;
  for (const character of text) ems += (character.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.56;
  return ems * size * POINT;
};

const paper = (...blocks: PaperBlock[]): PaperDocument => ({ kind: 'refusal', title: '试纸', number: '', blocks });
const lay = (...blocks: PaperBlock[]): LaidOutPaper => layOutPaper(paper(...blocks), measure);

type TextItem = Extract<PlacedItem, { kind: 'text' }>;
const textsOf = (items: readonly PlacedItem[]): TextItem[] => items.filter((item) => item.kind === 'text');
/** The foot stands below the type area. */
const bodyOf = (laid: LaidOutPaper): TextItem[] =>
  laid.pages.flatMap((page) => textsOf(page.items).filter((item) => item.y < PAGE_HEIGHT - BOTTOM));
const squeeze = (text: string): string => text.replace(/\s/gu, '');

const words = fc
  .array(
    fc.constantFrom('不动产登记', '𠮷', '·', '，', '（甲）', 'ABC-123', '20180523070012', ' ', '2018年5月23日', '号'),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(''));
const cell = fc.oneof(
  words,
  words.map((text) => `${text}\n${text}`),
);
const block: fc.Arbitrary<PaperBlock> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    text: words,
    style: fc.constantFrom('body', 'addressee', 'heading', 'number', 'note'),
  }),
  fc.record({
    kind: fc.constant('list' as const),
    items: fc.array(words, { maxLength: 30 }),
    numbering: fc.constantFrom('decimal', 'chinese'),
  }),
  fc.record({
    kind: fc.constant('fields' as const),
    rows: fc.array(
      fc.oneof(
        fc.record({ section: fc.constant('事项') }),
        fc.array(fc.record({ label: fc.constant('标签'), value: cell }), { minLength: 1, maxLength: 2 }),
      ),
      { minLength: 1, maxLength: 12 },
    ),
  }),
  fc.record({
    kind: fc.constant('table' as const),
    columns: fc.constant<TableColumn[]>([
      { title: '序', weight: 1 },
      { title: '名', weight: 4 },
    ]),
    rows: fc.array(fc.tuple(fc.constant('1'), cell), { maxLength: 60 }),
  }),
  fc.record({
    kind: fc.constant('signatures' as const),
    entries: fc.array(fc.record({ label: fc.constant('签字') }), { minLength: 1, maxLength: 9 }),
    perRow: fc.constantFrom(1, 2),
  }),
  fc.constant({ kind: 'seal' as const, agency: '登记机构', date: '2018-05-23' }),
  fc.constant({ kind: 'page' as const }),
);

/** Every text of a block that must be found again; the header of a table may stand on several pages. */
function contentOf(each: PaperBlock): string {
  switch (each.kind) {
    case 'text':
      return each.text;
    case 'list':
      return each.items.join('');
    case 'fields':
      return each.rows
        .map((row) => ('section' in row ? row.section : row.map((field) => field.label + field.value).join('')))
        .join('');
    case 'table':
      return each.rows.flat().join('');
    default:
      return '';
  }
}

/** Every character of every text stands on some page, as often as in the document. */
function expectKept(laid: LaidOutPaper, blocks: readonly PaperBlock[]): void {
  const counts = new Map<string, number>();
  const add = (text: string, step: 1 | -1): void => {
    for (const character of squeeze(text)) counts.set(character, (counts.get(character) ?? 0) + step);
  };
  for (const item of bodyOf(laid)) add(item.text, 1);
  for (const each of blocks) add(contentOf(each), -1);
  expect([...counts].filter(([, left]) => left < 0)).toEqual([]);
}

describe('no paper loses or hides anything', () => {
  test('every character of every text is placed, inside the type area and in order', () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 8 }), (blocks) => {
        const laid = lay(...blocks);
        let previous = { block: -1, page: 0, bottom: TOP };
        for (const extent of laid.extents) {
          expect(extent.block).toBeGreaterThanOrEqual(previous.block);
          expect(extent.page).toBeGreaterThanOrEqual(previous.page);
          expect(extent.top).toBeGreaterThanOrEqual(extent.page === previous.page ? previous.bottom - 0.1 : TOP);
          expect(extent.bottom).toBeLessThanOrEqual(PAGE_HEIGHT - BOTTOM + 0.1);
          previous = extent;
        }
        const placed = bodyOf(laid);
        for (const item of placed) {
          expect(item.x).toBeGreaterThanOrEqual(LEFT - 0.1);
          const width = measure(item.text, item.font, item.size) + item.spread * ([...item.text].length - 1);
          expect(item.x + width).toBeLessThanOrEqual(LEFT + WIDTH + 0.1);
        }
        expectKept(laid, blocks);
      }),
      { numRuns: 150 },
    );
  });

  test('no two texts of a page lie on each other', () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), (blocks) => {
        for (const page of lay(...blocks).pages) {
          const boxes = textsOf(page.items)
            .map((item) => ({
              left: item.x,
              right: item.x + measure(item.text, item.font, item.size),
              top: item.y - 0.88 * item.size * POINT,
              bottom: item.y + 0.12 * item.size * POINT,
            }))
            .sort((a, b) => a.top - b.top);
          for (const [index, box] of boxes.entries()) {
            for (const other of boxes.slice(index + 1)) {
              if (other.top >= box.bottom - 0.1) break;
              expect(other.left >= box.right - 0.1 || other.right <= box.left + 0.1).toBe(true);
            }
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ['usual', USUAL],
    ['bare', { ...USUAL, bare: true, count: 0 }],
    ['full', { ...USUAL, count: 60, name: '阿依古丽·买买提𠮷'.repeat(6), reason: '材料不齐全。'.repeat(300) }],
  ])('every paper with %s data keeps all its words', (_, fill) => {
    for (const document of Object.values(makeSamplePapers(fill))) {
      const laid = layOutPaper(document, measure);
      expectKept(laid, document.blocks);
      expect(laid.extents.every((extent) => extent.bottom <= PAGE_HEIGHT - BOTTOM + 0.1)).toBe(true);
    }
  });
});

describe('pages', () => {
  const table = (rows: string[][]): PaperBlock => ({
    kind: 'table',
    columns: [
      { title: '序号', weight: 1 },
      { title: '材料', weight: 5 },
    ],
    rows,
  });

  test('the header of a table stands on every page, and the foot counts them', () => {
    const laid = lay(table(Array.from({ length: 60 }, (_, index) => [String(index + 1), '材料'])));
    expect(laid.pages.length).toBeGreaterThan(1);
    for (const [index, page] of laid.pages.entries()) {
      const texts = textsOf(page.items).map((item) => item.text);
      expect(texts[0]).toBe('序号');
      expect(texts.at(-1)).toBe(`第 ${index + 1} 页 共 ${laid.pages.length} 页`);
    }
  });

  test('a row taller than a page is cut between lines, a lower one moves whole', () => {
    const tall = lay(table([['1', '长'.repeat(4000)]]));
    expect(tall.pages.length).toBeGreaterThan(1);
    const rows = Array.from({ length: 40 }, (_, index) => [String(index + 1), '甲'.repeat(100)]);
    for (const page of lay(table(rows)).pages) {
      expect(textsOf(page.items).filter((item) => item.text.startsWith('甲')).length % 3).toBe(0);
    }
  });

  test('a heading is never the last thing on a page', () => {
    const fillers = Array.from({ length: 60 }, (_, count) => count);
    for (const count of fillers) {
      const lines = Array.from({ length: count }, (): PaperBlock => ({ kind: 'text', style: 'note', text: '行' }));
      const laid = lay(
        ...lines,
        { kind: 'text', style: 'heading', text: '标题' },
        { kind: 'text', style: 'body', text: '文' },
      );
      const [heading, body] = laid.extents.slice(-2);
      expect(heading?.page).toBe(body?.page);
    }
  });

  test('signatures are not parted from what is signed with them', () => {
    const entries = Array.from({ length: 4 }, () => ({ label: '签字' }));
    for (let count = 20; count < 60; count += 1) {
      const lines = Array.from({ length: count }, (): PaperBlock => ({ kind: 'text', style: 'note', text: '行' }));
      const laid = lay(...lines, { kind: 'signatures', perRow: 1, entries });
      expect(laid.extents.filter((extent) => extent.block === count)).toHaveLength(1);
    }
  });
});

describe('bars of their own', () => {
  const bars = (data: string) => {
    const items = lay({ kind: 'barcode', data, caption: `运单号 ${data}` }).pages.flatMap((page) => page.items);
    const found = items.find((item) => item.kind === 'barcode');
    if (!found) throw new Error('no bars');
    return found;
  };

  test('stand in the middle with modules a hand scanner reads, and within the page however long they are', () => {
    for (const length of [1, 13, 20, 40]) {
      const { x, width } = bars('8'.repeat(length));
      expect(x + width / 2).toBeCloseTo(LEFT + WIDTH / 2);
      expect(x).toBeGreaterThanOrEqual(LEFT);
      // In 0.1 mm a module, at most eleven for each character.
      expect(width / (55 + 11 * length)).toBeGreaterThan(3.3);
    }
  });
});

describe('numbers', () => {
  const field = (value: string, keep: boolean): PaperBlock => ({
    kind: 'fields',
    rows: [
      [
        { label: '证号', value, keep },
        { label: '其他', value: '' },
      ],
    ],
  });

  test('are set smaller before they are refused, and never broken', () => {
    const sizes = [20, 25, 27].map((length) => {
      const item = bodyOf(lay(field('8'.repeat(length), true))).find(({ text }) => text.startsWith('8'));
      expect(item?.text).toHaveLength(length);
      return item?.size;
    });
    expect(sizes).toEqual([10.5, 9, 9]);
  });

  test('that fit in no step are refused by the name of their field, without the number', () => {
    const act = (): unknown => lay(field('8'.repeat(40), true));
    expect(act).toThrow(PaperOverflow);
    expect(act).toThrow('证号');
    expect(act).not.toThrow('888');
  });

  test('in running text stay whole with dates and unit numbers', () => {
    const whole = ['2018年5月23日', '220402 001002 GB00012 F00030045', '第0000001号', '20180523070012'];
    for (const text of whole) {
      for (let lead = 0; lead < 40; lead += 1) {
        const lines = bodyOf(lay({ kind: 'text', style: 'addressee', text: `${'字'.repeat(lead)}${text}，后` }));
        expect(lines.some((item) => item.text.includes(text))).toBe(true);
        expect(lines.every((item) => !item.text.startsWith('，'))).toBe(true);
      }
    }
  });

  test('a word longer than a line is broken and not lost', () => {
    const lines = bodyOf(lay({ kind: 'text', style: 'addressee', text: 'X'.repeat(200) }));
    expect(lines.map((item) => item.text).join('')).toBe('X'.repeat(200));
    expect(lines.length).toBeGreaterThan(1);
  });
});
