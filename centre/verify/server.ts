import type { Finding } from '../../contract/finding.ts';
import type { DatabaseAddress } from '../store/postgres/address.ts';
import { PostgresError } from '../store/postgres/line.ts';
import { openPostgresToRead } from '../store/postgres/open.ts';
import type { SqlDatabase } from '../store/sqlDatabase.ts';

/** SQLSTATEs of a server that found its own files damaged. */
const DAMAGED = /^XX00[12]$/;

/**
 * The tables on a server, read from beginning to end as `check` asks: a page whose checksum is wrong shows itself then.
 * @throws StoreOpenError
 */
export function verifyPostgres(address: DatabaseAddress, check: (db: SqlDatabase) => Finding[]): Finding[] {
  const { db } = openPostgresToRead(address);
  try {
    return db.transaction(() => [...checkForeignKeys(db), ...check(db)])();
  } catch (error) {
    if (error instanceof PostgresError && DAMAGED.test(error.code))
      return [{ code: 'integrity', detail: error.message }];
    throw error;
  } finally {
    db.close();
  }
}

interface Reference {
  child: string;
  parent: string;
  column: string;
  key: string;
}

/** The server checks them as rows come, unless somebody has switched that off. */
function checkForeignKeys(db: SqlDatabase): Finding[] {
  const references = db
    .prepare<[], Reference>(`
      SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent,
        (SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[1]) AS column,
        (SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = confrelid AND attnum = confkey[1]) AS key
      FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY conname`)
    .all();
  return references.flatMap(({ child, parent, column, key }): Finding[] => {
    const orphan = db
      .prepare(`SELECT 1 FROM ${child} AS child WHERE child.${column} IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM ${parent} AS parent WHERE parent.${key} = child.${column}) LIMIT 1`)
      .get();
    return orphan === undefined ? [] : [{ code: 'foreign-key', detail: child }];
  });
}
