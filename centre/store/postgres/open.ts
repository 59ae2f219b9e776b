import { StoreOpenError } from '../storeOpenError.ts';
import type { DatabaseAddress } from './address.ts';
import { PostgresDatabase } from './database.ts';
import { Line } from './line.ts';
import { migrate, versionOf } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';

/** How long a command waits for another process that writes, in ms. */
const BUSY_TIMEOUT_MS = 5000;
/** For the first connection, ms. */
const FIRST_CONNECTION_MS = 5000;
/** What a process left behind that never closed, in days. */
const WRITER_DAYS = 30;

export interface OpenedPostgres {
  db: PostgresDatabase;
  /** About the server, for an operator. */
  warnings: readonly string[];
}

/**
 * Opens a database on a PostgreSQL server, creating the tables at first use.
 * @param busyTimeoutMs how long to wait for another process that writes; the whole process waits
 * @throws StoreOpenError when there is no connection or the server is not durable; MigrationError
 */
export function openPostgres(address: DatabaseAddress, busyTimeoutMs = BUSY_TIMEOUT_MS): OpenedPostgres {
  return opened(new Line(address, { lockTimeoutMs: busyTimeoutMs }), (line) => {
    migrate(line);
    line.ask(null, [
      { text: `DELETE FROM writer WHERE at < now() - $1::int * interval '1 day'`, values: [String(WRITER_DAYS)] },
    ]);
  });
}

/**
 * To look at the tables of a centre, running or not: nothing is created, migrated or written.
 * @throws StoreOpenError when there are none, or they are of another version than this program
 */
export function openPostgresToRead(address: DatabaseAddress): OpenedPostgres {
  const options = {
    lockTimeoutMs: BUSY_TIMEOUT_MS,
    idleTimeoutMs: 0,
    readOnly: true,
    answerMs: Number.POSITIVE_INFINITY,
  };
  return opened(new Line(address, options), (line) => {
    const exists = { text: `SELECT to_regclass('migration')`, values: [] };
    const none = line.ask(null, [exists]).results[0]?.rows[0]?.[0] === null;
    const [found, newest] = [none ? 0 : versionOf(line), MIGRATIONS.at(-1)?.number ?? 0];
    if (found !== newest) throw new StoreOpenError(`the database is at version ${found}, this program knows ${newest}`);
  });
}

function opened(line: Line, prepare: (line: Line) => void): OpenedPostgres {
  try {
    if (!line.waitUntilUp(FIRST_CONNECTION_MS)) {
      throw new StoreOpenError(`PostgreSQL: ${line.news.trouble ?? 'no connection'}`);
    }
    prepare(line);
    return { db: new PostgresDatabase(line), warnings: line.news.warnings };
  } catch (error) {
    line.close();
    throw error;
  }
}
