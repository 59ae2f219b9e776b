import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDatabaseUrl, parseDatabaseUrl, URL_VARIABLE } from './address.ts';

const SECRET = 'p%40ss/wort';
const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return `${String(error)} ${JSON.stringify(error, Object.getOwnPropertyNames(error))}`;
  }
  throw new Error('nothing was thrown');
};

describe('the URL of a database', () => {
  it('names host, port, user, password and database', () => {
    expect(parseDatabaseUrl('postgres://app:p%40ss@localhost:5433/land')).toEqual({
      ...{ host: 'localhost', port: 5433, user: 'app', password: 'p@ss', database: 'land', tls: null },
    });
    expect(parseDatabaseUrl('postgresql://app@%2Frun%2Fpg/land')).toMatchObject({ host: '/run/pg', port: 5432 });
    expect(parseDatabaseUrl('postgres://app@localhost/land?host=/run/pg')).toMatchObject({
      host: '/run/pg',
      password: undefined,
    });
    expect(parseDatabaseUrl('postgres://app@[::1]/land')).toMatchObject({ host: '::1', tls: null });
  });

  it.each(['10.0.0.9', 'db.hall', '[fd00::9]', '127.evil.example'])('asks %s for its certificate', (host) => {
    const at = (query = '') => parseDatabaseUrl(`postgres://app@${host}/land${query}`).tls;
    expect(at()).toEqual({ ca: undefined, checkName: true });
    expect(at('?sslmode=verify-ca')).toEqual({ ca: undefined, checkName: false });
    expect(() => at('?sslmode=disable')).toThrow(/in clear/);
    for (const mode of ['allow', 'prefer', 'require']) expect(() => at(`?sslmode=${mode}`)).toThrow(/overheard/);
  });

  it('goes over the network in clear only where that was said', () => {
    expect(parseDatabaseUrl('postgres://app@db.hall/land?sslmode=disable', true).tls).toBeNull();
    expect(parseDatabaseUrl('postgres://app@db.hall/land', true).tls).not.toBeNull();
  });

  it.each([
    'not a url',
    `postgres://app:${SECRET}@host:port/land`,
    `mysql://app:${SECRET}@localhost/land`,
    `postgres://app:${SECRET}@localhost/`,
    `postgres://app:${SECRET}%zz@localhost/land`,
    `postgres://app:${SECRET}@localhost/land?sslmod=disable`,
    `postgres://app:${SECRET}@localhost/land?sslrootcert=/nowhere&sslmode=verify-full`,
    `postgres://app:${SECRET}@db.hall/land?sslmode=disable`,
  ])('is never repeated in an error: %s', (url) => {
    const message = messageOf(() => parseDatabaseUrl(url));
    expect(message).toMatch(/DatabaseUrlError: database URL/);
    expect(message).not.toMatch(/ss\/wort|p%40|p@ss|not a url/);
  });
});

describe('where the URL comes from', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'yichuang-url-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('is the environment, a file or, without a password, the command line', () => {
    const url = 'postgres://app:geheim@localhost/land';
    expect(findDatabaseUrl({ env: {} })).toBeUndefined();
    expect(findDatabaseUrl({ env: { [URL_VARIABLE]: url } })).toBe(url);
    expect(findDatabaseUrl({ url: 'postgres://app@localhost/land', env: {} })).toBe('postgres://app@localhost/land');
    const message = messageOf(() => findDatabaseUrl({ url, env: {} }));
    expect(message).toMatch(/password/);
    expect(message).not.toMatch(/geheim/);
  });

  it('is a file only its owner may read', () => {
    const file = path.join(dir, 'url');
    writeFileSync(file, 'postgres://app:geheim@localhost/land\n', { mode: 0o600 });
    expect(findDatabaseUrl({ file, env: {} })).toBe('postgres://app:geheim@localhost/land');
    chmodSync(file, 0o644);
    expect(() => findDatabaseUrl({ file, env: {} })).toThrow(/chmod 600/);
    expect(() => findDatabaseUrl({ file, url: 'postgres://app@localhost/land', env: {} })).toThrow(/one of them/);
  });
});
