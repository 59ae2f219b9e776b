import { describe, expect, test } from 'vitest';
import { acceptance } from '../../../tests/fixtures/acceptance.ts';
import {
  acceptedCase,
  EPOCH,
  expectStep,
  lane,
  minuteAt,
  paymentOf,
  settleLanes,
  step,
  WALKER_STAFF,
} from '../../../tests/fixtures/caseWalker.ts';
import { enterPayment, openCase } from '../../case/reduceCase.ts';
import type { Acceptance, CaseFile, CaseRecord, Party } from '../../case/types.ts';
import { CATALOGUE } from '../../catalogue/catalogue.ts';
import { parseNoticePayCode } from '../../payment/payCode.ts';
import type { PaperBlock, PaperDocument } from '../document.ts';
import type { CaseFacts } from './facts.ts';
import { type CasePaperKind, isOwed, mayHandle, PAPER_STAFF } from './kinds.ts';
import { buildCasePaper, papersOf } from './papersOf.ts';

const FACTS: CaseFacts = {
  agency: '辽源市不动产登记交易中心',
  address: '辽源市示例路1号',
  phone: '0437-3212345',
  print: 1,
  remedies: { reviewBody: '辽源市人民政府', court: '辽源市龙山区人民法院' },
  at: '2026-11-23 09:40',
  catalogue: CATALOGUE,
  promisedBy: '2026-11-23 10:00 前',
  nameOf: (number) => (number === WALKER_STAFF.REV1 ? '赵敏' : number),
  windowOfBlank: () => 'P01',
  transferred: () => [],
};

const OBLIGOR: Party = {
  role: 'obligor',
  kind: 'person',
  name: '李四',
  idKind: 'resident',
  idNumber: '220403198506150048',
  origin: 'typed',
  phone: '13804370002',
  overrides: [],
};

function opened(overrides: Partial<Acceptance> = {}): CaseRecord {
  const body = acceptance(1, overrides);
  return expectStep(openCase(body, null, { id: acceptedCase().id, actor: WALKER_STAFF.WIN, at: minuteAt(0) }));
}

function refused(
  missing = [{ material: 'M13', text: '抵押权消灭的材料', why: '未提交', where: '贷款银行' }],
): CaseRecord {
  const body = { ...acceptance(1), path: ['T01', 'T02', 'T03', 'T44'] as Acceptance['path'] };
  const refusal = { ground: 'incomplete' as const, reason: '申请材料不齐全', missing };
  return expectStep(openCase(body, refusal, { id: acceptedCase().id, actor: WALKER_STAFF.WIN, at: minuteAt(0) }));
}

const dispatched = (itemCode = 'A05'): CaseRecord => step(acceptedCase(itemCode), 'T14', 'system', 1);
const reviewed = (): CaseRecord => step(settleLanes(dispatched(), 2), 'T23', WALKER_STAFF.REV2, 3);
const waitsForMoney = (): CaseRecord => step(step(reviewed(), 'T24', WALKER_STAFF.APP, 4), 'T25', 'system', 4);

function printed(): CaseRecord {
  const before = waitsForMoney();
  const paid = expectStep(
    enterPayment(before, paymentOf(before, 5), { id: before.id, actor: 'system', at: minuteAt(5) }),
  );
  const booked = step(step(paid, 'T26', 'system', 5), 'T27', WALKER_STAFF.BOOK, 6);
  return step(step(booked, 'T28', WALKER_STAFF.PRT, 7), 'T29', WALKER_STAFF.PRT, 8);
}
const ready = (): CaseRecord => step(printed(), 'T31', WALKER_STAFF.QC, 9);
const shipped = (): CaseRecord => step(ready(), 'T36', WALKER_STAFF.WIN, 10);
const issued = (): CaseRecord => step(step(ready(), 'T33', WALKER_STAFF.WIN, 10), 'T34', WALKER_STAFF.WIN, 11);

function paper(kind: CasePaperKind, record: CaseRecord, facts: Partial<CaseFacts> = {}): PaperDocument {
  const document = buildCasePaper(kind, record, { ...FACTS, ...facts });
  if (!document) throw new Error(`no ${kind}`);
  return document;
}
const words = (document: PaperDocument): string => JSON.stringify(document.blocks);
const codeOf = ({ blocks: [head] }: PaperDocument): string | null => (head?.kind === 'head' ? head.code : null);
const rowsOf = (document: PaperDocument): string[][] =>
  document.blocks.flatMap((block: PaperBlock) => (block.kind === 'table' ? block.rows : []));

describe('which papers a case can have', () => {
  const ALWAYS = ['application', 'inquiry', 'acceptance'];
  test.each<[string, () => CaseRecord, string[]]>([
    ['just accepted', () => acceptedCase(), [...ALWAYS, 'withdrawal']],
    ['of a sale, where tax is due', () => acceptedCase('C01'), [...ALWAYS, 'tax-contact', 'withdrawal']],
    ['a seal ordered by a court', () => acceptedCase('A03'), ['acceptance', 'withdrawal']],
    ['of the provident fund', () => acceptedCase('P01'), ['acceptance', 'withdrawal']],
    ['a re-issue after a loss', () => acceptedCase('C05'), [...ALWAYS, 'loss-statement', 'withdrawal']],
    ['about to be refused', refused, ['refusal', 'one-time-notice']],
    ['refused', () => step(refused(), 'T12', WALKER_STAFF.WIN, 1), ['refusal', 'one-time-notice']],
    ['taken for accepted', () => step(refused(), 'T11', WALKER_STAFF.WIN, 1), [...ALWAYS, 'withdrawal']],
    [
      'short of papers',
      () => step(dispatched(), 'T15', WALKER_STAFF.REV1, 2),
      [...ALWAYS, 'supplement-notice', 'withdrawal'],
    ],
    [
      'whose papers were handed in',
      () => step(step(dispatched(), 'T15', WALKER_STAFF.REV1, 2), 'T16', WALKER_STAFF.WIN, 3),
      [...ALWAYS, 'withdrawal'],
    ],
    [
      'on public notice',
      () => step(dispatched(), 'T18', WALKER_STAFF.REV2, 2),
      [...ALWAYS, 'public-notice', 'withdrawal'],
    ],
    ['that is not registered', () => step(dispatched(), 'T41', WALKER_STAFF.APP, 2), [...ALWAYS, 'rejection']],
    ['to be paid for', waitsForMoney, [...ALWAYS, 'payment-notice', 'withdrawal']],
    ['printed', printed, ALWAYS],
    ['with a spoiled blank', () => step(printed(), 'T32', WALKER_STAFF.QC, 9), [...ALWAYS, 'blank-register']],
    ['waiting to be fetched', ready, [...ALWAYS, 'pickup-notice']],
    ['sent by express', shipped, [...ALWAYS, 'express-slip', 'issue-record']],
    ['received from the carrier', () => step(shipped(), 'T37', WALKER_STAFF.WIN, 11), [...ALWAYS, 'issue-record']],
    ['handed over', issued, [...ALWAYS, 'issue-record']],
    ['withdrawn', () => step(dispatched(), 'T40', WALKER_STAFF.WIN, 2), [...ALWAYS, 'withdrawal']],
    ['in the archive', () => step(issued(), 'T39', WALKER_STAFF.ARC, 12), [...ALWAYS, 'issue-record', 'transfer-list']],
  ])('%s', (_name, walk, expected) => {
    expect(papersOf(walk(), FACTS)).toEqual(expected);
  });
});

describe('what stands on them', () => {
  const number = acceptedCase().acceptance.number;

  test('an application has numbers in full, the right ticked, and papers of the cause', () => {
    const record = opened({
      itemCode: 'A05',
      mortgage: { amountFen: 30_000_000, from: '2026-11-23', to: '2046-11-22' },
      parties: [...acceptance(1).parties, OBLIGOR],
    });
    const text = words(paper('application', record));
    expect(codeOf(paper('application', record))).toBe(number);
    for (const said of ['220402199003071231', '220403198506150048', '13804370002', '☑抵押权', '☑首次登记'])
      expect(text).toContain(said);
    expect(text).toContain('¥300,000.00');
    expect(text).toContain('2026年11月23日至2046年11月22日');
    expect(text).toContain('1. 不动产登记证明\\n2. 抵押权消灭的材料\\n3. 不动产权属证书');
  });

  test('each person is asked on a sheet of their own; an organisation speaks by its agent', () => {
    const person = acceptance(1).parties[0];
    if (!person) throw new Error('nobody');
    const bank = { ...person, kind: 'organisation' as const, name: '示例银行', idKind: 'credit-code' as const };
    const agent = { ...OBLIGOR, role: 'agent' as const };
    const pages = (parties: Acceptance['parties']) =>
      paper('inquiry', opened({ parties })).blocks.filter((block) => block.kind === 'head').length;
    expect(pages([person, OBLIGOR])).toBe(2);
    expect(pages([bank])).toBe(1);
    expect(pages([person, bank, agent])).toBe(2);
    expect(words(paper('inquiry', opened({ parties: [bank, agent] })))).not.toContain('示例银行');
  });

  test('a mortgage, an inheritance and an objection are asked about as such', () => {
    const asks = (itemCode: string) => words(paper('inquiry', acceptedCase(itemCode)));
    expect(asks('A05')).toContain('担保的主债权');
    expect(asks('C07')).toContain('其他继承人');
    expect(asks('B03')).toContain('异议登记不当');
    expect(asks('C01')).not.toMatch(/主债权|继承人|异议登记不当/);
  });

  test('an acceptance slip masks numbers and says limit and promise', () => {
    const text = words(paper('acceptance', opened({ parties: [OBLIGOR, ...acceptance(1).parties] })));
    expect(text).toContain('220402********1231');
    expect(text).not.toContain('220402199003071231');
    expect(text).toContain('60分钟（工作时间内）');
    expect(text).toContain('2026-11-23 10:00 前');
    expect(text).toContain('合计：6项，收取6份');
  });

  test('a refusal says everything that is missing, and the one-time notice where to get it', () => {
    expect(words(paper('refusal', refused()))).toContain('抵押权消灭的材料：未提交：贷款银行');
    expect(words(paper('refusal', refused()))).toContain('辽源市龙山区人民法院');
    expect(rowsOf(paper('one-time-notice', refused()))).toEqual([['1', '抵押权消灭的材料', '未提交', '贷款银行']]);
  });

  test('a supplement notice says what, why, until when, and who asked', () => {
    const document = paper('supplement-notice', step(dispatched(), 'T15', WALKER_STAFF.REV1, 2));
    expect(rowsOf(document)).toEqual([['1', '抵押合同', '缺签字页']]);
    expect(words(document)).toContain('2026年12月7日前');
    expect(words(document)).toContain('赵敏（2004）');
    expect(codeOf(document)).toBe(number);
  });

  test('a tax contact masks buyers and sellers, and leaves an unknown price to the pen', () => {
    const sale = (priceFen?: number) =>
      words(paper('tax-contact', opened({ itemCode: 'C01', priceFen, parties: [...acceptance(1).parties, OBLIGOR] })));
    expect(sale(42_800_000)).toContain('¥428,000.00');
    expect(sale()).toContain('"label":"合同价款","value":""');
    expect(sale()).toContain('220403********0048');
    expect(sale()).not.toContain('220403198506150048');
  });

  test('a payment notice has lines, the sum, what is still owed, and a pay code that leads back to the case', () => {
    const record = waitsForMoney();
    const document = paper('payment-notice', record);
    expect(rowsOf(document)).toEqual([['不动产登记费', '80.00元/件', '1', '件', '0.00', '80.00', '']]);
    const qr = document.blocks.find((block) => block.kind === 'qr');
    expect(parseNoticePayCode(qr?.data ?? '')).toBe(number);
    expect(qr?.caption).toContain(qr?.data);
    const half = { ...paymentOf(record, 5), amountFen: 3000 };
    const partly = expectStep(enterPayment(record, half, { id: record.id, actor: 'system', at: minuteAt(5) }));
    expect(words(paper('payment-notice', partly))).toContain(
      '已缴：¥30.00　　应缴：¥50.00　　人民币（大写）：伍拾元整',
    );
  });

  test.each([
    ['T41' as const, () => dispatched(), /第二十二条第二项/, '权属争议未解决'],
    ['T20' as const, () => step(dispatched(), 'T18', WALKER_STAFF.REV2, 2), /第二十二条第二项/, '异议成立'],
  ])('a rejection by %s names its ground, the facts and the remedies', (transition, walk, ground, reason) => {
    const text = words(paper('rejection', step(walk(), transition, WALKER_STAFF.APP, 3)));
    expect(text).toMatch(ground);
    expect(text).toContain(reason);
    expect(text).toContain('六十日内向辽源市人民政府');
  });

  test('a rejection for papers that did not come names that, and no other ground', () => {
    const short = step(dispatched(), 'T15', WALKER_STAFF.REV1, 2);
    const late = step(short, 'T17', WALKER_STAFF.APP, 30 * 24 * 60);
    expect(words(paper('rejection', late))).toContain('逾期未按要求补正申请材料');
  });

  test('a public notice says until when and what the reviewer wrote', () => {
    const text = words(paper('public-notice', step(dispatched(), 'T18', WALKER_STAFF.REV2, 2)));
    expect(text).toContain('自2026年11月23日至2026年12月14日');
    expect(text).toContain('拟登记公告');
    expect(text).not.toContain('2204021990');
  });

  test('a pickup notice names window and nobody', () => {
    const text = words(paper('pickup-notice', step(ready(), 'T33', WALKER_STAFF.WIN, 10)));
    expect(text).toContain('W07窗口');
    expect(text).not.toMatch(/张三|2204021990/);
  });

  test('an issue record has certificate, blank and receiver, masked', () => {
    const record = issued();
    const [row] = rowsOf(paper('issue-record', record));
    expect(row?.[0]).toContain(record.certificates[0]?.number);
    expect(row?.[0]).toContain(record.certificates[0]?.blank);
    expect(row?.[2]).toBe('张三\n220402********1231');
  });

  test('an express slip is the label of the parcel: receiver, sender, contents, and the number the carrier scans', () => {
    const record = shipped();
    const document = paper('express-slip', record);
    const [certificate] = record.certificates;
    const values = document.blocks.flatMap((block) =>
      block.kind === 'fields'
        ? block.rows.flatMap((row) => ('section' in row ? [] : row.map(({ value }) => value)))
        : [],
    );
    expect(values).toEqual([
      ...['张三', '13800000001', '辽源市龙山区示例街1号'],
      ...[FACTS.agency, FACTS.phone, FACTS.address],
      ...['邮政速递', number, 'EA000000001CN', '2026年11月23日 09:10', `${WALKER_STAFF.WIN}（${WALKER_STAFF.WIN}）`],
    ]);
    expect(rowsOf(document)).toEqual([['不动产登记证明', certificate?.number, certificate?.blank]]);
    expect(document.blocks).toContainEqual({
      kind: 'barcode',
      data: 'EA000000001CN',
      caption: '运单号 EA000000001CN',
    });
    expect(words(document)).toContain('核对收件人身份证件');
    expect(words(document)).toContain('受理凭证交快递员带回，或者拍照发回寄件人');
    expect(words(document)).not.toMatch(/2204021990|220402\*/);
    expect(codeOf(document)).toBe(number);
  });

  test('a tracking number that no bars can say stands in words', () => {
    const record = shipped();
    const express = record.handover?.express;
    if (!record.handover || !express) throw new Error('not sent');
    const wide = { ...record, handover: { ...record.handover, express: { ...express, trackingNumber: 'ＥＡ１２' } } };
    const document = paper('express-slip', wide);
    expect(document.blocks.some((block) => block.kind === 'barcode')).toBe(false);
    expect(words(document)).toContain('ＥＡ１２');
  });

  test('a withdrawal has a line for each applicant, the reason once it is known, and what comes back', () => {
    const both = opened({ itemCode: 'A05', parties: [...acceptance(1).parties, OBLIGOR] });
    expect(rowsOf(paper('withdrawal', both)).map(([name]) => name)).toEqual(['张三', '李四']);
    expect(words(paper('withdrawal', both))).not.toContain('退还登记费');
    const before = waitsForMoney();
    const paid = expectStep(
      enterPayment(before, paymentOf(before, 5), { id: before.id, actor: 'system', at: minuteAt(5) }),
    );
    const text = words(paper('withdrawal', step(paid, 'T40', WALKER_STAFF.WIN, 6)));
    expect(text).toContain('双方协商撤回');
    expect(text).toContain('¥80.00');
  });

  test('a transfer list has every case on it once, in the order of their numbers', () => {
    const one = step(issued(), 'T39', WALKER_STAFF.ARC, 12);
    const other = { ...one, id: 'other', acceptance: { ...one.acceptance, number: '20261122070009' } };
    const list = paper('transfer-list', one, { transferred: () => [one, other] });
    expect(rowsOf(list).map(([, each]) => each)).toEqual(['20261122070009', number]);
    expect(words(list)).toContain('20261123-01');
  });

  test('a register of blanks has serial, reason and both persons', () => {
    const document = paper('blank-register', step(printed(), 'T32', WALKER_STAFF.QC, 9));
    expect(rowsOf(document)[0]?.slice(3)).toEqual(['1', '卡纸：卡纸']);
    expect(words(document)).toContain(`（${WALKER_STAFF.QC}）`);
    expect(words(document)).toContain('（9001）');
    expect(words(document)).toContain('P01窗口');
  });

  test('a second print says so', () => {
    const [head] = paper('application', acceptedCase(), { print: 2 }).blocks;
    expect(head?.kind === 'head' ? head.mark : '').toBe('重打 第2次');
  });
});

describe('what is owed', () => {
  const file = (record: CaseRecord, ...slips: CaseFile['slips'][number]['slip'][]): CaseFile => ({
    ...record,
    slips: slips.map((slip) => ({
      slip,
      print: 1,
      at: new Date(EPOCH).toISOString(),
      by: '1001',
      confirmation: 'sent',
    })),
  });

  test('what a step prints, until it came out once for each time the step was taken', () => {
    expect(isOwed(file(acceptedCase()), 'application')).toBe(true);
    expect(isOwed(file(acceptedCase(), 'application'), 'application')).toBe(false);
    const twice = ['T15', 'T16', 'T15'] as const;
    const record = twice.reduce(
      (before, transition, index) =>
        step(before, transition, transition === 'T16' ? WALKER_STAFF.WIN : WALKER_STAFF.REV1, index + 2),
      lane(dispatched(), { lane: 'REV1', event: 'claim' }, 2),
    );
    expect(isOwed(file(record, 'supplement-notice'), 'supplement-notice')).toBe(true);
    expect(isOwed(file(record, 'supplement-notice', 'supplement-notice'), 'supplement-notice')).toBe(false);
  });

  test('a refusal before it stands, since without paper it is none', () => {
    expect(isOwed(file(refused()), 'refusal')).toBe(true);
    expect(isOwed(file(step(refused(), 'T12', WALKER_STAFF.WIN, 1), 'refusal'), 'refusal')).toBe(false);
  });

  test('the label of a parcel once it is sent, since it goes with it', () => {
    expect(isOwed(file(ready()), 'express-slip')).toBe(false);
    expect(isOwed(file(shipped()), 'express-slip')).toBe(true);
    expect(isOwed(file(shipped(), 'express-slip'), 'express-slip')).toBe(false);
  });

  test('never what can be had at any time', () => {
    expect(isOwed(file(acceptedCase('C01')), 'tax-contact')).toBe(false);
    expect(isOwed(file(acceptedCase()), 'withdrawal')).toBe(false);
  });
});

test('telephone and address in full are for the window alone', () => {
  expect(PAPER_STAFF.filter((role) => mayHandle('express-slip', [role]))).toEqual(['WIN']);
});

test('whole numbers of persons are for the window alone', () => {
  const record = acceptedCase();
  for (const kind of papersOf(record, FACTS)) {
    if (!words(paper(kind, record)).includes('220402199003071231')) continue;
    expect(PAPER_STAFF.filter((role) => mayHandle(kind, [role]))).toEqual(['WIN']);
  }
});
