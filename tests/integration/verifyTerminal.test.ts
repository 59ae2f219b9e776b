import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sha256Hex } from '../../db/digest.ts';
import { uuidToBlob } from '../../db/ids.ts';
import { writeMeta } from '../../db/meta.ts';
import { openDatabase } from '../../db/open.ts';
import { Store } from '../../db/store.ts';
import { verifyDatabase } from '../../db/verify.ts';
import { canonicalJson } from '../../domain/ledger/canonical.ts';
import { sealOp } from '../../domain/ledger/op.ts';
import { generateDay } from '../../tools/day/generateDay.ts';
import { planDay } from '../../tools/day/plan.ts';
import { acceptance } from '../fixtures/acceptance.ts';
import { type PrintedNumbers, putPrintedCase } from '../fixtures/printedCase.ts';
import { TEST_KEY } from '../fixtures/store.ts';

let root: string;
let count = 0;
let dir: string;
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'yichuang-verify-'));
  await generateDay(planDay(60, 7), { keyHex: TEST_KEY, data: path.join(root, 'day') });
}, 120_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

beforeEach(() => {
  dir = path.join(root, `damaged${++count}`);
  cpSync(path.join(root, 'day'), dir, { recursive: true });
});

function withFile<T>(use: (db: Database.Database) => T): T {
  const db = openDatabase({ file: path.join(dir, 'yichuang.db'), keyHex: TEST_KEY });
  try {
    return use(db);
  } finally {
    db.close();
  }
}

function withStore(use: (store: Store) => void): void {
  const store = Store.open({ dir, keyHex: TEST_KEY, now: Date.now, newId: v7 });
  try {
    use(store);
  } finally {
    store.close();
  }
}

/** @returns the codes found; nothing of a person may stand in a detail */
function codes(): string[] {
  return withFile((db) => {
    const findings = verifyDatabase(db);
    for (const { detail } of findings) {
      expect(detail).toMatch(/^[\x20-\x7e]+$/);
      expect(detail).not.toMatch(/\b\d{17}[\dX]\b/);
    }
    return [...new Set(findings.map(({ code }) => code))].sort();
  });
}

const OWN = "device = (SELECT unhex(replace(value, '-', '')) FROM meta WHERE name = 'device')";
const plant = (sql: string) => withFile((db) => expect(db.prepare(sql).run().changes).toBeGreaterThan(0));

function addPrinted(numbers: Partial<PrintedNumbers> & Pick<PrintedNumbers, 'number'>, hasPack = true): void {
  withStore(({ ledger }) => {
    const full = {
      certificate: `吉(2026)辽源市不动产证明第${numbers.number.slice(-7)}号`,
      blank: `Z229${numbers.number.slice(-8)}`,
      ...numbers,
    };
    putPrintedCase((stream, kind, actor, body) => void ledger.append({ kind, stream, actor, body }), full, hasPack);
  });
}

test('a day that was left alone has no findings', () => {
  expect(codes()).toEqual([]);
});

test('cases that only look alike have no findings', () => {
  addPrinted({ number: '20261123990001' });
  addPrinted({ number: '20261123990002' });
  expect(codes()).toEqual([]);
});

describe('planted damage is found:', () => {
  test('an edited row of a projection', () => {
    plant("UPDATE case_file SET state = 'ISSUED' WHERE ref = 3");
    expect(withFile((db) => verifyDatabase(db))).toEqual([
      { code: 'projection-differs', detail: 'case_file 3: differs' },
    ]);
  });

  test('a row of a projection that is gone', () => {
    plant('DELETE FROM case_slip WHERE rowid = 5');
    expect(withFile((db) => verifyDatabase(db))).toEqual([
      { code: 'projection-differs', detail: expect.stringMatching(/^case_slip [0-9a-f]{32}: missing$/) },
    ]);
  });

  test('a row of a projection that nobody wrote, named without the number in it', () => {
    plant("INSERT INTO case_key (key, case_ref) VALUES ('220402199003071231', 4)");
    expect(withFile((db) => verifyDatabase(db))).toEqual([
      { code: 'projection-differs', detail: 'case_key 4: not in the log' },
    ]);
  });

  test('an edited body', () => {
    plant(`UPDATE op SET body = json_set(body, '$.note', 'x') WHERE ${OWN} AND seq = 2`);
    expect(codes()).toContain('body-hash');
  });

  test('an edited body of another device', () => {
    plant(`
      UPDATE op SET body = json_set(body, '$.note', 'x')
      WHERE ord = (SELECT max(ord) FROM op WHERE kind = 'case.lane' AND NOT ${OWN})`);
    expect(codes()).toContain('body-hash');
  });

  test('an op missing in the middle', () => {
    plant(`DELETE FROM op WHERE ${OWN} AND seq = 7`);
    expect(codes()).toEqual(expect.arrayContaining(['gap', 'prev-hash']));
  });

  test('a tail cut off below what the centre has acknowledged', () => {
    plant(`DELETE FROM op WHERE ${OWN} AND seq > (SELECT max(seq) - 2 FROM op WHERE ${OWN})`);
    expect(codes()).toContain('acked-beyond-log');
  });

  test('a broken chain', () => {
    plant(`UPDATE op SET prev_hash = zeroblob(32) WHERE ${OWN} AND seq = 9`);
    expect(codes()).toEqual(['prev-hash']);
  });

  test('another actor in an op', () => {
    plant(`UPDATE op SET actor = '1999' WHERE ${OWN} AND seq = 9`);
    expect(codes()).toContain('hash');
  });

  test('two ops in another order of numbers', () => {
    withFile((db) => {
      db.exec(`UPDATE op SET seq = -5 WHERE ${OWN} AND seq = 5`);
      db.exec(`UPDATE op SET seq = 5 WHERE ${OWN} AND seq = 6`);
      db.exec(`UPDATE op SET seq = 6 WHERE ${OWN} AND seq = -5`);
    });
    expect(codes()).toEqual(expect.arrayContaining(['out-of-order', 'prev-hash']));
  });

  test('two ops in another order of arrival', () => {
    withFile((db) => {
      const [a, b] = db.prepare(`SELECT ord FROM op WHERE ${OWN} ORDER BY seq DESC LIMIT 2`).pluck().all() as number[];
      const move = db.prepare('UPDATE op SET ord = ? WHERE ord = ?');
      move.run(-1, a);
      move.run(a, b);
      move.run(b, -1);
    });
    expect(codes()).toContain('out-of-order');
  });

  test('a blank used for two cases', () => {
    addPrinted({ number: '20261123990001', blank: 'Z22900000001' });
    addPrinted({ number: '20261123990002', blank: 'Z22900000001' }, false);
    expect(codes()).toEqual(['blank-not-in-custody', 'blank-used-twice']);
  });

  test('a certificate number given twice', () => {
    const certificate = '吉(2026)辽源市不动产证明第9900001号';
    addPrinted({ number: '20261123990001', certificate });
    addPrinted({ number: '20261123990002', certificate });
    expect(codes()).toEqual(['certificate-number-twice']);
  });

  test('a 受理编号 given twice', () => {
    withStore(({ db, ledger }) => {
      const number = db.prepare('SELECT number FROM case_file WHERE ref = 1').pluck().get() as string;
      const head = ledger.head();
      const stream = `case:${v7()}`;
      const { op } = ledger.append({
        kind: 'case.accepted',
        stream,
        actor: '1001',
        body: acceptance(1, { number: '20261123990009' }),
      });
      const body = acceptance(1, { number });
      const sealed = sealOp({ ...op, body }, head.hash, sha256Hex);
      db.prepare('DELETE FROM case_key WHERE case_ref = (SELECT ref FROM case_file WHERE number = ?)').run(
        '20261123990009',
      );
      db.prepare('DELETE FROM case_file WHERE number = ?').run('20261123990009');
      db.prepare('UPDATE op SET body = ?, body_hash = ?, hash = ? WHERE op_id = ?').run(
        canonicalJson(body),
        Buffer.from(sealed.body_hash, 'hex'),
        Buffer.from(sealed.hash, 'hex'),
        uuidToBlob(op.op_id),
      );
    });
    expect(codes()).toEqual(['case-number-twice', 'not-replayable']);
  });

  test('a receipt that is not for this log', () => {
    plant(`UPDATE push_state SET head = '${'0'.repeat(64)}'`);
    expect(codes()).toEqual(['receipt-differs']);
  });

  test('an epoch that goes on beside a newer one', () => {
    const note = (epoch: number) => {
      withFile((db) => writeMeta(db, 'epoch', String(epoch)));
      withStore(({ ledger }) => {
        const body = { staff: '1001', terminal: 'W07' };
        ledger.append({ kind: 'session.opened', stream: `session:${v7()}`, actor: '1001', body });
      });
    };
    note(2);
    expect(codes()).toEqual([]);
    note(1);
    expect(codes()).toEqual(['epoch-clash']);
  });
});
