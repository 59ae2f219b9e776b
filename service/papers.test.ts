import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { YichuangError } from '../contract/errors.ts';
import type { PaperTarget } from '../contract/rpc/papers.ts';
import type { PaperJob } from '../contract/serviceProtocol.ts';
import { missingPapersOf } from '../domain/case/refusalRules.ts';
import type { CasePaperKind } from '../domain/papers/ofCase/kinds.ts';
import { acceptanceDraft } from '../tests/fixtures/acceptance.ts';
import { codeOf } from '../tests/fixtures/codeOf.ts';
import { startTestService } from '../tests/fixtures/service.ts';
import { CLERK, phcOf } from '../tests/fixtures/staff.ts';

/** Papers through the real service; the shell that prints is this file, and keeps what it was given. */

let terminal: ReturnType<typeof startTestService>;
let jobs: PaperJob[];
/** What the shell answers to the next job; null: it is printed. */
let refusal: YichuangError | null;
let hold: Promise<void> | null;

const REVIEWER = { ...CLERK, number: '2004', name: '周涛', roles: ['REV1' as const], passwordHash: phcOf('x') };

beforeEach(async () => {
  jobs = [];
  refusal = null;
  hold = null;
  terminal = startTestService({
    staff: [CLERK, REVIEWER],
    config: { papers: { printer: 'office', phone: '0437-3212345', court: '辽源市龙山区人民法院' } },
    printPaper: async (job) => {
      await hold;
      if (refusal) throw refusal;
      jobs.push(job);
    },
  });
  await terminal.login();
  await terminal.call('session.login', { number: '2004', password: 'x' }, 'desk', 'backoffice');
});
afterEach(() => terminal.dispose());

const accept = async () => (await terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() })).id;
const target = (caseId: string, paper: CasePaperKind): PaperTarget => ({ of: 'case', caseId, paper });
const print = (caseId: string, paper: CasePaperKind) =>
  terminal.call('papers.print', { target: target(caseId, paper) });
const rows = async (caseId: string) => (await terminal.call('papers.list', { caseId })).rows;
const slipsOf = async (caseId: string) => (await terminal.call('case.get', { id: caseId })).record.slips;

describe('a list', () => {
  test('has what the case can have, what is owed, and how often each came out', async () => {
    const caseId = await accept();
    expect((await rows(caseId)).map(({ paper, owed, prints }) => [paper, owed, prints])).toEqual([
      ['application', true, 0],
      ['inquiry', true, 0],
      ['acceptance', true, 0],
      ['withdrawal', false, 0],
    ]);
    await print(caseId, 'application');
    const [application] = await rows(caseId);
    expect(application).toMatchObject({ code: 'M01', copies: 1, prints: 1, owed: false });
    expect(application?.printedAt).toMatch(/^\d{4}-/);
  });

  test('shows each desk its own papers only', async () => {
    const caseId = await accept();
    expect((await terminal.call('papers.list', { caseId }, 'desk', 'backoffice')).rows).toEqual([]);
    for (const method of ['papers.preview', 'papers.print', 'papers.pdf'] as const) {
      const asked = terminal.call(method, { target: target(caseId, 'application') }, 'desk', 'backoffice');
      expect(await codeOf(asked), method).toBe('forbidden');
    }
    const noted = terminal.call('papers.printed', { caseId, paper: 'application', print: 1 }, 'desk', 'backoffice');
    expect(await codeOf(noted)).toBe('forbidden');
    expect(jobs).toEqual([]);
    expect(await slipsOf(caseId)).toEqual([]);
  });
});

describe('a print', () => {
  test('goes to the configured printer and is recorded as sent; the second is marked', async () => {
    const caseId = await accept();
    expect(await print(caseId, 'application')).toEqual({ print: 1, confirmation: 'sent' });
    expect(await print(caseId, 'application')).toEqual({ print: 2, confirmation: 'sent' });
    expect(await slipsOf(caseId)).toMatchObject([
      { slip: 'application', print: 1, confirmation: 'sent', by: '1001' },
      { slip: 'application', print: 2, confirmation: 'sent', by: '1001' },
    ]);
    expect(jobs).toMatchObject([
      { title: '不动产登记申请书', copies: 1, duplex: false, printer: 'office' },
      { title: '不动产登记申请书' },
    ]);
    // Outlines of 重打 第2次: the head has them, and nothing else of the page differs.
    expect(jobs[1]?.pages[0]).not.toBe(jobs[0]?.pages[0]);
    const { pages, prints } = await terminal.call('papers.preview', { target: target(caseId, 'application') });
    expect(prints).toBe(2);
    expect(pages[0]).toBe(jobs[1]?.pages[0]);
  });

  test('that the spooler did not take is not recorded', async () => {
    const caseId = await accept();
    for (const code of ['paper-printer-refused', 'paper-print-cancelled'] as const) {
      refusal = new YichuangError(code);
      expect(await codeOf(print(caseId, 'application'))).toBe(code);
    }
    expect(await slipsOf(caseId)).toEqual([]);
    refusal = null;
    expect(await print(caseId, 'application')).toMatchObject({ print: 1 });
  });

  test('asked for twice at once is one print', async () => {
    const caseId = await accept();
    const gate = Promise.withResolvers<void>();
    hold = gate.promise;
    const both = [print(caseId, 'application'), print(caseId, 'application')];
    gate.resolve();
    expect(await Promise.all(both)).toEqual([
      { print: 1, confirmation: 'sent' },
      { print: 1, confirmation: 'sent' },
    ]);
    expect(jobs).toHaveLength(1);
  });

  test('of the receipt has its back on the back', async () => {
    await print(await accept(), 'acceptance');
    expect(jobs).toMatchObject([{ copies: 2, duplex: true }]);
    expect(jobs[0]?.pages).toHaveLength(2);
  });

  test('of what the case does not have is refused', async () => {
    const caseId = await accept();
    expect(await codeOf(print(caseId, 'transfer-list'))).toBe('forbidden');
    expect(await codeOf(print(caseId, 'rejection'))).toBe('no-such-slip');
    expect(await codeOf(print(caseId, 'refusal'))).toBe('no-such-slip');
    expect(await codeOf(print(caseId, 'express-slip'))).toBe('no-such-slip');
    expect(await codeOf(print(v7(), 'application'))).toBe('case-not-found');
    expect(jobs).toEqual([]);
  });

  test('of a character that no font has says which one, and nothing moves', async () => {
    const draft = acceptanceDraft({ property: { location: '示例街\u{323af}号' } });
    const { id } = await terminal.call('case.accept', { commandId: v7(), draft });
    await expect(print(id, 'application')).rejects.toMatchObject({
      code: 'paper-character-missing',
      details: { characters: ['U+323AF'] },
    });
    expect(jobs).toEqual([]);
    expect(await slipsOf(id)).toEqual([]);
  });
});

test('a refusal printed on A4 stands; without paper it does not', async () => {
  const draft = acceptanceDraft({ materials: [] });
  const refused = { ground: 'incomplete' as const, reason: '申请材料不齐全', missing: missingPapersOf(draft) };
  const { id: caseId } = await terminal.call('case.refuse', { commandId: v7(), draft, refusal: refused });
  const finish = () =>
    terminal.call('case.act', { commandId: v7(), caseId, baseVersion: 1, advance: { transition: 'T12', data: {} } });
  expect((await rows(caseId)).map(({ paper, owed }) => [paper, owed])).toEqual([
    ['refusal', true],
    ['one-time-notice', false],
  ]);
  refusal = new YichuangError('paper-printer-refused');
  expect(await codeOf(print(caseId, 'refusal'))).toBe('paper-printer-refused');
  expect(await codeOf(finish())).toBe('notice-not-printed');
  refusal = null;
  await print(caseId, 'refusal');
  expect((await finish()).record.state).toBe('NOT_ACCEPTED');
});

describe('a browser, which prints by itself', () => {
  test('gets a PDF of that print, and whoever saw it come out records it once', async () => {
    const caseId = await accept();
    const ask = () => terminal.call('papers.pdf', { target: target(caseId, 'application') });
    const first = await ask();
    expect(first.print).toBe(1);
    expect(first.name).toMatch(/^不动产登记申请书 \d{14}\.pdf$/);
    expect(Buffer.from(first.pdf, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    expect(await slipsOf(caseId)).toEqual([]);
    const noteIt = (count: number) => terminal.call('papers.printed', { caseId, paper: 'application', print: count });
    expect(await codeOf(noteIt(2))).toBe('paper-print-stale');
    await noteIt(1);
    expect(await codeOf(noteIt(1))).toBe('paper-print-stale');
    expect(await slipsOf(caseId)).toMatchObject([{ slip: 'application', print: 1, confirmation: 'sent' }]);
    expect((await ask()).print).toBe(2);
    const none = terminal.call('papers.printed', { caseId, paper: 'issue-record', print: 1 });
    expect(await codeOf(none)).toBe('no-such-slip');
  });
});

test('a machine without a shell prints nothing by itself', async () => {
  const headless = startTestService();
  await headless.login();
  const { id } = await headless.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
  expect(await codeOf(headless.call('papers.print', { target: target(id, 'application') }))).toBe(
    'paper-printer-missing',
  );
  await headless.dispose();
});
