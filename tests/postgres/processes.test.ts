import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createEnrolmentCodeOffline, upsertStaffOffline } from '../../centre/command.ts';
import { parseDatabaseUrl, URL_VARIABLE } from '../../centre/store/postgres/address.ts';
import { verifyCentre } from '../../centre/verify/verify.ts';
import { enrolAnswer, pushAnswer } from '../../contract/sync.ts';
import { call, jsonRequest, TestTerminal, temporaryFolder } from '../fixtures/centre.ts';
import { runCommand, startCommand } from '../fixtures/command.ts';
import { OpMaker } from '../fixtures/opMaker.ts';
import { createPostgres, type PostgresServer } from '../fixtures/postgresServer.ts';

const PASSWORD = 'Geheim-7421-只有我知道';

/** A server of its own: it is going to be killed. Over its socket a password is asked for. */
let server: PostgresServer;
beforeAll(() => {
  server = createPostgres({ access: 'local all app scram-sha-256' });
  server.start();
  server.psql('postgres', `CREATE ROLE app LOGIN PASSWORD '${PASSWORD}'`);
  server.psql('postgres', 'CREATE DATABASE centre OWNER app');
}, 60_000);
afterAll(() => server.dispose());

let folder: ReturnType<typeof temporaryFolder>;
const running: Awaited<ReturnType<typeof startCommand<{ url: string }>>>[] = [];
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
  server.psql('centre', 'DROP SCHEMA IF EXISTS yichuang CASCADE');
  folder.remove();
});

const url = () => server.url('centre');
const withPassword = (password = PASSWORD) => url().replace('yichuang@', `app:${encodeURIComponent(password)}@`);
const data = () => ({ dataDir: folder.dir, database: parseDatabaseUrl(url()) });
const ask = (sql: string) => server.psql('centre', `SET search_path = yichuang; ${sql}`);

async function startCentre(env: Record<string, string> = {}, args = ['--database-url', url()], dir = folder.dir) {
  const started = await startCommand<{ url: string }>(['centre', '--data', dir, '--port', '0', ...args], env);
  running.push(started);
  return started;
}

async function enrol(centre: string, index: number): Promise<TestTerminal> {
  const terminal = `W${String(index + 1).padStart(2, '0')}`;
  const maker = new OpMaker({ name: `pusher ${index}`, terminal: terminal.slice(1) });
  const code = await createEnrolmentCodeOffline(data(), { terminal });
  const answer = await call(centre, '/sync/v1/enrol', jsonRequest({ code, device: maker.device, terminal }));
  return new TestTerminal(maker, centre, enrolAnswer.parse(answer.body).token);
}

/** As a terminal does: the same ops again until they are acknowledged, whatever happens meanwhile. */
async function pushUntilAcked(terminal: TestTerminal, count: number, onAcked: () => void): Promise<void> {
  for (let done = 0; done < count; ) {
    if (terminal.maker.ops.length === done) terminal.maker.acceptCase();
    const answer = await terminal.pushRaw(terminal.maker.ops.slice(done)).catch(() => null);
    if (answer?.status !== 200) {
      expect([503, 429]).toContain(answer?.status ?? 503);
      await new Promise((resolve) => setTimeout(resolve, 50));
      continue;
    }
    done = pushAnswer.parse(answer.body).acked;
    onAcked();
  }
}

it('18 windows push to two centres on one database while its server is killed twice: nothing acknowledged is lost', async () => {
  const PUSHERS = 18;
  const EACH = 12;
  const first = await startCentre();
  const elsewhere = path.join(folder.dir, 'second');
  mkdirSync(elsewhere);
  for (const key of ['centre.key', 'signing.key']) copyFileSync(path.join(folder.dir, key), path.join(elsewhere, key));
  const centres = [first, await startCentre({}, ['--database-url', url()], elsewhere)];
  await upsertStaffOffline(data(), { number: '1001', name: '王敏', roles: ['WIN'], password: 'Yichuang-1001' });
  const terminals: TestTerminal[] = [];
  for (let index = 0; index < PUSHERS; index += 1) {
    terminals.push(await enrol(centres[index % 2]?.ready.url ?? '', index));
  }
  let acked = 0;
  const kills = new Map([60, 130].map((at) => [at, 'to come']));
  const onAcked = () => {
    acked += 1;
    for (const [at, state] of kills) {
      if (state !== 'to come' || acked < at) continue;
      kills.set(at, 'done');
      server.stop('immediate');
      server.start();
    }
  };
  await Promise.all(terminals.map((terminal) => pushUntilAcked(terminal, EACH, onAcked)));

  expect([...kills.values()]).toEqual(['done', 'done']);
  const stored = ask(`SELECT count(*) FROM op WHERE kind = 'case.accepted'`);
  expect(stored).toBe(String(PUSHERS * EACH));
  // What each was told is there, op by op, with the hash it was told.
  const heads = ask(`SELECT encode(device, 'hex'), seq, encode(hash, 'hex') FROM device_head`).split('\n');
  for (const { maker } of terminals) {
    expect(heads).toContain(`${maker.device.replaceAll('-', '')}|${EACH}|${maker.ops.at(-1)?.hash}`);
  }
  expect(ask('SELECT scope FROM scope_row GROUP BY scope HAVING max(pos) <> count(*) OR min(pos) <> 1')).toBe('');
  expect(ask('SELECT max(id) - count(*) FROM op')).toBe('0');
  expect(verifyCentre(folder.dir, data().database)).toEqual([]);
  // Both centres are up again, and what comes in at one goes out at the other.
  const [w01] = terminals;
  const page = await new TestTerminal(w01?.maker as OpMaker, centres[1]?.ready.url ?? '', w01?.token ?? '').pull();
  expect(page.rows.length).toBeGreaterThanOrEqual(PUSHERS * EACH);
}, 120_000);

it('the password of the database is in no log, no process list and no error', async () => {
  const env = { [URL_VARIABLE]: withPassword() };
  const centre = await startCentre(env, []);
  const lists = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return readFileSync(path.join('/proc', name, 'cmdline'), 'utf8');
      } catch {
        return '';
      }
    });
  expect(lists.join('\n')).toContain(folder.dir);
  const wrong = await runCommand(['enrol', '--data', folder.dir, '--terminal', 'W07'], '', {
    [URL_VARIABLE]: withPassword().replace('/centre', '/nowhere'),
  });
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toMatch(/PostgreSQL 3D000/);
  const mistyped = await runCommand(['enrol', '--data', folder.dir, '--terminal', 'W07'], '', {
    [URL_VARIABLE]: withPassword(`${PASSWORD}!`),
  });
  expect(mistyped.stderr).toMatch(/PostgreSQL 28P01/);
  const spelt = await runCommand([
    'enrol',
    '--data',
    folder.dir,
    '--terminal',
    'W07',
    '--database-url',
    withPassword(),
  ]);
  expect(spelt.stderr).toMatch(/YICHUANG_DATABASE_URL/);
  const all = [...lists, centre.stderr(), wrong.stderr, wrong.stdout, mistyped.stderr, spelt.stderr, spelt.stdout].join(
    '\n',
  );
  for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), 'Geheim']) expect(all).not.toContain(secret);
});

it('it copies its images elsewhere by itself, and says whose the database is to back up', async () => {
  const [images, copies] = [path.join(folder.dir, 'blobs', 'ab'), path.join(folder.dir, 'second-disk')];
  await createEnrolmentCodeOffline(data(), { terminal: 'W07' });
  mkdirSync(images, { recursive: true });
  writeFileSync(path.join(images, 'abcd'), 'sealed');
  const centre = await startCentre({}, ['--database-url', url(), '--backup-to', copies]);
  await expect.poll(() => existsSync(path.join(copies, 'blobs', 'ab', 'abcd')), { timeout: 45_000 }).toBe(true);
  expect(readdirSync(copies)).toEqual(['blobs']);
  expect(centre.stderr()).toContain('pg_basebackup');
});

it('a command beside it works on the same database, and refuses to make another one in its folder', async () => {
  await startCentre();
  const where = ['--data', folder.dir, '--terminal', 'W07'];
  const made = await runCommand(['enrol', ...where, '--database-url', url()]);
  expect(JSON.parse(made.stdout)).toMatchObject({ terminal: 'W07' });
  expect(ask('SELECT count(*) FROM enrolment_code')).toBe('1');
  const devices = await runCommand(['devices', '--data', folder.dir, '--database-url', url()]);
  expect(devices).toMatchObject({ code: 0 });
  for (const command of [
    ['enrol', ...where],
    ['devices', '--data', folder.dir],
  ]) {
    const forgotten = await runCommand(command);
    expect(forgotten.code).toBe(1);
    expect(forgotten.stderr).toMatch(/this centre is on PostgreSQL/);
  }
  expect(readdirSync(folder.dir)).not.toContain('centre.db');
  const verified = await runCommand(['verify', '--centre', folder.dir, '--database-url', url()]);
  expect(JSON.parse(verified.stdout)).toEqual({ verified: true, findings: 0 });
});
