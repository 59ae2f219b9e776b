import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import type { GatewayFault } from '../../centre/payment/simulator/faults.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import { call, jsonRequest } from '../fixtures/centre.ts';
import { openPayHall } from '../fixtures/payHall.ts';

/** A real centre process against a real payment channel process that gets things wrong. */

const WAIT = { timeout: 45_000, interval: 50 };
const WECHAT = { kind: 'request', method: 'WECHAT' } as const;
const PAID_STORY = ['T25', 'payment.requested', 'payment.confirmed', 'case.paid', 'T26'];
const TODAY = hallDay(Date.now());

let hall: Awaited<ReturnType<typeof openPayHall>>;
afterEach(() => hall.stop());

async function open(...faults: GatewayFault[]): Promise<string> {
  hall = await openPayHall(faults);
  return hall.openCase();
}

const storyOf = (caseId: string) => hall.story(caseId);

describe('a payment by phone', () => {
  test('is asked for, paid, and settled in one transaction with the case', async () => {
    const caseId = await open();
    const { status, body } = await hall.command(caseId, WECHAT);
    expect([status, body.state, body.amountFen]).toEqual([200, 'REQUESTED', 8000]);
    expect(body.payCode).toMatch(/^https:\/\/pay\.invalid\/wechat\//);
    await hall.payWithPhone(body.payCode);
    await expect.poll(() => storyOf(caseId), WAIT).toEqual(PAID_STORY);
    const later = await hall.command(caseId, WECHAT);
    expect([later.status, later.body.code]).toEqual([409, 'fee-settled']);
    const { methods, differences, openCount } = await hall.reconcile(TODAY);
    expect(methods.find(({ method }) => method === 'WECHAT')).toEqual({
      method: 'WECHAT',
      paidCount: 1,
      paidFen: 8000,
      refundedCount: 0,
      refundedFen: 0,
      netFen: 8000,
    });
    expect([differences, openCount]).toEqual([[], 0]);
  });

  test('asked for again, by the same press or another, is the same open code', async () => {
    const caseId = await open();
    const commandId = randomUUID();
    const first = await hall.command(caseId, WECHAT, { commandId });
    const again = await hall.command(caseId, WECHAT, { commandId });
    const other = await hall.command(caseId, WECHAT);
    expect(again.body.payment).toBe(first.body.payment);
    expect(other.body).toMatchObject({ payment: first.body.payment, payCode: first.body.payCode });
    expect(await storyOf(caseId)).toEqual(['T25', 'payment.requested']);
  });

  test('confirmed twice at once is paid once', async () => {
    const caseId = await open('double-confirm');
    const { body } = await hall.command(caseId, WECHAT);
    await hall.payWithPhone(body.payCode);
    await expect.poll(() => storyOf(caseId), WAIT).toEqual(PAID_STORY);
  });

  test('confirmed before the order is answered is paid once', async () => {
    const caseId = await open('confirm-first');
    const { body } = await hall.command(caseId, WECHAT);
    expect([body.state, body.payCode]).toEqual(['PAID', null]);
    expect(await storyOf(caseId)).toEqual(PAID_STORY);
  });

  test('of which the channel never says a word is found by asking', async () => {
    const caseId = await open('silent');
    const { body } = await hall.command(caseId, WECHAT);
    await hall.payWithPhone(body.payCode);
    await expect.poll(() => storyOf(caseId), WAIT).toEqual(PAID_STORY);
  });

  test('whose notices are signed by somebody else is paid only because the centre asked', async () => {
    const caseId = await open('wrong-signature', 'slow');
    const { body } = await hall.command(caseId, WECHAT);
    const forged = {
      event: 'paid',
      payment: body.payment,
      amountFen: 8000,
      receipt: '1',
      at: '2026-11-23T01:00:00.000Z',
    };
    const answer = await call(hall.centre.url, '/pay/v1/notify', jsonRequest(forged));
    expect(answer.status).toBe(401);
    expect(await storyOf(caseId)).toEqual(['T25', 'payment.requested']);
    await hall.setFaults(['wrong-signature']);
    await expect.poll(async () => (await hall.command(caseId, WECHAT)).body.payCode, WAIT).not.toBeNull();
    await hall.payWithPhone((await hall.command(caseId, WECHAT)).body.payCode);
    await expect.poll(() => storyOf(caseId), WAIT).toEqual(PAID_STORY);
  });

  test('of a slow or mute channel is answered without a code, which comes later', async () => {
    const caseId = await open('no-answer');
    const { status, body } = await hall.command(caseId, WECHAT);
    expect([status, body.state, body.payCode]).toEqual([200, 'REQUESTED', null]);
    await hall.setFaults([]);
    await expect.poll(async () => (await hall.command(caseId, WECHAT)).body.payCode, WAIT).not.toBeNull();
    expect((await hall.command(caseId, WECHAT)).body.payment).toBe(body.payment);
  });

  test('in a wrong amount pays nothing, raises an alarm, and can be given back', async () => {
    const caseId = await open('wrong-amount');
    const { body } = await hall.command(caseId, WECHAT);
    await hall.payWithPhone(body.payCode);
    const failed = ['T25', 'payment.requested', 'payment.failed', 'note.added'];
    await expect.poll(() => storyOf(caseId), WAIT).toEqual(failed);
    const { differences } = await hall.reconcile(TODAY);
    expect(differences).toMatchObject([{ kind: 'amount-differs', oursFen: 8000, theirsFen: 1, entry: 'paid' }]);
    const note = (await hall.ops(caseId)).find((op) => op.kind === 'note.added');
    expect(note?.body).toMatchObject({ kind: 'payment-alarm', text: expect.stringContaining('应收 80.00 元') });
    await hall.command(caseId, { kind: 'refund', payment: body.payment, reason: '渠道金额错误' });
    await expect.poll(() => storyOf(caseId), WAIT).toEqual([...failed, 'payment.refundRequested', 'payment.refunded']);
  });

  test('that comes after the withdrawal goes back by itself', async () => {
    const caseId = await open();
    const { body } = await hall.command(caseId, WECHAT);
    // The channel cannot be asked to close the code, so that it is still good after the withdrawal.
    await hall.setFaults(['silent', 'away']);
    await hall.withdraw(caseId);
    await hall.payWithPhone(body.payCode);
    await hall.setFaults([]);
    await expect
      .poll(() => storyOf(caseId), WAIT)
      .toEqual([
        'T25',
        'payment.requested',
        'T40',
        'payment.confirmed',
        'case.paid',
        'payment.refundRequested',
        'payment.refunded',
        'case.paid',
      ]);
  });
});

describe('money that goes back', () => {
  test('after a withdrawal, whatever the channel tells first, is two entries and no deletion', async () => {
    const caseId = await open('refund-first');
    const { body } = await hall.command(caseId, WECHAT);
    await hall.payWithPhone(body.payCode);
    await expect.poll(() => storyOf(caseId), WAIT).toEqual(PAID_STORY);
    await hall.withdraw(caseId);
    const back = ['T40', 'payment.refundRequested', 'payment.refunded', 'case.paid'];
    await expect.poll(() => storyOf(caseId), WAIT).toEqual([...PAID_STORY, ...back]);
    const entries = (await hall.ops(caseId)).filter((op) => op.kind === 'case.paid').map((op) => op.body);
    expect(entries).toMatchObject([
      { kind: 'paid', amountFen: 8000 },
      { kind: 'refunded', amountFen: 8000 },
    ]);
    const { methods } = await hall.reconcile(TODAY);
    expect(methods[0]).toMatchObject({ paidFen: 8000, refundedFen: 8000, netFen: 0 });
  });

  test('before the register makes the case wait for its fee again', async () => {
    const caseId = await open();
    const { body } = await hall.command(caseId, { kind: 'record', method: 'CASH', receipt: 'P0001' });
    expect(body.state).toBe('PAID');
    await hall.command(caseId, { kind: 'refund', payment: body.payment, reason: '改由银行缴', receipt: 'R0001' });
    const back = ['payment.refundRequested', 'payment.refunded', 'case.paid', 'T25'];
    expect(await storyOf(caseId)).toEqual([...PAID_STORY, ...back]);
  });
});

describe('at the counter', () => {
  test('cash while a code is open: the code is closed, and money that still comes goes back', async () => {
    const caseId = await open('silent');
    const { body } = await hall.command(caseId, WECHAT);
    await hall.command(caseId, { kind: 'record', method: 'CASH', receipt: 'P0002' });
    await expect.poll(async () => (await storyOf(caseId)).at(-1), WAIT).toBe('payment.failed');
    await hall.payWithPhone(body.payCode);
    expect((await hall.reconcile(TODAY)).openCount).toBe(0);
    expect((await storyOf(caseId)).filter((each) => each === 'case.paid')).toHaveLength(1);
  });

  test('paid twice, by hand and by phone while the channel could not be asked: the second goes back', async () => {
    const caseId = await open('silent');
    const { body } = await hall.command(caseId, WECHAT);
    await hall.setFaults(['silent', 'away']);
    await hall.command(caseId, { kind: 'record', method: 'CARD', receipt: 'P0004' });
    await hall.payWithPhone(body.payCode);
    await hall.setFaults([]);
    const byHand = ['T25', 'payment.requested', 'payment.requested', 'payment.confirmed', 'case.paid', 'T26'];
    const back = ['payment.confirmed', 'case.paid', 'payment.refundRequested', 'payment.refunded', 'case.paid'];
    await expect.poll(() => storyOf(caseId), WAIT).toEqual([...byHand, ...back]);
    const cause = (await hall.ops(caseId)).find((op) => op.kind === 'payment.refundRequested')?.body;
    expect(cause).toMatchObject({ cause: 'not-owed' });
  });

  test('a receipt is used once, and only who may take money takes it', async () => {
    const caseId = await open();
    const cash = { kind: 'record', method: 'CASH', receipt: 'P0003' } as const;
    const window = await hall.command(caseId, cash, { actor: '1001' });
    expect([window.status, window.body.code]).toEqual([403, 'forbidden']);
    expect((await hall.command(caseId, cash)).status).toBe(200);
    const other = await hall.openCase();
    const again = await hall.command(other, cash);
    expect([again.status, again.body.code]).toEqual([409, 'receipt-used']);
  });
});

test('killed between the notice and its commit, the centre has it once when it comes back', async () => {
  const caseId = await open();
  const { body } = await hall.command(caseId, WECHAT);
  writeFileSync(hall.flag, '');
  const gone = once(hall.centre.child, 'exit');
  await hall.payWithPhone(body.payCode);
  expect((await gone)[1]).toBe('SIGKILL');
  rmSync(hall.flag);
  await hall.restartCentre();
  await expect.poll(() => storyOf(caseId), WAIT).toEqual(PAID_STORY);
});

test('the balance of a day names what the channel has and we have not, and the other way round', async () => {
  const caseId = await open();
  const { body } = await hall.command(caseId, WECHAT);
  await hall.payWithPhone(body.payCode);
  await expect.poll(() => storyOf(caseId), WAIT).toEqual(PAID_STORY);
  await hall.setFaults(['statement-missing', 'statement-extra']);
  const { differences } = await hall.reconcile(TODAY);
  expect(differences).toMatchObject([
    { kind: 'missing-at-channel', payment: body.payment, oursFen: 8000, theirsFen: null, method: 'WECHAT' },
    { kind: 'missing-here', caseNumber: null, oursFen: null, theirsFen: 8000 },
  ]);
});
