import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { zipSync } from 'fflate';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { fingerprintOf, writeRecord } from '../../electron/main/keyRecord.ts';
import { acceptanceDraft } from '../fixtures/acceptance.ts';
import { runCommand } from '../fixtures/command.ts';
import { startTestService } from '../fixtures/service.ts';
import { CLERK, phcOf } from '../fixtures/staff.ts';
import { TEST_KEY } from '../fixtures/store.ts';

const CHIEF = {
  ...CLERK,
  number: '9001',
  name: '欧阳若兰',
  roles: ['SUP' as const],
  passwordHash: phcOf('chief-pass'),
};
/** Fictitious, and each planted somewhere a careless bundle would take it from. */
const PERSON = {
  name: '司徒静怡',
  idNumber: '220402199003071231',
  phone: '13804371234',
  address: '龙山区柳荫胡同17号',
};
const WORDS = [
  ...Object.values(PERSON),
  ...['欧阳若兰', '王芳', '柳荫', '0437-3218888', '3218888', 'SituJingyi', 'Situ Jingyi', 'secret-code-of-a-hall'],
  ...['gateway-password', '20211217', '990307', TEST_KEY, 'argon2id'],
];

let dir: string;
let terminal: ReturnType<typeof startTestService>;
let configFile: string;
beforeEach(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'yichuang-diagnosis-'));
  const config = {
    hub: { url: 'http://clerk:gateway-password@127.0.0.1:9', enrolmentCode: 'secret-code-of-a-hall' },
    papers: { phone: '0437-3218888', address: PERSON.address },
    agency: `${PERSON.name}办公室`,
  };
  configFile = path.join(dir, 'terminal.jsonc');
  writeFileSync(configFile, JSON.stringify({ terminal: { id: 'W07', hall: 'main' }, ...config }));
  terminal = startTestService({
    staff: [CLERK, CHIEF],
    config,
    prepare: (store) => store.staff.noteConfirmed(Date.now()),
  });
  await terminal.login();
  const draft = acceptanceDraft();
  const [party] = draft.parties;
  await terminal.call('case.accept', {
    commandId: v7(),
    draft: {
      ...draft,
      parties: [{ ...(party as NonNullable<typeof party>), ...PERSON }],
      property: { ...draft.property, location: PERSON.address },
    },
  });
  const { id: caseId } = (await terminal.call('case.mine', {})).rows[0] ?? { id: '' };
  await terminal.call('case.note', { caseId, kind: 'remark', text: `${PERSON.name} ${PERSON.phone}` });
  await terminal.call('draft.save', { draft: { item: 'A05', who: PERSON } });
  const logs = path.join(terminal.dir, 'shell', 'logs');
  mkdirSync(logs, { recursive: true });
  const line = (fields: object) => JSON.stringify({ level: 30, time: 1_764_000_000_000, name: 'service', ...fields });
  writeFileSync(
    path.join(logs, 'service.log'),
    [
      line({ msg: 'sync-failed', kind: 'offline', detail: `offline: ${PERSON.name}` }),
      line({ msg: `accepted ${PERSON.name}`, code: PERSON.idNumber, reason: PERSON.phone, waiting: 13_804_371_234 }),
      line({ msg: 'call-failed', method: 'case.accept', person: 'Situ Jingyi', error: PERSON.address }),
      `not json ${PERSON.name} SituJingyi ${PERSON.idNumber}`,
    ].join('\n'),
  );
  // A photograph somebody put there by hand.
  writeFileSync(path.join(terminal.dir, `${PERSON.name}-${PERSON.idNumber}.jpg`), 'x');
});
afterEach(async () => {
  await terminal.dispose();
  rmSync(dir, { recursive: true, force: true });
});

/** Every entry of a zip file with its text; one that is a zip file itself is looked into. */
async function readZip(content: Buffer, prefix = ''): Promise<Map<string, string>> {
  const zip = (await promisify(fromBuffer as (buffer: Buffer, options: object, done: Done) => void)(content, {
    lazyEntries: true,
  })) as ZipFile;
  const found = new Map<string, string>();
  return new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', () => resolve(found));
    zip.on('entry', (entry: Entry) => {
      zip.openReadStream(entry, async (error, stream) => {
        if (error) return reject(error);
        const chunks: Buffer[] = [];
        for await (const chunk of stream) chunks.push(chunk as Buffer);
        const bytes = Buffer.concat(chunks);
        found.set(prefix + entry.fileName, bytes.toString('utf8'));
        if (bytes.subarray(0, 2).toString() === 'PK')
          for (const [name, text] of await readZip(bytes, `${prefix}${entry.fileName}!`)) found.set(name, text);
        zip.readEntry();
      });
    });
    zip.readEntry();
  });
}
type Done = (error: Error | null, zip: ZipFile) => void;

/** @returns where something of a person, or a secret, stands */
function findPersonal(bundle: Map<string, string>): string[] {
  return [...bundle].flatMap(([name, text]) =>
    WORDS.filter((word) => `${name}\n${text}`.includes(word)).map((word) => `${name}: ${word}`),
  );
}

test('the search of this test finds a name in a file of a zip file in a zip file', async () => {
  const inner = zipSync({ 'a.txt': Buffer.from(`x ${PERSON.phone} y`) });
  const bundle = await readZip(Buffer.from(zipSync({ 'inner.zip': inner })));
  expect(findPersonal(bundle)).toEqual([`inner.zip!a.txt: ${PERSON.phone}`]);
});

test('the bundle of a running terminal says what is wrong with it, and nothing of anybody', async () => {
  const desk = ['desk', 'supervisor'] as const;
  await terminal.call('session.login', { number: '9001', password: 'chief-pass' }, ...desk);
  const { file, removable } = await terminal.call('diagnosis.save', {}, ...desk);
  expect(removable).toBe(false);
  const bundle = await readZip(readFileSync(file));
  expect(findPersonal(bundle)).toEqual([]);
  expect([...bundle.keys()].sort()).toEqual(
    ['README.txt', 'config.json', 'database.json', 'folder.json', 'machine.json', 'running.json'].sort(),
  );
  const read = (name: string) => JSON.parse(bundle.get(name) ?? '') as Record<string, never>;
  expect(read('database.json')).toMatchObject({
    rows: { case_file: 1 },
    pragmas: { journal_mode: 'wal', synchronous: 2 },
    verify: { findings: 0 },
    opsByKind: expect.arrayContaining([{ kind: 'case.accepted', count: 1 }]),
  });
  expect(read('running.json')).toMatchObject({ alarms: [{ code: 'key-weak' }], sync: { waitingOps: 5 } });
  expect(read('config.json')).toMatchObject({
    terminal: { id: 'W07' },
    hub: { url: 'http://127.0.0.1:9', enrolmentCode: '(withheld)' },
  });
}, 60_000);

test('the command makes one from outside, whether the terminal runs or not, with the newest lines of its logs', async () => {
  const { dir: data } = terminal;
  const out = path.join(dir, 'bundle.zip');
  writeRecord(data, {
    version: 1,
    holder: 'development-file',
    hex: TEST_KEY,
    fingerprint: fingerprintOf(TEST_KEY),
  });
  const args = ['diagnose', '--data', data, '--out', out, '--config', configFile];
  const { code, stdout } = await runCommand(args);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ written: out });
  const bundle = await readZip(readFileSync(out));
  expect(findPersonal(bundle)).toEqual([]);
  const lines = (bundle.get('logs/service.log') ?? '').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { msg: 'sync-failed', kind: 'offline', withheld: 1 },
    { level: 30, withheld: 4 },
    { msg: 'call-failed', method: 'case.accept', withheld: 2 },
  ]);
}, 60_000);
