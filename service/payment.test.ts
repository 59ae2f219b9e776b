import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TerminalRole } from '../contract/config.ts';
import type { YichuangError } from '../contract/errors.ts';
import type { MethodInput, MethodName } from '../contract/rpc.ts';
import { openDatabase } from '../db/open.ts';
import { verifyDatabase } from '../db/verify.ts';
import { openPayHall } from '../tests/fixtures/payHall.ts';
import { stopProcess } from '../tests/fixtures/runningCentre.ts';
import { startTestService } from '../tests/fixtures/service.ts';
import { TEST_KEY } from '../tests/fixtures/store.ts';

/** A real service, a real centre process and a real payment channel process. */

const WAIT = { timeout: 45_000, interval: 50 };
let hall: Awaited<ReturnType<typeof openPayHall>>;
let terminal: ReturnType<typeof startTestService>;

beforeEach(async () => {
  hall = await openPayHall();
  const enrolmentCode = await hall.enrolmentCode('W08');
  const hub = { url: hall.centre.url, enrolmentCode };
  terminal = startTestService({ staff: [], config: { terminal: { id: 'W08', hall: 'main' }, hub } });
  await expect.poll(async () => (await terminal.call('session.hello', {})).hasStaff, WAIT).toBe(true);
});
afterEach(async () => {
  await terminal.dispose();
  await hall.stop();
});

const call = <M extends MethodName>(method: M, input: MethodInput<M>) =>
  terminal.call(method, input, 'page-1', 'backoffice');
const signIn = (number: string, role: TerminalRole = 'backoffice') =>
  terminal.call(
    'session.login',
    { number, password: `Yichuang-${number}` },
    role === 'window' ? 'page-2' : 'page-1',
    role,
  );
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ code: 'ok', details: null }),
    ({ code, details }: YichuangError) => ({ code, details }),
  );
const hasArrived = (caseId: string) =>
  expect.poll(() => refusal(call('payment.list', { caseId })).then(({ code }) => code), WAIT).toBe('ok');

describe('the fee of a case', () => {
  test('is proposed by the table, and the lane ends with no other lines', async () => {
    await signIn('3001');
    const caseId = await hall.openCase('fee');
    await hasArrived(caseId);
    expect(await call('payment.propose', { caseId })).toMatchObject({ asks: 'use', lines: [] });
    const proposal = await call('payment.propose', { caseId, use: 'residential', exemption: 'small-enterprise' });
    expect(proposal).toMatchObject({ asks: null, totalFen: 0, payer: '张三' });

    const claimed = async () => (await call('office.tasks', { lane: 'FEE' })).rows.map(({ task }) => task.state);
    await expect.poll(claimed, WAIT).toEqual(['CLAIMED']);
    // Accepted, dispatched, twice the first review, claimed.
    const target = { caseId, baseVersion: 5 };
    const done = (lines: typeof proposal.lines) =>
      call('lane.act', {
        ...target,
        commandId: randomUUID(),
        change: { lane: 'FEE', event: 'done', fee: { lines, payer: proposal.payer } },
      });
    const wrong = proposal.lines.map((line) => ({ ...line, reason: '熟人' }));
    expect(await refusal(done(wrong))).toMatchObject({
      code: 'fee-wrong',
      details: { problems: [{ path: 'lines.0.reason', code: 'reason-unknown' }] },
    });
    expect((await refusal(done([]))).code).toBe('fee-wrong');
    const { record } = await done(proposal.lines);
    expect(record).toMatchObject({ fee: { totalFen: 0 }, lanes: { FEE: { state: 'DONE' } } });
  });
});

describe('the payment of a case', () => {
  test('comes back to the terminal that asked, and its projection is what the log says', async () => {
    await signIn('3001');
    const caseId = await hall.openCase();
    await hasArrived(caseId);
    await expect
      .poll(() => refusal(call('payment.request', { commandId: randomUUID(), caseId, method: 'ALIPAY' })), WAIT)
      .toMatchObject({ code: 'ok' });
    const asked = await call('payment.request', { commandId: randomUUID(), caseId, method: 'ALIPAY' });
    await hall.payWithPhone(asked.payCode);
    const states = async () =>
      (await call('payment.list', { caseId })).payments.map(({ state, method }) => `${state} ${method}`);
    await expect.poll(states, WAIT).toEqual(['PAID ALIPAY']);
    const db = openDatabase({ file: `${terminal.dir}/yichuang.db`, keyHex: TEST_KEY });
    expect(verifyDatabase(db)).toEqual([]);
    db.close();
  });

  test('is asked for by a window, which takes no cash and sees no balance', async () => {
    await signIn('1001', 'window');
    const caseId = await hall.openCase();
    const atWindow = <M extends MethodName>(method: M, input: MethodInput<M>) =>
      terminal.call(method, input, 'page-2', 'window');
    await expect
      .poll(
        () =>
          refusal(atWindow('payment.request', { commandId: randomUUID(), caseId, method: 'WECHAT' })).then(
            (r) => r.code,
          ),
        WAIT,
      )
      .toBe('ok');
    const cash = { commandId: randomUUID(), caseId, method: 'CASH', receipt: 'P1' } as const;
    expect((await refusal(atWindow('payment.record', cash))).code).toBe('forbidden');
    expect((await refusal(atWindow('payment.reconcile', { day: '2026-11-23' }))).code).toBe('forbidden');
  });

  test('is not taken while the centre is away: the notice has a code instead', async () => {
    await signIn('3001');
    const caseId = await hall.openCase();
    await hasArrived(caseId);
    await stopProcess(hall.centre.child, 'SIGTERM');
    const request = () => refusal(call('payment.request', { commandId: randomUUID(), caseId, method: 'WECHAT' }));
    await expect.poll(async () => (await request()).code, WAIT).toBe('offline');
    const { payments, noticePayCode } = await call('payment.list', { caseId });
    expect(payments).toEqual([]);
    expect(noticePayCode).toMatch(/^JF\d{15}$/);
  });
});
