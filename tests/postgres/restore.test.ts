import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { openStore } from '../../centre/store/openStore.ts';
import { parseDatabaseUrl } from '../../centre/store/postgres/address.ts';
import { verifyCentre } from '../../centre/verify/verify.ts';
import { databaseUrlOf, psql } from '../fixtures/centreDatabase.ts';
import { openTestIngest } from '../fixtures/ingest.ts';
import { OpMaker } from '../fixtures/opMaker.ts';

const RESTORED = `restored_${process.pid}`;

let test: ReturnType<typeof openTestIngest>;
afterEach(() => {
  test.dispose();
  psql('postgres', `DROP DATABASE IF EXISTS ${RESTORED}`);
});

it('what was dumped and put back is whole, takes in what came after the dump, and goes on in a new epoch', async () => {
  test = openTestIngest();
  await test.hireClerk();
  const maker = new OpMaker({ name: 'a' });
  const [before, after] = [maker.acceptCase(), maker.acceptCase()];
  await test.push(maker, [before]);
  const address = parseDatabaseUrl(databaseUrlOf(test.dir) ?? '');
  const server = ['-h', address.host, '-U', address.user];
  const dump = execFileSync('pg_dump', [...server, '--format=custom', '--schema=yichuang', address.database]);
  await test.push(maker, [after]);

  psql('postgres', `CREATE DATABASE ${RESTORED}`);
  execFileSync('pg_restore', [...server, '--exit-on-error', '-d', RESTORED], { input: dump });
  const restored = { ...address, database: RESTORED };
  expect(verifyCentre(test.dir, restored)).toEqual([]);
  const dataDir = path.join(test.dir, 'restored');
  const epochs: number[] = [];
  for (let time = 1; time <= 2; time += 1) {
    const store = openStore({ dataDir, database: restored });
    expect(store.self.device).toBe(test.store.self.device);
    expect(store.stats().ops).toBe(2);
    expect(store.chains.findHead(maker.device, 1)).toEqual({ seq: 1, hash: before.hash });
    epochs.push(store.self.epoch);
    store.close();
  }
  expect(epochs[0]).toBeGreaterThan(test.store.self.epoch);
  expect(epochs[1]).toBe(epochs[0]);
});
