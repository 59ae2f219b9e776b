import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../../contract/finding.ts';
import { openDatabase } from '../../db/open.ts';
import { DATABASE_FILE } from '../../db/store.ts';
import { verifyDatabase } from '../../db/verify.ts';

export interface DatabaseRequest {
  dataDir: string;
  keyHex: string;
}

/** Of the small facts of a data file those that name nobody and open nothing. */
const SHOWN_META = ['device', 'epoch', 'hub-id', 'hub-fence', 'created-at', 'staff-confirmed-at', 'numbers-after'];

/** What a database holds, as figures: no row of it. Reads beside a terminal that runs; takes seconds for a large one. */
export function examineDatabase({ dataDir, keyHex }: DatabaseRequest): object {
  const file = path.join(dataDir, DATABASE_FILE);
  if (!existsSync(file)) return { database: 'missing' };
  const db = openDatabase({ file, keyHex, readonly: true });
  try {
    const rows = (sql: string) => db.prepare(sql).all();
    const tables = db
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'",
      )
      .pluck()
      .all() as string[];
    const shown = SHOWN_META.map((name) => `'${name}'`).join(', ');
    return {
      schema: db.pragma('user_version', { simple: true }),
      pragmas: Object.fromEntries(
        ['journal_mode', 'synchronous', 'page_size', 'page_count', 'freelist_count'].map((name) => [
          name,
          db.pragma(name, { simple: true }),
        ]),
      ),
      meta: rows(`SELECT name, value FROM meta WHERE name IN (${shown}) ORDER BY name`),
      rows: Object.fromEntries(
        tables.map((name) => [name, db.prepare(`SELECT count(*) FROM "${name}"`).pluck().get()]),
      ),
      opsByKind: rows('SELECT kind, count(*) AS count FROM op GROUP BY kind ORDER BY kind'),
      chains: rows('SELECT epoch, acked FROM push_state ORDER BY epoch'),
      setAside: rows('SELECT outcome, code, count(*) AS count FROM op_result GROUP BY outcome, code ORDER BY 1, 2'),
      cursors: rows('SELECT scope, pos FROM pull_cursor ORDER BY scope'),
      verify: summarise(verifyDatabase(db)),
    };
  } finally {
    db.close();
  }
}

/** How many findings of each kind: what exactly is wrong is found again by `yichuang verify` on the machine. */
function summarise(findings: readonly Finding[]): object {
  const counts: Partial<Record<Finding['code'], number>> = {};
  for (const { code } of findings) counts[code] = (counts[code] ?? 0) + 1;
  return { findings: findings.length, counts };
}

/** Names and sizes of what lies in the data folder, one level deep; of folders their number of entries. */
export function listFolder(dir: string): object[] {
  return readdirSync(dir, { withFileTypes: true })
    .map((entry) => {
      const file = path.join(dir, entry.name);
      return entry.isDirectory()
        ? { folder: entry.name, entries: readdirSync(file).length }
        : { file: entry.name, bytes: statSync(file, { throwIfNoEntry: false })?.size ?? null };
    })
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}
