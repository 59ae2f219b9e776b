import { expect, test } from 'vitest';
import { acceptedCase, minuteAt } from '../../tests/fixtures/caseWalker.ts';
import type { CaseRecord } from '../case/types.ts';
import { layOutSlip } from './layout.ts';
import type { SlipContext } from './parts.ts';
import { buildTicketSlip, type TicketSlip, ticketSlipsOf } from './ticketSlips.ts';

const CONTEXT: SlipContext = {
  agency: '辽源市不动产登记交易中心',
  print: 1,
  at: '2026-11-23 10:30',
  acceptedAt: '2026-11-23 09:00',
  promisedBy: '2026-11-23 10:00 前',
};
const certificate = {
  number: '吉(2026)辽源市不动产证明第0000001号',
  kind: 'proof',
  holders: ['张三'],
  blank: 'Z22000000001',
  spoiled: [],
  printedAt: minuteAt(30),
  printedBy: '2008',
} as const;

function linesOf(slip: TicketSlip, record: CaseRecord, context = CONTEXT): string {
  const document = buildTicketSlip(slip, record, context);
  if (!document) throw new Error('no such slip');
  return layOutSlip(document)
    .flatMap((piece) => ('lines' in piece && Array.isArray(piece.lines) ? piece.lines : []))
    .join('\n');
}

const accepted = acceptedCase();
const ready: CaseRecord = {
  ...accepted,
  state: 'READY',
  certificates: [{ ...certificate, holders: ['张三'], spoiled: [] }],
};

test('a case has the slips of where it stands', () => {
  expect(ticketSlipsOf(accepted)).toEqual(['acceptance', 'withdrawal']);
  expect(ticketSlipsOf(ready)).toEqual(['acceptance', 'pickup-notice']);
  const byPost = { ...ready.acceptance, delivery: { method: 'mail', receiver: '张三' } } as const;
  expect(ticketSlipsOf({ ...ready, acceptance: byPost })).toEqual(['acceptance']);
  const refusal = { ground: 'other', reason: '不属登记事项', missing: [] } as const;
  const refused: CaseRecord = {
    ...accepted,
    state: 'NOT_ACCEPTED',
    refusal: { ...refusal, missing: [] },
    history: [],
  };
  expect(ticketSlipsOf(refused)).toEqual(['refusal']);
});

test('every applicant has a line of his own to sign the withdrawal on', () => {
  const [party] = accepted.acceptance.parties;
  if (!party) throw new Error('the fixture has a party');
  const two = { ...party, name: '李娜', idNumber: '220403198506150048' };
  const agent = { ...party, role: 'agent' as const, name: '王芳', idNumber: '220402196201014568' };
  const record = { ...accepted, acceptance: { ...accepted.acceptance, parties: [party, two, agent] } };
  const lines = linesOf('withdrawal', record);
  for (const name of ['张三 签字', '李娜 签字']) expect(lines).toContain(name);
  expect(lines).not.toContain('王芳 签字');
});

test('the payment notice reckons to the fen and names the reason of a reduction', () => {
  const lines = [{ name: '不动产登记费', class: 'F80', count: 2, unitFen: 8000, reducedFen: 8000, reason: '小微企业' }];
  const record: CaseRecord = {
    ...accepted,
    state: 'PAY_WAIT',
    fee: { lines, totalFen: 8000, payer: '张三', by: '2003', at: minuteAt(5) },
    payments: [{ payment: 'p', kind: 'paid', amountFen: 3000, method: 'CASH', receipt: '1', at: minuteAt(6) }],
  };
  const text = linesOf('payment-notice', record);
  for (const part of ['80.00元 × 2 = 80.00元', '减免 80.00元 小微企业', '已缴      30.00元', '应缴 50.00元']) {
    expect(text).toContain(part);
  }
});

test('the pickup notice names the window and no identity number', () => {
  const text = linesOf('pickup-notice', ready);
  expect(text).toContain('请到7号窗口领证');
  expect(text).not.toMatch(/\d{6}\*+/);
});

test('the issue record has every certificate with its blank, and the receiver masked', () => {
  const receiver = { name: '张三', idKind: 'resident', idNumber: '220402199003071231', phone: '13804370001' } as const;
  const record: CaseRecord = {
    ...ready,
    state: 'ISSUED',
    handover: { at: minuteAt(60), by: '1001', receiver, slipReturned: true },
  };
  const text = linesOf('issue-record', record);
  for (const part of [certificate.number, certificate.blank, '220402********1231', '138****0001', '已收回']) {
    expect(text).toContain(part);
  }
  expect(text).not.toContain('220402199003071231');
});

test('from the second print on every kind is marked', () => {
  for (const slip of ticketSlipsOf(ready))
    expect(linesOf(slip, ready, { ...CONTEXT, print: 2 })).toContain('重打 第2次');
});
