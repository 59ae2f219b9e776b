import { expect, test } from 'vitest';
import type { TicketOp } from '../../../domain/queue/reduceTicket.ts';
import { HALL_BODIES } from '../../../tests/fixtures/hallBodies.ts';
import { sentenceOf, whoWords } from './story.ts';

const nameOf = (number: string): string => ({ '1001': '王敏' })[number] ?? number;
const kinds = Object.entries(HALL_BODIES).filter(([kind]) => kind.startsWith('ticket.'));

test.each(kinds)('%s has a sentence of its own, without a code in it', (kind, body) => {
  const sentence = sentenceOf({ kind, body } as TicketOp, nameOf);
  expect(sentence).toMatch(/\p{Script=Han}/u);
  expect(sentence).not.toMatch(/undefined|[a-z]{3}|1001/);
});

test('the story says who called, where, why, and how many could have been called', () => {
  const body = { ...HALL_BODIES['ticket.called'] };
  body.why = { ...body.why, rule: 'returned', waitedMs: 65 * 60_000, eligible: 4 };
  expect(sentenceOf({ kind: 'ticket.called', body }, nameOf)).toBe(
    '3 号窗口 王敏 叫号（返回的号先叫，已等 1 时 5 分，当时可叫 4 人）',
  );
});

test('what came with a number stands behind it', () => {
  const body = { ...HALL_BODIES['ticket.taken'], elder: true, batch: 12, class: 'enterprise' as const };
  expect(sentenceOf({ kind: 'ticket.taken', body }, nameOf)).toBe(
    '在自助机取号，涉税，企业绿色通道，老年人，一次办 12 件',
  );
});

test('machines are named as what they are', () => {
  expect(['kiosk', 'system', '7777'].map((by) => whoWords({ by, byName: null }))).toEqual(['自助机', '系统', '7777']);
});
