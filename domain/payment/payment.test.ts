import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noticePayCode, parseNoticePayCode } from './payCode.ts';
import { heldFen, type PaymentStep, stepPayment } from './reducePayment.ts';
import { PAYMENT_MOVES, PAYMENT_STATES, type PaymentState } from './states.ts';
import { FAILURE_REASONS, type PaymentRecord } from './types.ts';

const CASE = '0198a000-0000-7000-8000-0000000000c1';
const AT = '2026-11-23T01:00:00.000Z';
const CONTEXT = { actor: '3001', at: AT };

const request: PaymentStep = {
  kind: 'payment.requested',
  body: { caseId: CASE, caseNumber: '20261123070001', method: 'WECHAT', amountFen: 8000, expiresAt: AT },
};
const confirm = (amountFen = 8000, caseId = CASE): PaymentStep => ({
  kind: 'payment.confirmed',
  body: { caseId, amountFen, receipt: '42', paidAt: AT },
});
const fail = (reason: (typeof FAILURE_REASONS)[number], receivedFen = 0): PaymentStep => ({
  kind: 'payment.failed',
  body: { caseId: CASE, reason, receivedFen },
});
const askBack: PaymentStep = {
  kind: 'payment.refundRequested',
  body: { caseId: CASE, cause: 'clerk', reason: '多收' },
};
const refund = (amountFen = 8000): PaymentStep => ({
  kind: 'payment.refunded',
  body: { caseId: CASE, amountFen, receipt: '50', refundedAt: AT },
});

function walk(...steps: PaymentStep[]): PaymentRecord | string {
  let record: PaymentRecord | null = null;
  for (const step of steps) {
    const stepped = stepPayment(record, 'p1', step, CONTEXT);
    if (!stepped.ok) return stepped.code;
    record = stepped.record;
  }
  return record ?? 'nothing';
}
const stateAfter = (...steps: PaymentStep[]) => {
  const result = walk(...steps);
  return typeof result === 'string' ? result : result.state;
};

test.each<[string, PaymentStep[], string]>([
  ['is asked for', [request], 'REQUESTED'],
  ['is paid', [request, confirm()], 'PAID'],
  ['is paid once', [request, confirm(), confirm()], 'illegal-transition'],
  ['is not paid by another amount', [request, confirm(7999)], 'amount-differs'],
  ['is not paid for another case', [request, confirm(8000, AT)], 'illegal-transition'],
  ['expires', [request, fail('expired')], 'EXPIRED'],
  ['is paid late', [request, fail('expired'), confirm()], 'PAID'],
  ['is paid after it was cancelled', [request, fail('cancelled'), confirm()], 'PAID'],
  ['is not cancelled twice', [request, fail('cancelled'), fail('cancelled')], 'illegal-transition'],
  ['fails by a wrong amount', [request, fail('wrong-amount', 1)], 'FAILED'],
  ['fails by a wrong amount that came late', [request, fail('expired'), fail('wrong-amount', 1)], 'FAILED'],
  ['is never paid after a wrong amount', [request, fail('wrong-amount', 1), confirm()], 'illegal-transition'],
  ['goes back', [request, confirm(), askBack, refund()], 'REFUNDED'],
  ['goes back whole', [request, confirm(), askBack, refund(7999)], 'amount-differs'],
  ['goes back when it was wrong', [request, fail('wrong-amount', 1), askBack, refund(1)], 'REFUNDED'],
  ['does not go back when nothing came', [request, fail('cancelled'), askBack], 'illegal-transition'],
  ['does not go back twice', [request, confirm(), askBack, refund(), askBack], 'illegal-transition'],
  ['is not given back unasked', [request, confirm(), refund()], 'illegal-transition'],
  ['does not begin with money', [confirm()], 'illegal-transition'],
  ['is asked for once', [request, request], 'illegal-transition'],
])('a payment %s', (_name, steps, expected) => {
  expect(stateAfter(...steps)).toBe(expected);
});

describe('whatever comes in whatever order', () => {
  const steps = fc.array(
    fc.oneof(
      fc.constantFrom(request, askBack),
      fc.constantFrom(0, 1, 7999, 8000).map((fen) => confirm(fen)),
      fc.constantFrom(0, 1, 8000).map((fen) => refund(fen)),
      fc.tuple(fc.constantFrom(...FAILURE_REASONS), fc.constantFrom(0, 1)).map(([why, fen]) => fail(why, fen)),
    ),
    { maxLength: 14 },
  );

  test('a payment is confirmed at most once, refunded at most once, and only moves along the table', () => {
    fc.assert(
      fc.property(steps, (given) => {
        let record: PaymentRecord | null = null;
        let confirmed = 0;
        let refunded = 0;
        for (const step of given) {
          const before: PaymentRecord | null = record;
          const stepped = stepPayment(before, 'p1', step, CONTEXT);
          if (!stepped.ok) continue;
          record = stepped.record;
          confirmed += step.kind === 'payment.confirmed' ? 1 : 0;
          refunded += step.kind === 'payment.refunded' ? 1 : 0;
          if (before) {
            const { state } = record;
            const from: PaymentState = before.state;
            expect(Object.values(PAYMENT_MOVES).some((move) => move.to === state && move.from.includes(from))).toBe(
              true,
            );
            expect(record.version).toBe(before.version + 1);
          }
          if (record.paid) expect(record.paid.amountFen).toBe(record.amountFen);
          if (record.state === 'PAID') expect(heldFen(record)).toBe(record.amountFen);
          if (record.state === 'REFUNDED') expect(heldFen(record)).toBe(0);
          if (record.paid !== null) expect(confirmed).toBe(1);
        }
        expect(confirmed).toBeLessThanOrEqual(1);
        expect(refunded).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2000 },
    );
  });
});

test('every state is reached, and REFUNDED is the only one without a way on', () => {
  const reached = new Set<PaymentState>(['REQUESTED', ...Object.values(PAYMENT_MOVES).map(({ to }) => to)]);
  expect([...reached].sort()).toEqual([...PAYMENT_STATES].sort());
  const withoutWay = PAYMENT_STATES.filter(
    (state) => !Object.values(PAYMENT_MOVES).some((move) => move.from.includes(state)),
  );
  expect(withoutWay).toEqual(['REFUNDED']);
});

test('the pay code of a notice leads back to its case, and a wrong digit leads nowhere', () => {
  const number = '20261123070012';
  const code = noticePayCode(number);
  expect(code).toMatch(/^JF20261123070012\d$/);
  expect(parseNoticePayCode(code.toLowerCase())).toBe(number);
  for (let at = 2; at < code.length; at++) {
    for (let add = 1; add < 10; add++) {
      const wrong = code.slice(0, at) + ((Number(code[at]) + add) % 10) + code.slice(at + 1);
      expect(parseNoticePayCode(wrong), wrong).toBeNull();
    }
  }
  expect(parseNoticePayCode(number)).toBeNull();
});
