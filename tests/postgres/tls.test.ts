import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseDatabaseUrl } from '../../centre/store/postgres/address.ts';
import { openPostgres } from '../../centre/store/postgres/open.ts';
import { temporaryFolder } from '../fixtures/centre.ts';
import { createPostgres, OWNER, type PostgresServer } from '../fixtures/postgresServer.ts';

let server: PostgresServer;
let port: number;
const folder = temporaryFolder();
beforeAll(async () => {
  for (const name of ['server', 'stranger']) {
    const files = ['-keyout', path.join(folder.dir, `${name}.key`), '-out', path.join(folder.dir, `${name}.crt`)];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    execFileSync('openssl', ['req', ...kind, ...subject, ...files], { stdio: 'ignore' });
  }
  server = createPostgres({ settings: ['ssl = on'] });
  for (const name of ['server.key', 'server.crt']) {
    const file = path.join(server.data, name);
    copyFileSync(path.join(folder.dir, name), file);
    chownSync(file, statSync(server.data).uid, statSync(server.data).gid);
    chmodSync(file, 0o600);
  }
  port = await startOnSomePort();
  server.psql('postgres', 'CREATE DATABASE centre');
}, 60_000);
afterAll(() => {
  server.dispose();
  folder.remove();
});

/** A server cannot be told "any port": one that was free a moment ago, or the next. */
async function startOnSomePort(attempts = 5): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port: free } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  try {
    server.start(free);
    return free;
  } catch (error) {
    if (attempts === 0) throw error;
    return startOnSomePort(attempts - 1);
  }
}

/** @returns whether the server says that the line is encrypted */
function connect(host: string, query: string): boolean {
  const { db } = openPostgres(parseDatabaseUrl(`postgres://${OWNER}@${host}:${port}/centre${query}`));
  try {
    const ask = db.prepare<[], string>('SELECT ssl::int FROM pg_stat_ssl WHERE pid = pg_backend_pid()').pluck();
    return Number(ask.get()) === 1;
  } finally {
    db.close();
  }
}
const trusting = (mode: string, name = 'server') =>
  `?sslmode=${mode}&sslrootcert=${path.join(folder.dir, `${name}.crt`)}`;

it('the line is encrypted when the certificate is of the trusted authority and of that name', () => {
  expect(connect('localhost', trusting('verify-full'))).toBe(true);
  expect(connect('localhost', '')).toBe(false);
});

it('a certificate of another name is taken only where names are not looked at', () => {
  expect(() => connect('127.0.0.1', trusting('verify-full'))).toThrow(/ERR_TLS_CERT_ALTNAME_INVALID/);
  expect(connect('127.0.0.1', trusting('verify-ca'))).toBe(true);
});

it('a certificate of another authority is never taken', () => {
  for (const mode of ['verify-full', 'verify-ca']) {
    expect(() => connect('localhost', trusting(mode, 'stranger'))).toThrow(/DEPTH_ZERO_SELF_SIGNED_CERT/);
  }
});
