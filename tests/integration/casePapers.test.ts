import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PaperTarget } from '../../contract/rpc/papers.ts';
import type { StaffRole } from '../../domain/staff/roles.ts';
import { desk, startTestOffice } from '../fixtures/office.ts';
import { startTestService } from '../fixtures/service.ts';

/**
 * Papers of cases that a real centre decided, for the desk of each. The words are drawn as outlines, so what is read back
 * are the codes (zbar-tools) and the sheets (poppler-utils).
 */

const run = promisify(execFile);
const now = () => Date.parse('2026-11-23T02:00:00Z');
const TODAY = '2026-11-23';

let office: Awaited<ReturnType<typeof startTestOffice>>;
let terminal: ReturnType<typeof startTestService>;
let folder: string;
let jobs: string[];

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'yichuang-case-papers-'));
  jobs = [];
  office = await startTestOffice({ now });
  const enrolmentCode = await office.centre.createEnrolmentCode({ terminal: 'W07' });
  terminal = startTestService({
    staff: [],
    now,
    config: { hub: { url: office.centre.url, enrolmentCode } },
    printPaper: async ({ title, pages }) => {
      jobs.push(`${title} ${pages.length}`);
    },
  });
  await vi.waitFor(
    async () => expect(await terminal.call('sync.status', {})).toMatchObject({ link: 'connected' }),
    45_000,
  );
  for (const role of ['SUP', 'WIN', 'FEE', 'REV1', 'REV2', 'APP', 'PRT', 'QC', 'ARC', 'HOU'] as const) {
    await terminal.call('session.login', { number: desk(role), password: 'example-pass' }, role, 'supervisor');
  }
});
afterEach(async () => {
  await terminal.dispose();
  await office.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** Titles of the papers this desk has for the case now, owed ones with a star; waits until the case is here. */
async function papersFor(role: StaffRole, caseId: string, expected: string[]): Promise<void> {
  const ask = async () =>
    (await terminal.call('papers.list', { caseId }, role, 'backoffice')).rows.map(
      ({ title, owed }) => title + (owed ? '*' : ''),
    );
  await vi.waitFor(async () => expect(await ask()).toEqual(expected), 45_000);
}

async function pdfOf(role: StaffRole, target: PaperTarget): Promise<string> {
  const { name, pdf } = await terminal.call('papers.pdf', { target }, role, 'backoffice');
  const file = path.join(folder, name);
  writeFileSync(file, Buffer.from(pdf, 'base64'));
  return file;
}

async function codesOn(file: string): Promise<string[]> {
  await run('pdftoppm', ['-r', '200', '-png', '-gray', '-singlefile', file, `${file}.page`]);
  const { stdout } = await run('zbarimg', ['-q', `${file}.page.png`]);
  return stdout.trim().split('\n').sort();
}

async function pagesOf(file: string): Promise<number> {
  const { stdout } = await run('pdfinfo', [file]);
  return Number(/^Pages:\s+(\d+)$/m.exec(stdout)?.[1]);
}

test('each decision has its paper, for the desk that took it and for the window that hands it over', async () => {
  const short = await office.accept();
  const { number } = (await office.read(short)).acceptance;
  const missing = [{ text: '抵押合同', why: '缺签字页' }];
  await office.advance(short, desk('REV1'), { transition: 'T15', data: { missing, deadline: '2026-12-07' } });
  await papersFor('REV1', short, ['补正告知书*']);
  await papersFor('WIN', short, ['不动产登记申请书*', '询问记录*', '受理凭证*', '补正告知书*', '撤回申请书']);
  const notice: PaperTarget = { of: 'case', caseId: short, paper: 'supplement-notice' };
  expect(await codesOn(await pdfOf('REV1', notice))).toEqual([`CODE-128:${number}`, `QR-Code:${number}`]);
  await terminal.call('papers.print', { target: notice }, 'REV1', 'backoffice');
  expect(jobs).toEqual([expect.stringMatching(/^补正告知书 \d$/)]);
  // One paper, one count: the window sees that it is out.
  await papersFor('WIN', short, ['不动产登记申请书*', '询问记录*', '受理凭证*', '补正告知书', '撤回申请书']);

  const open = await office.accept();
  await office.advance(open, desk('REV2'), { transition: 'T18', data: { text: '拟登记公告', until: '2026-12-14' } });
  await papersFor('REV2', open, ['公告*']);
  await papersFor('REV1', open, []);
  await office.advance(open, desk('APP'), { transition: 'T20', data: { reason: '异议成立' } });
  await papersFor('APP', open, ['不予登记告知书*']);
  await papersFor('REV2', open, []);

  const asked = terminal.call('papers.list', { caseId: open }, 'HOU', 'backoffice');
  await expect(asked).rejects.toMatchObject({ code: 'forbidden' });
});

test('spoiled blanks stand in a register of the case and of the day, and the archive list has every case', async () => {
  const call = terminal.call;
  const D = (n: number) => `D${22_000_000_000 + n}`;
  const id = () => ({ commandId: v7() });
  await call('blanks.receive', { ...id(), form: 'certificate', first: D(1), count: 100 }, 'SUP', 'supervisor');
  await call('blanks.assign', { ...id(), from: D(1), count: 50, window: 'W07' }, 'SUP', 'supervisor');
  const register = (purpose: 'take-out' | 'void' | 'return', window?: string): PaperTarget => {
    return { of: 'blanks', day: TODAY, purpose, ...(window !== undefined && { window }) };
  };
  const refused = async (role: StaffRole, target: PaperTarget) =>
    call('papers.preview', { target }, role, 'backoffice').then(
      () => 'ok',
      (error: unknown) => (error as { code: string }).code,
    );
  expect(await refused('SUP', register('void'))).toBe('no-such-slip');
  expect(await refused('SUP', register('take-out'))).toBe('ok');
  expect(await refused('SUP', register('take-out', 'W09'))).toBe('no-such-slip');
  expect(await refused('WIN', register('take-out'))).toBe('forbidden');

  const spoil = (serial: string, witness: string) =>
    call('blanks.spoil', { ...id(), serial, reason: 'stained', witness, note: '水渍' }, 'PRT', 'backoffice');
  await spoil(D(1), desk('WIN'));
  // Taken back on the same day: no longer void, and no sheet for its other pair of persons.
  await spoil(D(9), desk('QC'));
  await call('blanks.restore', { ...id(), serial: D(9), note: '看错' }, 'SUP', 'supervisor');
  expect(await pagesOf(await pdfOf('SUP', register('void')))).toBe(1);

  const caseId = await office.acceptAndBook();
  const number = (await office.read(caseId)).certificates[0]?.number ?? '';
  const bind = (blank: string) =>
    office.advance(caseId, desk('PRT'), { transition: 'T28', data: { blanks: [{ number, blank }] } });
  expect(await bind(D(2))).toBe(200);
  const jam = { blank: D(2), reason: 'jam' as const, note: '', witness: desk('QC') };
  expect(await office.advance(caseId, desk('PRT'), { transition: 'T30', data: jam })).toBe(200);
  await papersFor('PRT', caseId, ['空白证书领用作废登记表*']);
  // Two pairs of persons saw it: a sheet for each.
  await vi.waitFor(async () => expect(await pagesOf(await pdfOf('SUP', register('void')))).toBe(2), 45_000);

  expect(await bind(D(3))).toBe(200);
  await office.advance(caseId, desk('PRT'), { transition: 'T29', data: {} });
  await office.advance(caseId, desk('QC'), { transition: 'T31', data: { opinion: '相符' } });
  await papersFor('QC', caseId, ['空白证书领用作废登记表*', '领证通知*']);
  await office.advance(caseId, desk('WIN'), { transition: 'T33', data: { window: 'W07' } });
  const receiver = { name: '张三', idKind: 'resident' as const, idNumber: '220402199003071231' };
  await office.advance(caseId, desk('WIN'), { transition: 'T34', data: { receiver, slipReturned: true } });
  const withdrawn = await office.accept();
  await office.advance(withdrawn, desk('WIN'), { transition: 'T40', data: { reason: '协商撤回', signed: ['张三'] } });
  for (const each of [caseId, withdrawn]) {
    expect(await office.advance(each, desk('ARC'), { transition: 'T39', data: { list: '20261123-01' } })).toBe(200);
  }
  await papersFor('ARC', caseId, ['移交单*']);
  await papersFor('ARC', withdrawn, ['移交单*']);
  const ofOne = { target: { of: 'case' as const, caseId, paper: 'transfer-list' as const } };
  const ofOther = { target: { ...ofOne.target, caseId: withdrawn } };
  const preview = (input: typeof ofOne) => call('papers.preview', input, 'ARC', 'backoffice');
  // The same list, whichever of its cases is asked.
  expect((await preview(ofOne)).pages).toEqual((await preview(ofOther)).pages);
});
