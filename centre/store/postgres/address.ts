import { readFileSync, statSync } from 'node:fs';

/** Where a PostgreSQL is, and as whom to speak to it. */
export interface DatabaseAddress {
  /** A host name, an address, or the folder of a Unix socket. */
  host: string;
  port: number;
  user: string;
  password: string | undefined;
  database: string;
  /** Null: in clear. */
  tls: { ca: string | undefined; checkName: boolean } | null;
}

export class DatabaseUrlError extends Error {
  override name = 'DatabaseUrlError';
}

/** The address with its password, for where no process list shows it. */
export const URL_VARIABLE = 'YICHUANG_DATABASE_URL';

export interface UrlSource {
  /** `--database-url`: without a password. */
  url?: string | undefined;
  /** `--database-url-file`: a file only its owner may read. */
  file?: string | undefined;
  env?: Readonly<Record<string, string | undefined>>;
}

/**
 * The URL of the database from wherever it was given; undefined when nobody named one.
 * @throws DatabaseUrlError for a password in the arguments of a process, a file others may read, or two sources at once
 */
export function findDatabaseUrl({ url, file, env = process.env }: UrlSource): string | undefined {
  if (url !== undefined && file !== undefined) {
    throw new DatabaseUrlError('--database-url and --database-url-file: one of them');
  }
  if (file !== undefined) return readPrivateFile(file);
  if (url === undefined) return env[URL_VARIABLE] || undefined;
  if (parse(url).password !== '') {
    throw new DatabaseUrlError(
      `--database-url: every user of this machine can read the password there; use ${URL_VARIABLE} or --database-url-file`,
    );
  }
  return url;
}

/**
 * Reads `postgres://user:password@host:port/database?sslmode=…&sslrootcert=…`; `host=/folder` is a Unix socket. Off the
 * machine the line is encrypted and the server's certificate checked, unless `mayBeInsecure`.
 * @throws DatabaseUrlError that never repeats the URL
 */
export function parseDatabaseUrl(text: string, mayBeInsecure = false): DatabaseAddress {
  const url = parse(text);
  const known = ['sslmode', 'sslrootcert', 'host'];
  for (const name of url.searchParams.keys()) {
    if (!known.includes(name)) throw new DatabaseUrlError(`database URL: unknown parameter, only ${known.join(', ')}`);
  }
  const host = url.searchParams.get('host') ?? decode(url.hostname.replace(/^\[(.*)\]$/, '$1'));
  const database = decode(url.pathname.slice(1));
  const user = decode(url.username);
  if (host === '' || database === '' || user === '') {
    throw new DatabaseUrlError('database URL: expected postgres://user@host/database');
  }
  const tls = tlsOf(url.searchParams, isOnThisMachine(host), mayBeInsecure);
  const password = url.password === '' ? undefined : decode(url.password);
  return { host, port: url.port === '' ? 5432 : Number(url.port), user, password, database, tls };
}

function tlsOf(parameters: URLSearchParams, isLocal: boolean, mayBeInsecure: boolean): DatabaseAddress['tls'] {
  const mode = parameters.get('sslmode') ?? (isLocal ? 'disable' : 'verify-full');
  if (mode === 'disable') {
    if (isLocal || mayBeInsecure) return null;
    throw new DatabaseUrlError(
      'database URL: sslmode=disable sends identity numbers in clear over the network; use verify-full, or --database-insecure',
    );
  }
  if (mode !== 'verify-full' && mode !== 'verify-ca') {
    throw new DatabaseUrlError(
      'database URL: sslmode is disable, verify-ca or verify-full; the others can be overheard',
    );
  }
  const file = parameters.get('sslrootcert');
  return { ca: file === null ? undefined : readCertificate(file), checkName: mode === 'verify-full' };
}

function isOnThisMachine(host: string): boolean {
  return host.startsWith('/') || host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function parse(text: string): URL {
  // Its own error has the whole URL in it.
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new DatabaseUrlError('database URL: expected postgres://user@host/database');
  }
  return url;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new DatabaseUrlError('database URL: a % that is none must be written %25');
  }
}

function readCertificate(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new DatabaseUrlError('database URL: the file of sslrootcert cannot be read');
  }
}

function readPrivateFile(file: string): string {
  // Windows keeps rights in ACLs, which `mode` does not show.
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new DatabaseUrlError(`${file} is readable by others: run chmod 600 on it`);
  }
  return readFileSync(file, 'utf8').trim();
}
