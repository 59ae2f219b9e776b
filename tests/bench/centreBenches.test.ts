import { expect, test } from 'vitest';
import { OPS_OF_CASE } from './caseOps.ts';
import { benchDrain } from './drain.ts';
import type { Figure } from './figures.ts';
import { benchLive } from './live.ts';
import { benchPush } from './push.ts';
import { benchReopen } from './reopen.ts';

/** Whether the benches of the centre still run; how fast anything is, a test cannot say. */
function expectFigures(figures: readonly Figure[], withBaseline: readonly string[], others: readonly string[]): void {
  expect(figures.map(({ name }) => name).toSorted()).toEqual([...withBaseline, ...others].toSorted());
  for (const { name, value, baseline, ratio } of figures) {
    expect(Number.isFinite(value), name).toBe(true);
    if (withBaseline.includes(name)) expect([baseline, ratio], name).not.toContain(null);
  }
}

test('bench push measures single pushes beside an echo, and batches beside raw inserts', async () => {
  const shape = { terminals: 20, pushes: 2, lines: 4, ops: 'cases' } as const;
  const figures = await benchPush([
    { ...shape, name: 'single.20', size: 1 },
    { ...shape, name: 'batched.20', size: OPS_OF_CASE, ops: 'acceptances', signed: true },
  ]);
  const parts = ['single.20', 'batched.20'].flatMap((name) => [`push.${name}.cpu`, `push.${name}.driver`]);
  expectFigures(figures, ['push.single.20', 'push.batched.20'], parts);
}, 120_000);

test('bench drain hands a backlog to the centre, and the same to PouchDB and to a server without rules', async () => {
  const beside = ['drain', 'drain.judged', 'drain.fresh', 'drain.synced', 'drain.bare'].flatMap((name) => [
    `${name}.rate`,
    `${name}.cpu`,
  ]);
  expectFigures(await benchDrain(300), beside, ['drain.terminal.cpu', 'drain.after.cpu']);
}, 120_000);

test('bench live hears hints on every line', async () => {
  const alone = ['connect', 'memory', 'hall.lag.p99', 'all.p50', 'all.p99'].map((name) => `live.${name}`);
  expectFigures(await benchLive(36, 2), ['live.hall.p50', 'live.hall.p99'], alone);
}, 120_000);

test('bench reopen waits for the ready line of terminal and centre', async () => {
  expectFigures(await benchReopen(300, 1), ['reopen.terminal', 'reopen.centre'], []);
}, 120_000);
