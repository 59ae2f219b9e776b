import { existsSync } from 'node:fs';
import { inject } from 'vitest';
import { createPostgres, type PostgresServer } from '../fixtures/postgresServer.ts';
import type { Mortal } from './machines.ts';

/**
 * Where the centre of these tests has its ops: in its SQLite file, or in the project `faults-postgres` on a real server.
 * A test asks for a server and hands what it gets to the hall; everything else in it is the same for both.
 */

declare module 'vitest' {
  export interface ProvidedContext {
    centreOnServer: boolean;
  }
}

export const isOnServer = inject('centreOnServer');

const IN_MEMORY = '/dev/shm';
const DATABASE = 'centre';

/** A PostgreSQL server with an empty database for one centre. */
export class CentreServer implements Mortal {
  readonly postgres: PostgresServer;
  readonly crash = null;
  readonly ready = Promise.resolve();

  /** @param parent where its folder is made; in memory where there is such a folder: killed processes need no slow disk */
  constructor(parent?: string) {
    this.postgres = createPostgres({ parent: parent ?? (existsSync(IN_MEMORY) ? IN_MEMORY : undefined) });
    this.postgres.start();
    this.postgres.psql('postgres', `CREATE DATABASE ${DATABASE}`);
  }

  /** Of the database. */
  get url(): string {
    return this.postgres.url(DATABASE);
  }

  async start(): Promise<void> {
    this.postgres.start();
  }

  async kill(): Promise<void> {
    this.postgres.kill();
  }

  /** For good. */
  async stop(): Promise<void> {
    this.postgres.dispose();
  }
}

/** @returns null where the centre is on SQLite */
export function startCentreServer(): CentreServer | null {
  return isOnServer ? new CentreServer() : null;
}
