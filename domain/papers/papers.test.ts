import { describe, expect, test } from 'vitest';
import { CASE_NUMBER, makeSamplePapers, USUAL } from '../../tests/fixtures/papers.ts';
import { TRANSITIONS } from '../case/transitions.ts';
import type { PaperBlock, PaperDocument } from './document.ts';
import { buildOneTimeNotice } from './oneTimeNotice.ts';
import { toSlip } from './paperSlip.ts';
import { PAPERS, type PaperKind } from './papers.ts';
import { buildTicket } from './ticket.ts';

const samples = Object.entries(makeSamplePapers()) as [Exclude<PaperKind, 'ticket'>, PaperDocument][];

/** Everything on a paper a person can read. */
const wordsOf = (document: PaperDocument): string => JSON.stringify(document.blocks);
const kindsOf = (document: PaperDocument): string[] => document.blocks.map((block) => block.kind);

describe('the table of papers', () => {
  test('has every slip from SL1 to SL18 and the application form', () => {
    const codes = new Set(Object.values(PAPERS).map((paper) => paper.code));
    expect([...codes].sort()).toEqual(['M01', ...Array.from({ length: 18 }, (_, n) => `SL${n + 1}`)].sort());
  });

  test('agrees with the table of transitions on what each one prints', () => {
    const here = Object.values(PAPERS).flatMap(({ code, printedBy }) => printedBy.map((id) => `${id} ${code}`));
    const there = Object.entries(TRANSITIONS).flatMap(([id, { prints = [] }]) => prints.map((code) => `${id} ${code}`));
    // The application form is a material and no slip.
    expect(here.filter((line) => line !== 'T11 M01').sort()).toEqual(there.sort());
  });

  test('prints as many copies as the hall asks for', () => {
    const copies = Object.values(PAPERS).map(({ code, copies: count }) => [code, count]);
    const two = ['SL3', 'SL4', 'SL5', 'SL7', 'SL12', 'SL14'];
    expect(copies.filter(([, count]) => count === 2).map(([code]) => code)).toEqual(two);
    expect(copies.every(([, count]) => count === 1 || count === 2)).toBe(true);
  });

  test.each(samples)('%s is signed and scannable as the table says', (kind, document) => {
    const head = document.blocks.find((block) => block.kind === 'head');
    expect(head?.code !== null).toBe(PAPERS[kind].scannable);
    if (PAPERS[kind].signed) expect(kindsOf(document)).toContain('signatures');
    expect(document.title).toBe(PAPERS[kind].title);
    if (head?.code) expect(head.code.replace(/^Y/, '')).toBe(CASE_NUMBER);
  });
});

describe('masking', () => {
  const ids = ['220402199003071231', '220403198506150048', '220421197811202535'];
  const phones = ['13804370001', '13804370002', '13804370003'];

  test('identity numbers stand in full on the application and the inquiry only', () => {
    const full = samples.filter(([, document]) => ids.some((id) => wordsOf(document).includes(id)));
    expect(full.map(([kind]) => kind)).toEqual(['inquiry', 'application']);
    expect(wordsOf(makeSamplePapers().acceptance)).toContain('220402********1231');
  });

  test('telephones stand in full on the application and the address label only', () => {
    const full = samples.filter(([, document]) => phones.some((phone) => wordsOf(document).includes(phone)));
    expect(full.map(([kind]) => kind)).toEqual(['express-slip', 'application']);
    expect(wordsOf(makeSamplePapers().acceptance)).toContain('138****0001');
  });

  test('a bank card shows its last four digits', () => {
    const words = wordsOf(makeSamplePapers().withdrawal);
    expect(words).toContain('***7897');
    expect(words).not.toContain('6228480001234567897');
  });

  test('ticket, pre-review pass and pickup notice name nobody', () => {
    const { 'pre-review-pass': pass, 'pickup-notice': pickup } = makeSamplePapers();
    for (const document of [pass, pickup]) expect(wordsOf(document)).not.toMatch(/张三|李四|2204/);
  });
});

describe('what the law asks for', () => {
  test('a refusal names everything to supply, the right registrar and the remedies', () => {
    const words = wordsOf(makeSamplePapers().refusal);
    expect(words).toMatch(/第十七条/);
    expect(words).toMatch(/六十日内向辽源市人民政府申请行政复议/);
    expect(words).toMatch(/东丰县不动产登记中心/);
    expect(kindsOf(makeSamplePapers().refusal)).toEqual(expect.arrayContaining(['list', 'seal', 'cut', 'signatures']));
  });

  test('headings of a refusal count on when a part is not there', () => {
    const headings = (document: PaperDocument): string[] =>
      document.blocks.flatMap((block) => (block.kind === 'text' && block.style === 'heading' ? [block.text] : []));
    expect(headings(makeSamplePapers({ ...USUAL, bare: true }).refusal)).toEqual([
      '一、不予受理的原因',
      '二、救济途径',
    ]);
  });

  test('the acceptance slip has the notice on personal information on its back', () => {
    const { blocks } = makeSamplePapers().acceptance;
    const back = blocks.slice(blocks.findIndex((block) => block.kind === 'page'));
    expect(JSON.stringify(back)).toMatch(/个人信息保护法.*目的.*保存期限.*您的权利/s);
  });

  test('the sum of a payment notice stands in figures and in words', () => {
    const table = makeSamplePapers()['payment-notice'].blocks.find((block) => block.kind === 'table');
    expect(table?.total).toBe('合计：¥80.00　　人民币（大写）：捌拾元整');
  });

  test('a reprint says so', () => {
    const head = makeSamplePapers({ ...USUAL, bare: true }).acceptance.blocks[0];
    expect(head?.kind === 'head' ? head.mark : '').toBe('重打 第2次');
  });
});

describe('on the 80 mm printer', () => {
  test('a paper for both says the same', () => {
    for (const [kind, document] of samples.filter(([name]) => PAPERS[name].output === 'both')) {
      const slip = toSlip(document);
      const words = JSON.stringify(slip.blocks);
      expect(slip.copies).toBe(PAPERS[kind].copies);
      const back = document.blocks.findIndex((block) => block.kind === 'page');
      const front = document.blocks.slice(0, back < 0 ? undefined : back);
      for (const text of front.flatMap(cellsOf)) expect(words).toContain(JSON.stringify(text).slice(1, -1));
      expect(words).toMatch(new RegExp(`"kind":"(qr|barcode)","data":"Y?${CASE_NUMBER}"`));
    }
  });

  test('the back of a sheet is left out', () => {
    expect(JSON.stringify(toSlip(makeSamplePapers().acceptance))).not.toContain('个人信息');
  });

  describe('a ticket', () => {
    const data = {
      agency: '辽源市不动产登记交易中心',
      number: 'B015',
      zone: '二楼 非涉税综合服务区',
      itemGroup: '非涉税业务',
      peopleAhead: 3,
      wait: null,
      at: '2018-05-23 09:05',
      code: 'T20180523B015',
      passRule: '过号请到咨询台处理',
      remarks: ['网络中断时取得，号码有效'],
      print: 1,
    };
    const ticket = buildTicket(data);

    test('shows number, zone and people ahead', () => {
      expect(ticket.blocks).toContainEqual({ kind: 'text', text: 'B015', align: 'centre', size: 4, bold: true });
      expect(ticket.blocks).toContainEqual({ kind: 'field', label: '前面等候', value: '3人' });
      expect(ticket.blocks).toContainEqual({ kind: 'qr', data: 'T20180523B015' });
      expect(ticket.blocks).toContainEqual({ kind: 'barcode', data: 'T20180523B015', text: 'T20180523B015' });
      expect(JSON.stringify(ticket)).toContain('网络中断时取得');
    });

    test('promises no wait that nobody knows, and a range where one is known', () => {
      expect(JSON.stringify(ticket)).not.toContain('预计');
      const known = buildTicket({ ...data, wait: { from: 10, to: 20 } });
      expect(known.blocks).toContainEqual({ kind: 'field', label: '预计等候', value: '10–20分钟' });
    });

    test('says from the second print on that it is one', () => {
      expect(JSON.stringify(ticket)).not.toContain('重打');
      expect(JSON.stringify(buildTicket({ ...data, print: 2 }))).toContain('重打 第2次');
    });
  });

  test('at the self-service desk a notice is signed by nobody, and a pass carries the passport', () => {
    const notice = makeSamplePapers()['one-time-notice'];
    expect(JSON.stringify(notice)).toContain('告知人签字');
    const own = buildOneTimeNotice(
      {
        number: `Y${CASE_NUMBER}`,
        at: '2018-05-23 08:50',
        where: 'pre-review',
        applicants: [],
        item: '抵押权注销登记',
        missing: [{ name: '不动产登记证明', why: '注销登记必需', where: '权利人保管' }],
        deskPhone: '',
        clerk: null,
        today: '今日办理优先。',
      },
      { agency: '', address: '', phone: '', print: 1 },
    );
    expect(JSON.stringify(own)).not.toContain('签字');
    expect(JSON.stringify(own)).toContain('今日办理优先。');
    const codes = toSlip(makeSamplePapers()['pre-review-pass']).blocks.flatMap((each) =>
      each.kind === 'qr' || each.kind === 'barcode' ? [`${each.kind} ${each.data.slice(0, 4)}`] : [],
    );
    expect(codes).toEqual(['barcode Y201', 'qr YC1*']);
  });
});

function cellsOf(block: PaperBlock): string[] {
  switch (block.kind) {
    case 'fields':
      return block.rows.flatMap((row) => ('section' in row ? [row.section] : row.map((field) => field.value)));
    case 'table':
      return block.rows.flatMap((row) => row.slice(1));
    case 'text':
      return [block.text];
    default:
      return [];
  }
}
