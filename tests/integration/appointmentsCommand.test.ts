import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { secretHash } from '../../centre/digest.ts';
import { openSqliteStore } from '../../centre/store/sqlite/store.ts';
import { temporaryFolder } from '../fixtures/centre.ts';
import { runCommand } from '../fixtures/command.ts';

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
beforeEach(() => {
  folder = temporaryFolder();
  data = path.join(folder.dir, 'centre');
  openSqliteStore(data).close();
});
afterEach(() => folder.remove());

const row = (code: string, phone: string) =>
  JSON.stringify({
    ...{ code, name: '张三', phone, itemCode: 'A05', floor: 3, day: '2099-11-27', source: 'wechat' },
    slot: { from: '2099-11-27T03:00:00.000Z', to: '2099-11-27T04:00:00.000Z' },
  });

const importFile = (...lines: string[]) => runImport([], lines);

async function runImport(options: string[], lines: string[]) {
  const file = path.join(folder.dir, 'appointments.jsonl');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const { code, stdout, stderr } = await runCommand(['appointments', '--data', data, '--file', file, ...options]);
  return {
    code,
    lines: stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
    stderr,
  };
}

it('yichuang appointments takes a file or names every wrong line, and says nothing of who is in it', async () => {
  const good = row('10000000', '13800000001');
  expect(await importFile(good, '{', row('10000001', '13800000001'))).toEqual({
    code: 1,
    lines: [
      { line: 2, problem: 'bad-row' },
      { line: 3, problem: 'booked-already' },
    ],
    stderr: '',
  });
  expect(await importFile(good, row('10000001', '13800000002'))).toMatchObject({
    code: 0,
    lines: [{ booked: 2, known: 0 }],
  });
  expect(await importFile(good)).toMatchObject({ code: 0, lines: [{ booked: 0, known: 1 }] });
});

it('yichuang appointments --each takes the sound lines beside wrong ones, once, and says so last', async () => {
  const lines = ['{', row('10000000', '13800000001'), row('1', '13800000002')];
  const wrong = [
    { line: 1, problem: 'bad-row' },
    { line: 3, problem: 'bad-row', where: 'code' },
  ];
  expect(await runImport(['--each'], lines)).toEqual({
    code: 1,
    lines: [...wrong, { booked: 1, known: 0 }],
    stderr: '',
  });
  expect(await runImport(['--each'], lines)).toMatchObject({ code: 1, lines: [...wrong, { booked: 0, known: 1 }] });
});

it('yichuang appointments-key shows a key of one hall, of which the store knows the hash', async () => {
  const { code, stdout } = await runCommand(['appointments-key', '--data', data, '--hall', 'branch']);
  const { key, hall } = JSON.parse(stdout) as { key: string; hall: string };
  expect([code, hall]).toEqual([0, 'branch']);
  expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
  const store = openSqliteStore(data);
  expect(await store.findBookingKey(secretHash(key))).toMatchObject({ hall: 'branch' });
  store.close();
});
