import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { translate } from '../../centre/store/postgres/dialect.ts';
import { MIGRATIONS } from '../../centre/store/postgres/migrations/index.ts';
import { HALL_SQL } from '../../centre/store/sqlite/hallSql.ts';
import { IDENTITY_SQL } from '../../centre/store/sqlite/identitySql.ts';
import { MIGRATIONS as SQLITE_MIGRATIONS } from '../../centre/store/sqlite/migrations/index.ts';
import { openDatabase } from '../../centre/store/sqlite/open.ts';
import { RELAY_SQL } from '../../centre/store/sqlite/relaySql.ts';
import { COMPACT_SQL, SCOPE_SQL } from '../../centre/store/sqlite/scopeSql.ts';
import { COUNT_SQL, SQL } from '../../centre/store/sqlite/sql.ts';
import { UNMET_SQL } from '../../centre/store/sqlite/unmetSql.ts';
import { temporaryFolder } from '../fixtures/centre.ts';
import { databaseUrlOf, openStoreIn, psql } from '../fixtures/centreDatabase.ts';

let folder: ReturnType<typeof temporaryFolder>;
let sqlite: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  sqlite = temporaryFolder();
  openStoreIn(folder.dir).close();
});
afterEach(() => {
  folder.remove();
  sqlite.remove();
});

const ask = (sql: string) =>
  psql((databaseUrlOf(folder.dir) ?? '').replace(/^.*\//, ''), `SET search_path = yichuang; ${sql}`)
    .split('\n')
    .filter((line) => line !== '');

/** Of PostgreSQL alone. */
const ITS_OWN = ['migration', 'write_lock', 'writer'];

describe('the tables of both databases', () => {
  it('are brought up to date together', () => {
    expect(MIGRATIONS.at(-1)?.number).toBe(SQLITE_MIGRATIONS.at(-1)?.number);
  });

  it('have the same columns, filled and empty alike', () => {
    const db = openDatabase(sqlite.dir);
    const types: Record<string, string> = { INTEGER: 'bigint', TEXT: 'text', BLOB: 'bytea' };
    const expected = db
      .prepare<[], { name: string; column: string; type: string; required: number; pk: number }>(`
        SELECT m.name, c.name AS column, c.type, c."notnull" AS required, c.pk FROM sqlite_schema AS m
        JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'`)
      .all()
      .map(({ name, column, type, required, pk }) => `${name}.${column} ${types[type]} ${required === 1 || pk > 0}`);
    db.close();
    const found = ask(`SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || (is_nullable = 'NO')
      FROM information_schema.columns WHERE table_schema = 'yichuang'`);
    const shared = found.filter((line) => !ITS_OWN.includes(line.split('.')[0] ?? ''));
    expect(shared.sort()).toEqual(expected.sort());
  });

  it('have the same indexes', () => {
    const db = openDatabase(sqlite.dir);
    const expected = db
      .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`)
      .pluck()
      .all();
    db.close();
    const found = ask(`SELECT indexname FROM pg_indexes WHERE schemaname = 'yichuang'`);
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  it('compare text byte by byte, whatever the language of the server', () => {
    const other = ask(`SELECT table_name || '.' || column_name FROM information_schema.columns
      WHERE table_schema = 'yichuang' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'`);
    expect(other).toEqual([]);
  });
});

/** Whole tables, now and then; and those of one row. */
const READS_ALL =
  /on (centre|relay|hub|write_lock|writer|relay_cursor|to_forward|mirror_unmet|booking_key|device)\b|^publishedParked: .*on scope_row\b/;

describe('every statement', () => {
  const statements = Object.entries({
    ...SQL,
    ...RELAY_SQL,
    ...HALL_SQL,
    ...SCOPE_SQL,
    ...IDENTITY_SQL,
    ...UNMET_SQL,
  }).filter(([, sql]) => !sql.startsWith('PRAGMA'));

  it('is understood by the server, and finds its rows by an index', () => {
    const script = statements.map(([name, sql]) => {
      const { text } = translate(sql);
      const count = new Set(text.match(/\$\d+/g)).size;
      const values = count === 0 ? '' : `(${Array(count).fill('NULL').join(', ')})`;
      return `PREPARE "${name}" AS ${text}; SELECT '= ${name}'; EXPLAIN (COSTS OFF) EXECUTE "${name}"${values};`;
    });
    const settings = 'SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan;';
    let name = '';
    const scans: string[] = [];
    for (const line of ask(`${settings}\n${script.join('\n')}`)) {
      if (line.startsWith('= ')) name = line.slice(2);
      else if (/Seq Scan/.test(line)) scans.push(`${name}: ${line.trim()}`);
    }
    expect(scans.filter((each) => !READS_ALL.test(each))).toEqual([]);
    expect(name).toBe(statements.at(-1)?.[0]);
  });

  it('that counts is understood too', () => {
    for (const sql of Object.values({ ...COUNT_SQL, ...COMPACT_SQL }))
      expect(() => ask(`PREPARE it AS ${translate(sql).text}`)).not.toThrow();
  });
});
