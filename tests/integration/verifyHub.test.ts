import { cpSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openDatabase } from '../../centre/store/sqlite/open.ts';
import { verifyCentre } from '../../centre/verify/verify.ts';
import { runCommand } from '../fixtures/command.ts';
import { openRelayHall } from '../fixtures/relayHall.ts';

/** The data of a hub: ops of its terminals and of the centre, one held, one rejected, and a chain that began elsewhere. */

const WAIT = { timeout: 45_000 };
let hall: Awaited<ReturnType<typeof openRelayHall>>;
let copies = 0;

beforeAll(async () => {
  hall = await openRelayHall();
  const direct = hall.open('W09');
  direct.accept(1);
  direct.accept(2, { clerk: { id: '1002', name: '李娜' } });
  direct.connect(hall.centre.url, await hall.codeFor('W09'));
  await vi.waitFor(() => expect(direct.counts.waitingOps).toBe(0), WAIT);
  await direct.disconnect();
  await hall.startHub();
  const terminal = await hall.join('W07');
  terminal.accept(1);
  terminal.accept(2, { clerk: { id: '1002', name: '李娜' } });
  await vi.waitFor(() => expect(terminal.counts).toEqual({ waitingOps: 0, heldOps: 0, rejected: 1 }), WAIT);
  direct.accept(3);
  direct.connect(hall.hub.url, await hall.codeFor('W09'));
  await vi.waitFor(() => expect(direct.counts).toEqual({ waitingOps: 0, heldOps: 0, rejected: 1 }), WAIT);
  await hall.centre.stop();
  terminal.accept(3);
  await vi.waitFor(() => expect(terminal.counts.heldOps).toBe(1), WAIT);
  await Promise.all([terminal.disconnect(), direct.disconnect()]);
  await hall.hub.stop();
}, 60_000);
afterAll(() => hall.dispose());

/** What verify finds in a copy after somebody with the key and a database tool was at it. */
function findAfter(sql: string): string[] {
  copies += 1;
  const dir = path.join(hall.dir, `damaged${copies}`);
  cpSync(hall.hub.dir, dir, { recursive: true });
  const db = openDatabase(dir);
  db.pragma('foreign_keys=OFF');
  db.exec('DROP TRIGGER op_is_never_changed; DROP TRIGGER op_is_never_deleted');
  expect(db.prepare(sql).run().changes).toBeGreaterThan(0);
  db.close();
  return [...new Set(verifyCentre(dir).map(({ code }) => code))].sort();
}

test('a hub that was left alone has no findings, and the command says so', async () => {
  const outcomes = new Set(hall.hub.ops().map(({ outcome, mirrored }) => `${outcome} ${mirrored}`));
  expect([...outcomes].sort()).toEqual(['applied 0', 'applied 1', 'held 0', 'rejected 0']);
  expect((await runCommand(['verify', '--centre', hall.hub.dir])).code).toBe(0);
});

const MIRRORED = 'SELECT min(id) FROM op WHERE mirrored = 1';
const PUSHED = 'SELECT min(id) FROM op WHERE mirrored = 0';

describe('planted damage in a hub is found:', () => {
  const planted: [string, string, string[]][] = [
    [
      'an op of the centre that was changed',
      `UPDATE op SET envelope = json_set(envelope, '$.actor', 'nobody') WHERE id = (${MIRRORED})`,
      ['hash'],
    ],
    ['an op of a terminal that is gone', `DELETE FROM op WHERE id = (${PUSHED})`, ['foreign-key', 'gap', 'prev-hash']],
    [
      'a held op that took effect without the centre',
      "UPDATE op_result SET outcome = 'applied' WHERE outcome = 'held'",
      ['scope-differs'],
    ],
    [
      'a published op that is said to be held',
      `UPDATE op_result SET outcome = 'held' WHERE op = (${PUSHED})`,
      ['scope-differs'],
    ],
    ['a chain that begins elsewhere than it was told', 'UPDATE chain_base SET hash = zeroblob(32)', ['prev-hash']],
    ['an acknowledgement of what is not there', 'UPDATE device_head SET seq = seq + 1', ['acked-beyond-log']],
  ];
  test.each(planted)('%s', (_what, sql, expected) => {
    expect(findAfter(sql)).toEqual(expect.arrayContaining(expected));
  });
});
