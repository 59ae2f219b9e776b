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
    statutoryDueAt: '2027-01-05T08:30:00.000Z',
    statutoryProvisional: true,
    pauses: [],
    endedAt: null,
    linked: null,
    missingYears: [2027],
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
