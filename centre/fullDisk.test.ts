import { existsSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RESERVE_FILE } from '../disk/spaceWatch.ts';
import { mountSmallDisk } from '../tests/fixtures/smallDisk.ts';
import { type Centre, startCentre } from './start.ts';
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
  centre = await startCentre({ dataDir, logger, reserveBytes: 2 * MIB });
  // As it lies there from the last time.
  writeFileSync(path.join(dataDir, RESERVE_FILE), Buffer.alloc(2 * MIB, 1));
});
afterEach(async () => {
  await centre.close();
  disk.unmount();
});

const addStaff = (number: number) =>
  centre.upsertStaff({ number: String(number), name: '张三', roles: ['WIN'], password: `Yichuang-${number}` });

test('who sends is told to come again, what was acknowledged stays, and the reserve lets the next ones in', async () => {
  await addStaff(1000);
  for (let part = 0; ; part++) {
    const { bavail, bsize } = statfsSync(disk.dir);
    if (bavail === 0) break;
    writeFileSync(path.join(disk.dir, `ballast-${part}`), Buffer.alloc(Math.min(bavail * bsize, MIB), 1));
  }
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
  for (const name of readdirSync(disk.dir).filter((each) => each.startsWith('ballast')))
    rmSync(path.join(disk.dir, name));
  expect(verifyCentre(dataDir)).toEqual([]);
});
