import { v7 } from 'uuid';
import { afterEach, expect, test } from 'vitest';
import { caseTimes } from '../contract/caseTimes.ts';
import { acceptanceDraft } from '../tests/fixtures/acceptance.ts';
import { startTestService } from '../tests/fixtures/service.ts';

let terminal: ReturnType<typeof startTestService> | undefined;
afterEach(() => terminal?.dispose());

async function acceptAt(local: string, config: object = {}) {
  const now = Date.parse(`${local}+08:00`);
  terminal = startTestService({ now: () => now, config });
  await terminal.login();
  const { id } = await terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
  const { summary } = await terminal.call('case.get', { id });
  const slip = await terminal.call('slips.preview', { caseId: id, slip: 'acceptance' });
  const lines = slip.blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
  return { summary, promise: lines.find((line) => line.startsWith('承诺办结时间')) };
}

test('a case knows when it is due across lunch, and the slip says the same', async () => {
  const { summary, promise } = await acceptAt('2026-11-23T11:10:42');
  expect(caseTimes.parse(summary.times)).toEqual({
    limit: { minutes: 60 },
    dueAt: '2026-11-23T05:40:00.000Z',
    provisional: false,
    // 30 working days reach into a year whose calendar is not published.
    statutory: { limit: { workingDays: 30 } },
    statutoryDueAt: '2027-01-05T08:30:00.000Z',
    statutoryProvisional: true,
    green: null,
    missingYears: [2027],
    pauses: [],
    endedAt: null,
    linked: null,
  });
  expect(promise).toBe('承诺办结时间 2026-11-23 13:40 前');
  const listed = await terminal?.call('case.search', { text: '' });
  expect(listed?.rows[0]?.times).toEqual(summary.times);
});

test('a promise that runs into a year without a calendar is not printed as a date', async () => {
  const { summary, promise } = await acceptAt('2027-03-01T09:00:00');
  expect(summary.times).toMatchObject({ dueAt: '2027-03-01T02:00:00.000Z', provisional: true });
  expect(promise).toBe('承诺办结时间 以工作日历公布为准');
});

test('the opening hours of the terminal decide, and pages are told them', async () => {
  const hours = { usual: ['09:00-12:00', '14:00-17:00'], monday: ['09:00-17:00'] };
  const { summary } = await acceptAt('2026-11-23T11:30:00', { hours });
  expect(summary.times?.dueAt).toBe('2026-11-23T04:30:00.000Z');
  expect((await terminal?.call('session.hello', {}))?.hours).toEqual(hours);
});

test('a mortgage of a provident-fund loan runs by 90 minutes from the loan’s acceptance beside its own 60', async () => {
  let now = Date.parse('2026-11-23T13:30:00+08:00');
  terminal = startTestService({ now: () => now });
  await terminal.login();
  const loan = await terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
  now += 20 * 60_000;
  const link = { caseId: loan.id, number: loan.acceptance.number };
  const mortgage = await terminal.call('case.accept', { commandId: v7(), draft: { ...acceptanceDraft(), link } });
  const { times } = (await terminal.call('case.get', { id: mortgage.id })).summary;
  expect(times?.dueAt).toBe('2026-11-23T06:50:00.000Z');
  expect(times?.linked).toMatchObject({
    number: loan.acceptance.number,
    startedAt: '2026-11-23T05:30:00.000Z',
    dueAt: '2026-11-23T07:00:00.000Z',
  });
});

test('a withdrawn case stands still, and its receipt printed again promises what the first one did', async () => {
  let now = Date.parse('2026-11-23T09:00:00+08:00');
  terminal = startTestService({ now: () => now });
  await terminal.login();
  const { id } = await terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
  now += 10 * 60_000;
  const data = { reason: '申请人自愿撤回', signed: ['张三'] };
  await terminal.call('case.act', {
    commandId: v7(),
    caseId: id,
    baseVersion: 1,
    advance: { transition: 'T40', data },
  });
  now += 24 * 3_600_000;
  const { summary } = await terminal.call('case.get', { id });
  expect(summary).toMatchObject({ stateCode: 'WITHDRAWN', times: { endedAt: '2026-11-23T01:10:00.000Z' } });
  expect(summary.times?.dueAt).toBe('2026-11-23T02:00:00.000Z');
});
