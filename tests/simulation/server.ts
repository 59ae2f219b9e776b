import { existsSync } from 'node:fs';
import { createPostgres, type PostgresServer } from '../fixtures/postgresServer.ts';

const IN_MEMORY = '/dev/shm';

/** A PostgreSQL server for simulated centres. It never dies itself, so it need not flush; nor does it clean up behind anybody's back. */
export function startServer(): PostgresServer {
  const server = createPostgres({
    parent: existsSync(IN_MEMORY) ? IN_MEMORY : undefined,
    settings: ['fsync = off', 'full_page_writes = off', 'autovacuum = off'],
  });
  server.start();
  return server;
}
