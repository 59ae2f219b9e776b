import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BLOB_PATH } from '../contract/blobs.ts';
import { enrolAnswer } from '../contract/sync.ts';
import { RESERVE_FILE } from '../disk/spaceWatch.ts';
import { call, jsonRequest, TestTerminal } from '../tests/fixtures/centre.ts';
import { OpMaker, uuidOf } from '../tests/fixtures/opMaker.ts';
import { mountSmallDisk } from '../tests/fixtures/smallDisk.ts';
import type { Centre } from './options.ts';
import { startCentre } from './start.ts';
import { StoreBusyError } from './store/types.ts';
import { verifyCentre } from './verify/verify.ts';

/** A centre on a disk of 16 MiB that is really full. */

const MIB = 1024 * 1024;
let disk: ReturnType<typeof mountSmallDisk>;
let centre: Centre;
let dataDir: string;
const lines: string[] = [];
beforeEach(async () => {
  disk = mountSmallDisk(16);
  dataDir = path.join(disk.dir, 'centre');
  lines.length = 0;
  const logger = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
  centre = await startCentre({ dataDir, logger, reserveBytes: 2 * MIB, metrics: { version: '', port: 0 } });
  // As it lies there from the last time.
  writeFileSync(path.join(dataDir, RESERVE_FILE), Buffer.alloc(2 * MIB, 1));
});
afterEach(async () => {
  await centre.close();
  disk.unmount();
});

const addStaff = (number: number) =>
  centre.upsertStaff({ number: String(number), name: '张三', roles: ['WIN'], password: `Yichuang-${number}` });

function fillDisk(): void {
  for (let part = 0; ; part++) {
    const { bavail, bsize } = statfsSync(disk.dir);
    if (bavail === 0) break;
    writeFileSync(path.join(disk.dir, `ballast-${part}`), Buffer.alloc(Math.min(bavail * bsize, MIB), 1));
  }
}

function makeRoom(): void {
  for (const name of readdirSync(disk.dir).filter((each) => each.startsWith('ballast')))
    rmSync(path.join(disk.dir, name));
}

/** What `yichuang_disk_full` says. */
async function fullFigure(): Promise<string | undefined> {
  const text = await (await fetch(centre.metricsUrl ?? '')).text();
  return /^yichuang_disk_full (\d)$/m.exec(text)?.[1];
}

test('who sends is told to come again, what was acknowledged stays, and the reserve lets the next ones in', async () => {
  await addStaff(1000);
  fillDisk();
  let stored = 1;
  await expect(
    (async () => {
      for (; stored < 300; stored++) await addStaff(1000 + stored);
    })(),
  ).rejects.toBeInstanceOf(StoreBusyError);
  expect(centre.stats().ops).toBe(stored);
  expect(existsSync(path.join(dataDir, RESERVE_FILE))).toBe(false);
  await expect.poll(() => lines.join('')).toContain('the disk is full');
  await addStaff(1000 + stored);
  expect(centre.stats().ops).toBe(stored + 1);
  makeRoom();
  expect(verifyCentre(dataDir)).toEqual([]);
});

test('an image that finds no room is answered 507, the figures say so, and it is taken once there is room', async () => {
  await addStaff(1001);
  const terminal = await enrolTerminal();
  const content = randomBytes(3 * MIB);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const accepted = terminal.maker.acceptCase();
  terminal.maker.make('scan.attached', `scan:${uuidOf(0, 'scan')}`, {
    caseId: accepted.stream.slice('case:'.length),
    material: 'M04',
    page: 1,
    blob: { media: 'image/jpeg', sha256, bytes: content.length, width: 2, height: 3 },
    source: 'camera',
  });
  await terminal.push();
  const ask = (method: string, pathname: string, headers: Record<string, string> = {}, body?: Buffer) => {
    const tus = { authorization: `Bearer ${terminal.token}`, 'tus-resumable': '1.0.0' };
    const sent = body === undefined ? {} : { body: new Uint8Array(body) };
    return fetch(centre.url + BLOB_PATH + pathname, { method, headers: { ...tus, ...headers }, ...sent });
  };
  const announced = {
    'upload-length': String(content.length),
    'upload-metadata': `sha256 ${Buffer.from(sha256).toString('base64')}`,
  };
  const send = (offset: number) => {
    const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) };
    return ask('PATCH', `/${sha256}`, headers, content.subarray(offset));
  };
  expect(await fullFigure()).toBe('0');
  fillDisk();

  const refused = await ask('POST', '', announced);
  expect(refused.status).toBe(507);
  expect(await refused.text()).not.toContain(disk.dir);
  expect(await fullFigure()).toBe('1');
  // The reserve is given up: there is room to begin, and not for all of it.
  expect(existsSync(path.join(dataDir, RESERVE_FILE))).toBe(false);
  expect((await ask('POST', '', announced)).status).toBe(201);
  expect((await send(0)).status).toBe(507);
  expect((await ask('GET', `/${sha256}`)).status).toBe(404);

  makeRoom();
  const head = await ask('HEAD', `/${sha256}`);
  expect((await send(Number(head.headers.get('upload-offset')))).status).toBe(204);
  const whole = await ask('GET', `/${sha256}`);
  expect(Buffer.from(await whole.arrayBuffer()).equals(content)).toBe(true);
  expect(verifyCentre(dataDir)).toEqual([]);
});

async function enrolTerminal(): Promise<TestTerminal> {
  const maker = new OpMaker({ name: 'full disk' });
  const code = await centre.createEnrolmentCode({ terminal: 'W07' });
  const body = { code, device: maker.device, terminal: 'W07' };
  const answer = await call(centre.url, '/sync/v1/enrol', jsonRequest(body));
  return new TestTerminal(maker, centre.url, enrolAnswer.parse(answer.body).token);
}
