import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEnrolmentCodeOffline } from '../../centre/command.ts';
import { verifyCentre } from '../../centre/verify/verify.ts';
import { PREFER_HEADER, PREFERS_ASYNC, pushAnswer } from '../../contract/sync.ts';
import { chanceFrom } from '../../tools/day/random.ts';
import { openSqlIn } from '../fixtures/centreDatabase.ts';
import { type RunningProcess, startCentreProcess, stopProcess } from '../fixtures/runningCentre.ts';
import { enrolSigned, SignedTerminal } from '../fixtures/signedTerminal.ts';

/** A centre that dies after it has promised to judge a backlog, or while it does. `FAULT_ROUNDS` is for the night. */

const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 20);
const PUSHES = 3;
const OPS_OF_PUSH = 40;
/** What is held is judged from 100 ms on: before it, in it, and after it, ms. */
const DEATH_WITHIN_MS = 300;

let dir: string;
let centre: RunningProcess;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'yichuang-held-'));
});
afterEach(async () => {
  if (centre.child.exitCode === null && centre.child.signalCode === null) await stopProcess(centre.child, 'SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

test(`kill -9 of a centre ${ROUNDS} times after it held a backlog: each op once, each receipt stands`, async () => {
  const chance = chanceFrom(20261128);
  const code = await createEnrolmentCodeOffline(dir, { terminal: 'W07' });
  centre = await startCentreProcess(dir);
  let terminal = await enrolSigned(centre.url, code, { name: 'a' });
  const { maker } = terminal;
  let foundWaiting = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (let push = 0; push < PUSHES; push++) await hold(terminal);
    await new Promise((resolve) => setTimeout(resolve, chance.next() * DEATH_WITHIN_MS));
    await stopProcess(centre.child, 'SIGKILL');
    foundWaiting += countWaiting();
    centre = await startCentreProcess(dir);
    terminal = new SignedTerminal(centre.url, terminal);
    await terminal.line.greet();
  }
  expect(foundWaiting).toBeGreaterThan(0);
  // Once more what was sent last, as if its answer had been lost.
  const last = await terminal.push(maker.ops.slice(-OPS_OF_PUSH));
  expect(last.acked).toBe(ROUNDS * PUSHES * OPS_OF_PUSH);
  expect(last.results.map(({ outcome }) => outcome)).toEqual(Array(OPS_OF_PUSH).fill('applied'));
  expect(await stopProcess(centre.child, 'SIGTERM')).toBe(0);
  expect(countWaiting()).toBe(0);
  expect(seqsInLog()).toEqual(maker.ops.map(({ seq }) => seq));
  expect(verifyCentre(dir)).toEqual([]);

  async function hold({ line, signChain }: SignedTerminal): Promise<void> {
    for (let count = 0; count < OPS_OF_PUSH; count++) maker.acceptCase();
    const ops = maker.ops.slice(-OPS_OF_PUSH);
    const { device, epoch } = maker;
    const { status, body } = await line.exchange({
      ...{ method: 'POST', path: '/sync/v1/push', headers: { [PREFER_HEADER]: PREFERS_ASYNC } },
      body: { device, epoch, ops, signature: signChain.call(terminal, ops) },
    });
    const { acked, held, receipt } = pushAnswer.parse(body);
    expect([status, acked, held, receipt?.acked]).toEqual([202, maker.ops.length, true, maker.ops.length]);
  }
}, 300_000);

function countWaiting(): number {
  const { sql, close } = openSqlIn(dir);
  try {
    return (sql.prepare<[], { count: number }>('SELECT count(*) AS count FROM waiting_push').get() ?? { count: 0 })
      .count;
  } finally {
    close();
  }
}

function seqsInLog(): number[] {
  const { sql, close } = openSqlIn(dir);
  try {
    return sql
      .prepare<[], { seq: number }>("SELECT seq FROM op WHERE kind = 'case.accepted' ORDER BY seq")
      .all()
      .map(({ seq }) => seq);
  } finally {
    close();
  }
}
