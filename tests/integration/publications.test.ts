import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Centre } from '../../centre/options.ts';
import { startCentre } from '../../centre/start.ts';
import { CATALOGUE } from '../../domain/catalogue/catalogue.ts';
import { calendar, catalogue } from '../../tools/commands/publish.ts';
import { acceptanceDraft } from '../fixtures/acceptance.ts';
import { calendarOf2027, laterCatalogue } from '../fixtures/publications.ts';
import { startTestService } from '../fixtures/service.ts';

const NOW = Date.parse('2026-11-23T09:00:00+08:00');
/** Two seconds for the centre to look for commands beside it, and as much for the machine. */
const WAIT = { timeout: 45_000 };

let dir: string;
let centre: Centre;
let terminal: ReturnType<typeof startTestService>;
let lines: string[];
beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'yichuang-publish-'));
  centre = await startCentre({ dataDir: dir, logger: pino({ level: 'silent' }) });
  const enrolmentCode = await centre.createEnrolmentCode({ terminal: 'W07' });
  terminal = startTestService({ config: { hub: { url: centre.url, enrolmentCode } }, now: () => NOW });
  // A terminal of a hall signs nobody in before the centre has confirmed its list of staff.
  await expect.poll(async () => (await terminal.call('sync.status', {})).link, WAIT).toBe('connected');
  await terminal.login();
  lines = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  await terminal.dispose();
  await centre.close();
  rmSync(dir, { recursive: true, force: true });
});

function file(value: unknown): string {
  const name = path.join(dir, 'publication.json');
  writeFileSync(name, `// by hand\n${JSON.stringify(value)}`);
  return name;
}

async function accept() {
  const { id } = await terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
  return id;
}

const summaryOf = async (id: string) => (await terminal.call('case.get', { id })).summary;
const versionInForce = async () => (await terminal.call('catalogue.items', {})).version;

test('a published catalogue is in force without a restart; a case keeps the one it was accepted under', async () => {
  const before = await accept();
  const later = laterCatalogue('2026.4', '2026-11-23');
  await catalogue({ data: dir, file: file(later) });
  expect(lines).toEqual(['{"published":"2026.4"}\n']);
  await expect.poll(versionInForce, WAIT).toBe('2026.4');

  const after = await accept();
  expect(await summaryOf(before)).toMatchObject({ itemName: '抵押权注销登记', times: { limit: { minutes: 60 } } });
  expect(await summaryOf(after)).toMatchObject({ itemName: '抵押权注销登记（新）', times: { limit: { minutes: 30 } } });
  const slip = JSON.stringify(await terminal.call('slips.preview', { caseId: after, slip: 'acceptance' }));
  expect(slip).toContain('抵押权注销登记（新）');
  const asOf = (version?: string) => terminal.call('catalogue.item', { code: 'A09', version });
  expect((await asOf()).item.name).toBe('抵押权注销登记（新）');
  expect((await asOf(CATALOGUE.version)).item.name).toBe('抵押权注销登记');
  await expect(terminal.call('catalogue.item', { code: 'A99' })).rejects.toMatchObject({ code: 'item-not-found' });
  await terminal.restart();
  expect(await versionInForce()).toBe('2026.4');
});

test('a form that was begun before is accepted by the catalogue it was begun with, and not by one to come', async () => {
  await catalogue({ data: dir, file: file(laterCatalogue('2026.4', '2026-11-23')) });
  await expect.poll(versionInForce, WAIT).toBe('2026.4');
  await catalogue({ data: dir, file: file(laterCatalogue('2026.5', '2026-11-24')) });
  const versionOf = async (catalogueVersion?: string) => {
    const draft = acceptanceDraft();
    return (await terminal.call('case.accept', { commandId: v7(), draft, catalogueVersion })).acceptance
      .catalogueVersion;
  };
  expect(await versionOf()).toBe('2026.4');
  expect(await versionOf(CATALOGUE.version)).toBe(CATALOGUE.version);
  const known = async () => (await terminal.call('catalogue.items', { version: '2026.5' })).version;
  await expect.poll(known, WAIT).toBe('2026.5');
  expect(await versionOf('2026.5')).toBe('2026.4');
});

test('one that begins later waits for its day', async () => {
  await catalogue({ data: dir, file: file(laterCatalogue('2026.4', '2026-11-24')) });
  await calendar({ data: dir, file: file(calendarOf2027()) });
  await expect.poll(async () => 2027 in (await terminal.call('calendar.get', {})).years, WAIT).toBe(true);
  expect(await versionInForce()).toBe(CATALOGUE.version);
});

test('a published year makes a due date sure, and the pages hear of it', async () => {
  await terminal.call('events.subscribe', { topics: ['catalogue'] });
  const id = await accept();
  expect((await summaryOf(id)).times).toMatchObject({ statutoryProvisional: true, missingYears: [2027] });
  await calendar({ data: dir, file: file(calendarOf2027()) });
  await expect
    .poll(async () => (await summaryOf(id)).times, WAIT)
    .toMatchObject({
      // Saturday 28 November and Sunday 3 January are worked: without them, it would be the 5th.
      statutoryDueAt: '2027-01-03T08:30:00.000Z',
      statutoryProvisional: false,
      missingYears: [],
    });
  await expect
    .poll(() => terminal.pushes, WAIT)
    .toContainEqual({
      connection: 'page-1',
      event: 'catalogue.changed',
      payload: { version: CATALOGUE.version },
    });
});

test('a file with wrong cells publishes nothing and names each', async () => {
  const wrong = { ...laterCatalogue('2026.4', '2026-11-23'), validFrom: 'soon', owner: 1 };
  await catalogue({ data: dir, file: file(wrong) });
  expect(lines.map((line) => (JSON.parse(line) as { path: string }).path)).toEqual(['validFrom', 'owner']);
  expect(process.exitCode).toBe(1);
  expect(centre.stats().ops).toBe(0);
});

test('without a file the newest is printed, to be changed and published', async () => {
  await catalogue({ data: dir });
  await calendar({ data: dir });
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    JSON.parse(JSON.stringify(CATALOGUE)),
    { years: [], overrides: [] },
  ]);
});
