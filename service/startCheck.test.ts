import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DATABASE_FILE } from '../db/store.ts';
import { CHECKED_AT_START_BYTES } from '../disk/examine.ts';
import { readDamage } from '../disk/quarantine.ts';
import { acceptanceDraft } from '../tests/fixtures/acceptance.ts';
import { startTestService } from '../tests/fixtures/service.ts';

/** A database so large that nobody waits for all of it to be read. */

let terminal: ReturnType<typeof startTestService>;
beforeEach(async () => {
  terminal = startTestService({
    prepare: ({ db }) => {
      db.prepare("INSERT INTO draft (name, value, saved_at) VALUES ('large', hex(zeroblob(?)), '2026-11-27')").run(
        CHECKED_AT_START_BYTES / 2 + 4096,
      );
    },
  });
});
afterEach(() => terminal.dispose());

const accept = () => terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
const alarms = async () => (await terminal.call('health.state', {})).alarms.map(({ code }) => code);

test('until it is looked at cases are found and drafts kept, and nothing is taken in; then it goes on by itself', async () => {
  await terminal.login();
  const early = accept();
  await expect(early).rejects.toMatchObject({ code: 'data-checking' });
  expect(await alarms()).toContain('read-only-check');
  expect(await terminal.call('case.search', { text: '' })).toMatchObject({ total: 0 });
  await terminal.call('draft.save', { draft: { item: 'A05' } });
  await expect.poll(alarms, { timeout: 45_000 }).not.toContain('read-only-check');
  expect(await accept()).toMatchObject({ id: expect.any(String) });
});

test('what is found behind the open window closes it: the next start moves the files aside', async () => {
  await terminal.service.stop();
  const file = path.join(terminal.dir, DATABASE_FILE);
  const bytes = readFileSync(file);
  bytes.fill(0, bytes.length - 40 * 4096, bytes.length - 39 * 4096);
  writeFileSync(file, bytes);
  await terminal.restart();
  await terminal.login();
  await expect(accept()).rejects.toMatchObject({ code: 'data-checking' });
  await expect
    .poll(() => readFileSync(path.join(terminal.dir, 'check-every-page'), { flag: 'a+', encoding: 'utf8' }), {
      timeout: 45_000,
    })
    .not.toBe('');
  expect(await alarms()).toContain('read-only-check');
  await expect(accept()).rejects.toMatchObject({ code: 'data-checking' });
  await expect(terminal.restart()).rejects.toMatchObject({ code: 'damaged' });
  expect(readDamage(terminal.dir)?.found).toBe('a page is damaged');
});
