import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { prepareHub } from '../hub.ts';
import { migrate } from '../migrate.ts';
import { RELAY_SQL } from '../relaySql.ts';
import { SQL } from '../sql.ts';
import { MIGRATIONS } from './index.ts';

const id = (n: number) => Buffer.alloc(16, n);

it('migration 230 gives a log that has take-overs the highest fence, without reading the rest of it', () => {
  const db = new Database(':memory:');
  const until = (last: number) =>
    migrate(
      db,
      MIGRATIONS.filter(({ number }) => number <= last),
    );
  until(210);
  const addOp = db.prepare(SQL.addOp);
  const add = (n: number, kind: string, body: object) =>
    addOp.run(id(n), id(9), 1, n, kind, 'hub:x', 'main', Buffer.alloc(32, n), 0, JSON.stringify({ body }));
  add(1, 'case.accepted', { fence: 99 });
  add(2, 'hub.took-over', { fence: 3 });
  until(230);
  add(3, 'hub.took-over', { fence: 2 });

  const hub = prepareHub(db);
  expect(hub.hubRole()).toBeNull();
  expect(hub.highestTakeOver()).toBe(3);
  hub.joinHub('standby', 'http://other');
  hub.saveHubRole({ role: 'active', fence: 4 });
  hub.joinHub('standby', null);
  expect(hub.hubRole()).toEqual({ role: 'active', fence: 4 });
  expect(hub.peer()).toEqual({ url: 'http://other', token: null, followed: 0 });
  const plan = (sql: string, ...values: unknown[]) =>
    db
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...values)
      .map(({ detail }) => detail)
      .join();
  expect(plan(RELAY_SQL.highestTakeOver)).toContain('USING INDEX op_took_over');
  expect(plan(RELAY_SQL.hubOfHall, 'main')).toMatch(/^SEARCH device USING INDEX device_hub/);
  db.close();
});
