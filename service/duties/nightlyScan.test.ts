import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AuditLog } from '../../db/auditLog.ts';
import { openDatabase } from '../../db/open.ts';
import { DATABASE_FILE } from '../../db/store.ts';
import { acceptanceDraft } from '../../tests/fixtures/acceptance.ts';
import { attach, jpegWith } from '../../tests/fixtures/attachments.ts';
import { startTestService } from '../../tests/fixtures/service.ts';
import { TEST_KEY } from '../../tests/fixtures/store.ts';

const HOUR = 60 * 60_000;
let clock: number;
let terminal: ReturnType<typeof startTestService>;
beforeEach(async () => {
  // Ten in the morning of the hall, after the data were made.
  clock = (Math.floor(Date.now() / (24 * HOUR)) + 1) * 24 * HOUR + 2 * HOUR;
  terminal = startTestService({ now: () => clock });
  await terminal.login();
});
afterEach(() => terminal.dispose());

const alarms = async () => {
  await terminal.login();
  const { alarms } = await terminal.call('health.state', {});
  return alarms.map(({ code }) => code).filter((code) => code.startsWith('scan'));
};
/** Beside the running program. */
function scannedAt(): unknown {
  const db = openDatabase({ file: path.join(terminal.dir, DATABASE_FILE), keyHex: TEST_KEY, readonly: true });
  const value = db.prepare("SELECT value FROM meta WHERE name = 'scanned-at'").pluck().get();
  db.close();
  return value;
}

/** As the auditor's list has it, beside the running program. */
function audited() {
  const db = openDatabase({ file: path.join(terminal.dir, DATABASE_FILE), keyHex: TEST_KEY, readonly: true });
  const rows = new AuditLog(db).list({ before: 1e9, actor: null, about: 'check', refused: false, limit: 10 });
  db.close();
  return rows.map(({ kind, actor, detail, result }) => ({ kind, actor, detail, result }));
}

test('everything is read once in the night, and not by day; sound data are no alarm', async () => {
  await terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
  await terminal.restart();
  expect(scannedAt()).toBeUndefined();
  clock += 12 * HOUR;
  await terminal.restart();
  await expect.poll(scannedAt, { timeout: 45_000 }).toBeDefined();
  expect(await alarms()).toEqual([]);
  expect(audited()).toEqual([{ kind: 'data.checked', actor: 'system', detail: '0', result: 'done' }]);
});

test('an image that was damaged on the disk is found, and people are told', async () => {
  const caseId = v7();
  const { blob } = await attach(terminal, jpegWith('page'), { caseId });
  await terminal.call('case.accept', { commandId: caseId, draft: acceptanceDraft() });
  const file = path.join(terminal.dir, 'blobs', blob.sha256.slice(0, 2), blob.sha256.slice(2));
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  clock += 12 * HOUR;
  await terminal.restart();
  await expect.poll(alarms, { timeout: 45_000 }).toEqual(['scan-damage']);
  expect(audited()).toEqual([{ kind: 'data.checked', actor: 'system', detail: '1 blob-damaged', result: 'done' }]);
});

test('a machine that is switched off every evening says after three days that nothing was checked', async () => {
  clock += 73 * HOUR;
  await terminal.restart();
  await expect.poll(alarms).toEqual(['scan-overdue']);
});
