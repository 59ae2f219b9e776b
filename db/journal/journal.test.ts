import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Op } from '../../domain/ledger/op.ts';
import { acceptance } from '../../tests/fixtures/acceptance.ts';
import { DAMAGES, damageFile, damageFolder } from '../../tests/fixtures/damage.ts';
import { caseStream, TEST_KEY } from '../../tests/fixtures/store.ts';
import { Store } from '../store.ts';
import { type JournalState, OpJournal } from './journal.ts';
import { journalFolder, readJournal } from './readJournal.ts';

let root: string;
let store: Store;
let journal: OpJournal;
let clock = Date.parse('2026-11-27T02:00:00.000Z');
const states: JournalState[] = [];
beforeEach(() => {
  clock = Date.parse('2026-11-27T02:00:00.000Z');
  root = damageFolder();
  mkdirSync(path.join(root, 'stick'));
  states.length = 0;
  start();
});
afterEach(async () => {
  await journal.stop();
  store.close();
  rmSync(root, { recursive: true, force: true });
});

function start(): void {
  store = Store.open({
    ...{ dir: path.join(root, 'data'), keyHex: TEST_KEY, now: () => clock, newId: v7 },
    onCommitted: () => journal?.note(),
  });
  journal = new OpJournal({
    ...{ store, dir: path.join(root, 'stick'), keyHex: TEST_KEY, now: () => clock, newId: v7 },
    onState: (state) => states.push(state),
  });
}

async function restart(between: () => void = () => {}): Promise<void> {
  await journal.stop();
  store.close();
  between();
  start();
}

const accept = (count: number) => {
  for (let i = 0; i < count; i++) {
    const number = `W0720261127${String(store.ledger.head().seq + 1).padStart(4, '0')}`;
    const body = acceptance(i, { number, window: 'W07' });
    store.ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body });
  }
};
const folder = () => journalFolder(path.join(root, 'stick'), store.ledger.device);
const journaled = async (): Promise<Op[]> => (await readJournal(folder(), TEST_KEY)).flatMap(({ ops }) => ops);
const own = () => store.ledger.readAfter(0, 1000);
const byNumber = (ops: Op[]) => [...new Map(ops.map((op) => [op.seq, op])).values()].sort((a, b) => a.seq - b.seq);

test('what is committed lies there soon after, sealed and whole, and nobody waited for it', async () => {
  accept(3);
  // A save returns before anything was written.
  expect(journal.state.behind).toBe(0);
  expect(states).toEqual([]);
  await journal.flush();
  expect(await journaled()).toEqual(own());
  for (const name of readdirSync(folder()))
    expect(readFileSync(path.join(folder(), name)).includes('张三')).toBe(false);
  expect(journal.state).toEqual({ behind: 0, error: null, damaged: 0 });
});

test('a crash behind the last save is made good at the next start, and nothing is written twice', async () => {
  accept(2);
  await journal.flush();
  await journal.stop();
  accept(3);
  await restart();
  await journal.flush();
  expect(await journaled()).toEqual(own());
  await restart();
  await journal.flush();
  expect(await journaled()).toEqual(own());
});

test('a new day is a new file, and a file goes when the centre has all of it', async () => {
  accept(2);
  await journal.flush();
  clock += 24 * 60 * 60_000;
  accept(2);
  await journal.flush();
  expect(readdirSync(folder()).map((name) => name.slice(0, 8))).toEqual(['20261127', '20261128']);
  const at = new Date(clock).toISOString();
  store.delivery.recordPush({ acked: 1, head: store.ledger.hashAt(1) ?? '' }, [], at);
  await journal.prune();
  expect(readdirSync(folder())).toHaveLength(2);
  // What the hub holds is not at the centre.
  const held = { seq: 2, outcome: 'held', code: 'unknown' } as const;
  store.delivery.recordPush({ acked: 2, head: store.ledger.hashAt(2) ?? '' }, [held], at);
  await journal.prune();
  expect(readdirSync(folder())).toHaveLength(2);
  store.delivery.results.settle(1, [{ seq: 2, outcome: 'applied', code: null }]);
  await journal.prune();
  expect(readdirSync(folder()).map((name) => name.slice(0, 8))).toEqual(['20261128']);
});

test('a medium that is gone is said, with how much is behind, and caught up when it is back', async () => {
  await restart(() => rmSync(path.join(root, 'stick'), { recursive: true }));
  accept(2);
  await journal.flush();
  expect(journal.state).toEqual({ behind: 2, error: 'ENOENT', damaged: 0 });
  await restart(() => mkdirSync(path.join(root, 'stick')));
  await journal.flush();
  expect(journal.state).toEqual({ behind: 0, error: null, damaged: 0 });
  expect(await journaled()).toEqual(own());
});

test('a hundred damages to a journal file: what can be read is as it was written, the rest is found and written anew', async () => {
  accept(30);
  await journal.flush();
  const [name = ''] = readdirSync(folder());
  const sound = readFileSync(path.join(folder(), name));
  const expected = own().map((op) => JSON.stringify(op));
  let found = 0;
  for (let seed = 1; seed <= 100; seed++) {
    await restart(() => {
      rmSync(folder(), { recursive: true });
      mkdirSync(folder());
      writeFileSync(path.join(folder(), name), sound);
      damageFile(path.join(folder(), name), DAMAGES[seed % DAMAGES.length] ?? 'flip', seed);
    });
    const [file] = await readJournal(folder(), TEST_KEY);
    for (const op of file?.ops ?? []) expect(expected[op.seq - 1] === JSON.stringify(op), `seed ${seed}`).toBe(true);
    if ((file?.ops.length ?? 0) < 30) found += 1;
    await journal.flush();
    expect(byNumber(await journaled()), `seed ${seed}`).toEqual(own());
    if (file && file.damaged > 0) expect(journal.state.damaged, `seed ${seed}`).toBe(file.damaged);
    if (file && file.damaged === 0)
      expect(
        sound
          .subarray(0, readFileSync(path.join(folder(), name)).length)
          .equals(readFileSync(path.join(folder(), name))),
        `seed ${seed}`,
      ).toBe(true);
  }
  expect(found).toBeGreaterThan(60);
});
