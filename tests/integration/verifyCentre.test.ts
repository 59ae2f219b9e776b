import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sha256Hex } from '../../centre/digest.ts';
import { judgeOp } from '../../centre/ledger/judge.ts';
import { chainHead } from '../../centre/ledger/plan.ts';
import { WorkingLedger } from '../../centre/ledger/workingLedger.ts';
import { takeOwnOp } from '../../centre/office/ownOp.ts';
import { openDatabase } from '../../centre/store/sqlite/open.ts';
import { openSqliteStore } from '../../centre/store/sqlite/store.ts';
import { verifyCentre } from '../../centre/verify/verify.ts';
import { sealOp } from '../../domain/ledger/op.ts';
import { generateDay } from '../../tools/day/generateDay.ts';
import { planDay } from '../../tools/day/plan.ts';
import { acceptance } from '../fixtures/acceptance.ts';
import { runCommand } from '../fixtures/command.ts';
import { type PrintedNumbers, putPrintedCase } from '../fixtures/printedCase.ts';
import { TEST_KEY } from '../fixtures/store.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');
let root: string;
let count = 0;
let dir: string;
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'yichuang-verify-'));
  const [data, centre] = [path.join(root, 'terminal'), path.join(root, 'day')];
  await generateDay(planDay(60, 8), { keyHex: TEST_KEY, data, centre });
}, 120_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

beforeEach(() => {
  dir = path.join(root, `damaged${++count}`);
  cpSync(path.join(root, 'day'), dir, { recursive: true });
});

/** As somebody with the key and a database tool would: past triggers and foreign keys. */
function withFile<T>(use: (db: Database.Database) => T): T {
  const db = openDatabase(dir);
  try {
    db.pragma('foreign_keys=OFF');
    db.exec('DROP TRIGGER IF EXISTS op_is_never_changed; DROP TRIGGER IF EXISTS op_is_never_deleted;');
    return use(db);
  } finally {
    db.close();
  }
}

const plant = (sql: string) => withFile((db) => expect(db.prepare(sql).run().changes).toBeGreaterThan(0));

/** Takes ops past every rule of the centre, as a defect of its own might. */
async function withLedger(
  use: (ledger: WorkingLedger, self: { device: string; epoch: number }) => void,
): Promise<void> {
  const store = openSqliteStore(dir);
  try {
    await store.write([], (known) => {
      const ledger = new WorkingLedger(known);
      use(ledger, store.self);
      return { decision: ledger.decision(), value: null };
    });
  } finally {
    store.close();
  }
}

function addPrinted(numbers: PrintedNumbers): Promise<void> {
  return withLedger((ledger, self) => {
    putPrintedCase(
      (stream, kind, actor, body) => {
        expect(takeOwnOp(ledger, self, { hall: 'main', kind, stream, actor, body }, NOW)).toBeNull();
      },
      numbers,
      false,
    );
  });
}

function printed(index: number, blank = `Z2299000000${index}`): PrintedNumbers {
  return { number: `2026112399000${index}`, certificate: `吉(2026)辽源市不动产证明第00000${90 + index}号`, blank };
}

/** @returns the codes found; nothing of a person may stand in a detail */
function codes(): string[] {
  const findings = verifyCentre(dir);
  for (const { detail } of findings) expect(detail).not.toMatch(/\b\d{17}[\dX]\b|张三|示例/);
  return [...new Set(findings.map(({ code }) => code))].sort();
}

const BUSIEST =
  '(SELECT device FROM op WHERE device <> (SELECT device FROM centre) GROUP BY device ORDER BY count(*) DESC LIMIT 1)';

test('a day that was left alone has no findings, and neither has the terminal of it', async () => {
  expect(codes()).toEqual([]);
  const { code, stdout } = await runCommand(['verify', '--centre', dir]);
  expect([code, stdout]).toEqual([0, '{"verified":true,"findings":0}\n']);
});

describe('planted damage is found:', () => {
  test('an edited row of a projection, and the command says so by its exit code', async () => {
    plant(
      "UPDATE projection SET record = json_set(record, '$.state', 'ISSUED') WHERE type = 'case' AND version = (SELECT min(version) FROM projection WHERE type = 'case')",
    );
    const [finding] = verifyCentre(dir);
    expect(finding).toEqual({
      code: 'projection-differs',
      detail: expect.stringMatching(/^case:[0-9a-f-]{36}: differs$/),
    });
    const { code, stdout } = await runCommand(['verify', '--centre', dir]);
    expect(code).toBe(1);
    expect(stdout.trim().split('\n').at(-1)).toBe(
      JSON.stringify({ verified: false, findings: stdout.trim().split('\n').length - 1 }),
    );
  });

  test('a row of a projection that is gone', () => {
    plant("DELETE FROM projection WHERE stream = (SELECT max(stream) FROM projection WHERE type = 'slip')");
    expect(verifyCentre(dir)).toEqual([
      { code: 'projection-differs', detail: expect.stringMatching(/^slip:[0-9a-f-]{36}: missing$/) },
    ]);
  });

  test('an edited body', () => {
    plant(
      "UPDATE op SET envelope = json_set(envelope, '$.body.note', 'x') WHERE id = (SELECT max(id) FROM op WHERE kind = 'case.accepted')",
    );
    expect(codes()).toContain('body-hash');
  });

  test('a column of an op that is not what was hashed', () => {
    plant("UPDATE op SET kind = 'case.lane' WHERE id = (SELECT max(id) FROM op WHERE kind = 'case.advanced')");
    expect(codes()).toEqual(['hash']);
  });

  test('an op missing in the middle', () => {
    plant(`DELETE FROM op WHERE device = ${BUSIEST} AND seq = 5`);
    expect(codes()).toEqual(expect.arrayContaining(['gap', 'prev-hash', 'foreign-key']));
  });

  test('a tail cut off below what was acknowledged', () => {
    plant(`DELETE FROM op WHERE id = (SELECT max(id) FROM op WHERE device = ${BUSIEST})`);
    expect(codes()).toContain('acked-beyond-log');
  });

  test('a broken chain', () => {
    plant(
      `UPDATE op SET envelope = json_set(envelope, '$.prev_hash', '${'0'.repeat(64)}') WHERE device = ${BUSIEST} AND seq = 5`,
    );
    expect(codes()).toEqual(['prev-hash']);
  });

  test('two ops in another order', () => {
    withFile((db) => {
      const ids = db.prepare(`SELECT id FROM op WHERE device = ${BUSIEST} ORDER BY seq DESC LIMIT 2`).pluck().all();
      const move = db.prepare('UPDATE op SET id = ? WHERE id = ?');
      move.run(-1, ids[0]);
      move.run(ids[0], ids[1]);
      move.run(ids[1], -1);
    });
    expect(codes()).toContain('out-of-order');
  });

  test('a blank used for two cases', async () => {
    await addPrinted(printed(1));
    await addPrinted(printed(2));
    await addPrinted(printed(3, printed(1).blank));
    expect(verifyCentre(dir).filter(({ code }) => code !== 'sequence-behind')).toEqual([
      { code: 'blank-used-twice', detail: expect.stringMatching(/^case:[0-9a-f-]{36}, as in case:[0-9a-f-]{36}$/) },
    ]);
  });

  test('a certificate number on two certificates, and one that is in no register', async () => {
    await addPrinted(printed(1));
    await addPrinted(printed(2));
    const [first, second] = [printed(1).certificate, printed(2).certificate];
    plant(`UPDATE projection SET record = replace(record, '${second}', '${first}') WHERE record LIKE '%${second}%'`);
    plant(`DELETE FROM certificate WHERE number = '${second}'`);
    expect(codes()).toEqual(expect.arrayContaining(['certificate-number-twice', 'projection-differs']));
  });

  test('a series of certificate numbers that would begin again', () => {
    plant('UPDATE certificate_sequence SET last = 1 WHERE last > 1');
    expect(codes()).toEqual(['sequence-behind']);
  });

  test('a 受理编号 given twice', async () => {
    const number = withFile((db) =>
      db.prepare("SELECT max(number) FROM projection WHERE type = 'case'").pluck().get(),
    ) as string;
    await withLedger((ledger, self) => {
      const head = chainHead(ledger, self.device, self.epoch);
      const draft = {
        ...{ op_id: v7(), ...self, seq: head.seq + 1, kind: 'case.accepted' as const, stream: `case:${v7()}` },
        ...{ base_ver: 0, actor: '1001', at: new Date(NOW).toISOString(), hlc: '000000000000-0000' },
        body: acceptance(1, { number }),
      };
      const op = { ...sealOp(draft, head.hash, sha256Hex), body: { ...draft.body } as Record<string, unknown> };
      const author = { device: self.device, hall: 'main', centre: true };
      ledger.take(author, op, { outcome: 'applied', code: null, held: null }, NOW);
    });
    expect(codes()).toEqual(['case-number-twice', 'projection-differs']);
  });

  test('a receipt that is not for this log', () => {
    plant(`UPDATE device_head SET hash = zeroblob(32) WHERE device = ${BUSIEST}`);
    expect(codes()).toEqual(['receipt-differs']);
  });

  test('an epoch that goes on beside a newer one', async () => {
    const note = (beyond: number) =>
      withLedger((ledger, { device, epoch: newest }) => {
        const epoch = newest + beyond;
        const head = chainHead(ledger, device, epoch);
        const draft = {
          ...{
            op_id: v7(),
            device,
            epoch,
            seq: head.seq + 1,
            kind: 'session.opened' as const,
            stream: `session:${v7()}`,
          },
          ...{ base_ver: 0, actor: '1001', at: new Date(NOW).toISOString(), hlc: '000000000000-0000' },
          body: { staff: '1001', terminal: 'W07' },
        };
        const op = { ...sealOp(draft, head.hash, sha256Hex), body: { ...draft.body } };
        const author = { device, hall: 'main', centre: true };
        ledger.take(author, op, judgeOp(ledger, author, op), NOW);
      });
    await note(1);
    await note(0);
    expect(verifyCentre(dir).map(({ code, detail }) => [code, detail.slice(38)])).toEqual([
      ['epoch-clash', expect.stringMatching(/^epoch \d+ goes on at log position \d+, after \d+$/)],
    ]);
  });

  test('an op without its result', () => {
    plant('DELETE FROM op_result WHERE op = (SELECT max(op) FROM op_result)');
    expect(codes()).toContain('result-missing');
  });

  test('a hole in what a hall pulls', () => {
    plant("DELETE FROM scope_row WHERE pos = 20 AND scope = (SELECT id FROM scope_head WHERE scope = 'hall:main')");
    // What came of it is read by the same places.
    expect(codes()).toEqual(['projection-differs', 'scope-differs']);
  });
});

test('verifying changes nothing and creates nothing', () => {
  const read = () => readFileSync(path.join(dir, 'centre.db'));
  const before = read();
  verifyCentre(dir);
  expect(read().equals(before)).toBe(true);
  expect(() => verifyCentre(path.join(root, 'nothing'))).toThrow('no centre.db');
  expect(readdirSync(root)).not.toContain('nothing');
});
