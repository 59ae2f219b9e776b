import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createPostgres, type PostgresServer } from '../../fixtures/postgresServer.ts';
import type { Places, PutBack } from './way.ts';

/** The ways of docs/operations.md, by the server's own tools. */

const DATABASE = 'centre';

/** `pg_dump` each night. */
export function restoreDump({ backups, open }: Places): PutBack {
  const file = path.join(backups, 'centre.dump');
  const servers = serversIn(open);
  return {
    losesSome: true,
    refused: null,
    open: () => withDatabase(servers.make()).url(DATABASE),
    async backUp() {
      const from = servers.last().url(DATABASE);
      execFileSync('pg_dump', ['--format=custom', '--schema=yichuang', `--file=${file}`, from]);
    },
    keep() {},
    lose: () => servers.last().dispose(),
    async putBack() {
      const url = withDatabase(servers.make()).url(DATABASE);
      execFileSync('pg_restore', ['--exit-on-error', '--dbname', url, file]);
      return url;
    },
    close: servers.close,
  };
}

/** A base backup, and the log archived since: what was in the segment at hand is lost with the server. */
export function restoreFromArchive({ open }: Places): PutBack {
  const servers = serversIn(open);
  const archive = mkdtempSync(path.join(open, 'yichuang-archive-'));
  const primary = () => servers.first();
  return {
    losesSome: true,
    refused: null,
    open() {
      // The server is another user.
      chmodSync(archive, 0o777);
      const settings = ['archive_mode = on', `archive_command = 'cp %p ${archive}/%f'`];
      return withDatabase(servers.make({ settings })).url(DATABASE);
    },
    async backUp() {
      const settings = [`restore_command = 'cp ${archive}/%f %p'`];
      servers.make({ copyOf: { server: primary(), as: 'recovery' }, settings });
    },
    keep() {
      const segment = primary().psql('postgres', 'SELECT pg_walfile_name(pg_switch_wal())');
      const question = `SELECT coalesce(last_archived_wal >= '${segment}', false) FROM pg_stat_archiver`;
      while (primary().psql('postgres', question) !== 't');
    },
    lose: () => primary().kill(),
    async putBack() {
      servers.last().start();
      servers.last().waitUntilOwn();
      return servers.last().url(DATABASE);
    },
    close() {
      servers.close();
      rmSync(archive, { recursive: true, force: true });
    },
  };
}

/** A standby that has each commit before it is answered, promoted when the server is killed. */
export function promoteStandby({ open }: Places): PutBack {
  const servers = serversIn(open);
  const primary = () => servers.first();
  return {
    losesSome: false,
    refused: null,
    open: () => withDatabase(servers.make()).url(DATABASE),
    async backUp() {
      const settings = [`primary_conninfo = 'host=${primary().sockets} user=yichuang application_name=standby'`];
      servers.make({ copyOf: { server: primary(), as: 'standby' }, settings }).start();
      primary().psql('postgres', "ALTER SYSTEM SET synchronous_standby_names = 'standby'");
      primary().psql('postgres', 'ALTER ROLE yichuang SET synchronous_commit = remote_apply');
      primary().psql('postgres', 'SELECT pg_reload_conf()');
      while (primary().psql('postgres', 'SELECT sync_state FROM pg_stat_replication') !== 'sync');
    },
    keep() {},
    lose: () => primary().kill(),
    async putBack() {
      servers.last().promote();
      servers.last().waitUntilOwn();
      return servers.last().url(DATABASE);
    },
    close: servers.close,
  };
}

function withDatabase(server: PostgresServer): PostgresServer {
  server.start();
  server.psql('postgres', `CREATE DATABASE ${DATABASE}`);
  return server;
}

function serversIn(parent: string) {
  const made: PostgresServer[] = [];
  return {
    make(options: Parameters<typeof createPostgres>[0] = {}): PostgresServer {
      const server = createPostgres({ parent, ...options });
      made.push(server);
      return server;
    },
    first: () => made[0] as PostgresServer,
    last: () => made.at(-1) as PostgresServer,
    close() {
      for (const server of made) server.dispose();
    },
  };
}
