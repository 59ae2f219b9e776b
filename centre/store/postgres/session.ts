import type { Client, ClientConfig } from 'pg';
import type { DatabaseAddress } from './address.ts';
import type { ServerSettings } from './fitness.ts';
import type { LineStart } from './lineTypes.ts';

/** The schema all tables lie in: a database may hold other things beside. */
export const SCHEMA = 'yichuang';

/** For a connection to be there, ms. */
const CONNECT_MS = 2000;
/** For a single statement, ms; whole-table questions are asked by a session that only reads, and takes its time. */
const STATEMENT_MS = 10_000;

export function connectionOptions({ host, port, user, password, database, tls }: DatabaseAddress): ClientConfig {
  return {
    ...{ host, port, user, database },
    ...(password !== undefined && { password }),
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
    application_name: 'yichuang',
    ssl:
      tls === null
        ? false
        : {
            rejectUnauthorized: true,
            ...(tls.ca !== undefined && { ca: tls.ca }),
            // verify-ca: whoever has a certificate of this authority.
            ...(!tls.checkName && { checkServerIdentity: () => undefined }),
          },
  };
}

/**
 * Each setting is set and then read back. The server ends a transaction whose process stands still or whose machine is
 * gone, so that nobody holds the write lock for ever.
 */
export async function prepareSession(
  client: Client,
  { lockTimeoutMs, idleTimeoutMs, readOnly }: LineStart,
): Promise<ServerSettings> {
  const set: readonly (readonly [name: string, value: string])[] = [
    ['search_path', SCHEMA],
    ['client_encoding', 'UTF8'],
    ['lock_timeout', String(lockTimeoutMs)],
    ['statement_timeout', readOnly ? '0' : String(STATEMENT_MS)],
    ['idle_in_transaction_session_timeout', String(idleTimeoutMs)],
    ['tcp_keepalives_idle', '5'],
    ['tcp_keepalives_interval', '2'],
    ['tcp_keepalives_count', '3'],
    ['default_transaction_read_only', readOnly ? 'on' : 'off'],
    // Every program's own; what the server or the role has set otherwise is no matter.
    ['standard_conforming_strings', 'on'],
    ['bytea_output', 'hex'],
  ];
  const calls = set.map((_, index) => `set_config($${2 * index + 1}, $${2 * index + 2}, false)`);
  await client.query(`SELECT ${calls.join(', ')}`, set.flat());
  // Stronger than `on`: with it a standby has the commit too.
  await client.query(
    `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') <> 'remote_apply'`,
  );
  const { rows } = await client.query<ServerSettings>(`SELECT
    current_setting('server_version_num')::int AS "serverVersion",
    current_setting('synchronous_commit') AS "synchronousCommit",
    current_setting('fsync') AS fsync,
    current_setting('full_page_writes') AS "fullPageWrites",
    current_setting('server_encoding') AS "serverEncoding",
    pg_is_in_recovery() AS "inRecovery"`);
  if (!rows[0]) throw new Error('the server does not say how it is set');
  return rows[0];
}
