import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WorkingLedger } from '../../centre/ledger/workingLedger.ts';
import { takeOwnOp } from '../../centre/office/ownOp.ts';
import { openStore } from '../../centre/store/openStore.ts';
import { parseDatabaseUrl } from '../../centre/store/postgres/address.ts';
import { type CentreStore, StoreBusyError } from '../../centre/store/types.ts';
import { temporaryFolder } from '../fixtures/centre.ts';
import { databaseUrlOf, openSqlIn, openStoreIn, psql } from '../fixtures/centreDatabase.ts';
import { HALL_BODIES } from '../fixtures/hallBodies.ts';
import { startLineCutter } from '../fixtures/lineCutter.ts';

/** Of a booking system. */
const KEY = Buffer.alloc(32, 7);

let folder: ReturnType<typeof temporaryFolder>;
let store: CentreStore;
beforeEach(() => {
  folder = temporaryFolder();
  store = openStoreIn(folder.dir, { busyTimeoutMs: 300 });
});
afterEach(() => {
  store.close();
  folder.remove();
});

const database = () => (databaseUrlOf(folder.dir) ?? '').replace(/^.*\//, '');
const ask = (sql: string) => psql(database(), `SET search_path = yichuang; ${sql}`);

/** A ticket as the centre's own op. */
function takeTicket(on: CentreStore, number: string, meanwhile: () => void = () => {}): Promise<void> {
  return on.write([], (known) => {
    const ledger = new WorkingLedger(known);
    const body = { ...HALL_BODIES['ticket.taken'], number };
    const own = { hall: 'main', kind: 'ticket.taken', stream: `ticket:${v7()}`, actor: 'system', body } as const;
    expect(takeOwnOp(ledger, on.self, own, Date.parse('2026-11-27T01:00:00Z'))).toBeNull();
    meanwhile();
    return { decision: ledger.decision(), value: undefined };
  });
}

const numbers = () => ask(`SELECT json_extract(record, '$.number') FROM projection WHERE type = 'ticket' ORDER BY 1`);

describe('one write', () => {
  it('is there whole for every other program once it has resolved', async () => {
    await takeTicket(store, 'A001');
    expect(ask('SELECT count(*) FROM op')).toBe('1');
    expect(numbers()).toBe('A001');
  });

  it('that fails leaves nothing, and the next one goes on without a gap', async () => {
    await takeTicket(store, 'A001');
    const failed = takeTicket(store, 'A002', () => {
      throw new Error('decided against it');
    });
    await expect(failed).rejects.toThrow('decided against it');
    await store.setBookingKey('main', KEY, 1);
    await expect(store.setBookingKey('main', KEY, 2)).rejects.toThrow(/booking_key_pkey/);
    expect(ask('SELECT created_at, ended_at FROM booking_key')).toBe('1|');
    await takeTicket(store, 'A003');
    expect(ask('SELECT string_agg(id::text, $$,$$ ORDER BY id) FROM op')).toBe('1,2');
    expect(ask(`SELECT string_agg(pos::text, ',' ORDER BY pos) FROM scope_row`)).toBe('1,2');
  });

  it('that has to wait too long for another one says that it was not stored', async () => {
    const other = openStoreIn(folder.dir, { busyTimeoutMs: 300 });
    try {
      let refused: Promise<void> = Promise.resolve();
      await takeTicket(store, 'A001', () => {
        refused = takeTicket(other, 'A002');
        refused.catch(() => {});
      });
      await expect(refused).rejects.toBeInstanceOf(StoreBusyError);
      await takeTicket(other, 'A003');
      expect(numbers()).toBe('A001\nA003');
    } finally {
      other.close();
    }
  });

  it('never repeats in an error what was to be written', async () => {
    const number = { number: '20261123070001', stream: 'case:1' };
    const { sql, close } = openSqlIn(folder.dir);
    const add = sql.prepare<[string, string]>('INSERT INTO certificate (number, stream) VALUES (?, ?)');
    const wrong = sql.prepare<[string]>('INSERT INTO to_forward (op) VALUES (?)');
    try {
      add.run(number.number, number.stream);
      for (const failing of [() => add.run(number.number, number.stream), () => wrong.run('张三')]) {
        expect(failing).toThrow(/^PostgreSQL 2[0-9A-Z]{4}/);
        expect(failing).not.toThrow(/2026|张三/);
      }
    } finally {
      close();
    }
  });
});

describe('a line that breaks', () => {
  let between: string;
  let cutter: Awaited<ReturnType<typeof startLineCutter>>;
  let cut: CentreStore;
  beforeEach(async () => {
    const url = databaseUrlOf(folder.dir) ?? '';
    const server = parseDatabaseUrl(url).host;
    between = mkdtempSync(path.join(tmpdir(), 'yichuang-cut-'));
    cutter = await startLineCutter(between, server);
    cut = openStore({ dataDir: folder.dir, database: { ...parseDatabaseUrl(url), host: between } });
  });
  afterEach(async () => {
    cut.close();
    await cutter.stop();
    rmSync(between, { recursive: true });
  });

  it('after COMMIT is done costs nothing: it is looked up, and the write resolves', async () => {
    await takeTicket(cut, 'A001', () => cutter.cutAt('after'));
    expect(numbers()).toBe('A001');
    await takeTicket(cut, 'A002');
    expect(numbers()).toBe('A001\nA002');
  });

  it('before COMMIT is said: nothing was stored, and the next write goes through on a new line', async () => {
    await expect(takeTicket(cut, 'A001', () => cutter.cutAt('before'))).rejects.toBeInstanceOf(StoreBusyError);
    expect(numbers()).toBe('');
    await takeTicket(cut, 'A001');
    expect(numbers()).toBe('A001');
  });

  it('under a question is made anew, and the question asked again', () => {
    cutter.cutAt('before');
    expect(cut.stats()).toEqual({ ops: 0, cases: 0, devices: 0 });
  });
});

describe('several stores on one database', () => {
  it('see when another one has written, and not what they wrote themselves', async () => {
    const other = openStoreIn(folder.dir);
    try {
      const [mine, theirs] = [store.outsideVersion(), other.outsideVersion()];
      await takeTicket(store, 'A001');
      expect(store.outsideVersion()).toBe(mine);
      expect(other.outsideVersion()).not.toBe(theirs);
    } finally {
      other.close();
    }
  });
});

describe('the log', () => {
  it('is append-only, whoever asks', async () => {
    await takeTicket(store, 'A001');
    const attempts = [`UPDATE op SET envelope = '{}'`, 'DELETE FROM op', 'TRUNCATE op CASCADE'];
    for (const sql of attempts) expect(() => ask(sql)).toThrow(/append-only/);
    expect(ask('SELECT count(*) FROM op')).toBe('1');
  });

  it('takes what JSON may say and PostgreSQL cannot hold', () => {
    const { sql, close } = openSqlIn(folder.dir);
    try {
      const find = sql.prepare<[string, string], string>('SELECT json_extract(?, ?)').pluck();
      const record = JSON.stringify({ day: '2026-11-27', name: 'a\u0000b\ud800c\\u0000', deep: { at: 7 } });
      expect(find.get(record, '$.day')).toBe('2026-11-27');
      expect(find.get(record, '$.deep.at')).toBe('7');
      expect(find.get(record, '$.name')).toBe('a\ufffdb\ufffdc\\ufffd');
      expect(find.get(record, '$.none')).toBeNull();
    } finally {
      close();
    }
  });
});
