import pino from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestIngest } from '../../tests/fixtures/ingest.ts';
import { mirrorOf } from '../../tests/fixtures/mirrorOf.ts';
import { OpMaker } from '../../tests/fixtures/opMaker.ts';
import { HUB_RULES } from './asGiven.ts';
import type { ScopeMirror } from './scopeMirror.ts';

/** A hub, its centre, and the centre as it is after an older copy was put back. */

const SCOPE = 'hall:main';
type Ingest = ReturnType<typeof openTestIngest>;
let hub: Ingest;
let centre: Ingest;
let older: Ingest;
let lost: string[];

beforeEach(() => {
  [hub, centre, older] = [openTestIngest(undefined, HUB_RULES), openTestIngest(), openTestIngest()];
  hub.store.setUpstream('http://centre', 'main');
  lost = [];
});
afterEach(() => {
  for (const each of [hub, centre, older]) each.dispose();
});

function mirrorHeard(at: Ingest): ScopeMirror {
  const logger = pino({ level: 'silent' });
  logger.error = ((row: { kind?: string }, what: string) => {
    if (what === 'row-lone') lost.push(String(row.kind));
  }) as typeof logger.error;
  return mirrorOf(hub, at, logger);
}

const read = (at: Ingest) => mirrorHeard(at).mirror(SCOPE, 'main');

it('rows that the centre lost are counted by its hub, told by kind, and no more when it has them again', async () => {
  const [kept, w07, w08] = [
    new OpMaker({ name: 'W06', terminal: '06' }),
    new OpMaker({ name: 'W07', terminal: '07' }),
    new OpMaker({ name: 'W08', terminal: '08' }),
  ];
  const known = kept.acceptCase();
  for (const at of [centre, older]) await at.push(kept, [known]);
  const [first, second] = [w07.acceptCase(), w08.acceptCase()];
  await centre.push(w07, [first]);
  await centre.push(w08, [second]);
  await read(centre);
  expect([hub.store.cursorOf(SCOPE), hub.store.countLone()]).toEqual([3, 0]);

  await read(older);
  expect([hub.store.cursorOf(SCOPE), hub.store.countLone(), lost]).toEqual([1, 2, ['case.accepted', 'case.accepted']]);

  // One machine sends its op again; the other one, in a new epoch, with the id it had.
  await older.push(w07, [first]);
  await read(older);
  expect(hub.store.countLone()).toBe(1);
  const again = new OpMaker({ name: 'W08', terminal: '08', epoch: 2 });
  await older.push(again, [again.repeat(second)]);
  await read(older);
  expect([hub.store.countLone(), lost.length]).toEqual([0, 2]);
});

it('what a hub has still to hand on is not lone, and what it read meanwhile is found again over a restart', async () => {
  const [w07, w08] = [new OpMaker({ name: 'W07', terminal: '07' }), new OpMaker({ name: 'W08', terminal: '08' })];
  for (let count = 0; count < 3; count += 1) await centre.push(w07, [w07.acceptCase()]);
  await centre.push(w08, [w08.acceptCase()]);
  await read(centre);
  // W08 sends it to the hub as well: it waits there to be handed on.
  await hub.push(w08, w08.ops);
  expect(hub.store.countToForward()).toBe(1);
  for (const op of w07.ops.slice(0, 2)) await older.push(w07, [op]);
  hub.store.readAnew(SCOPE);
  hub.reopen();
  expect(hub.store.countLone()).toBe(0);
  await read(older);
  expect([hub.store.countLone(), lost]).toEqual([1, ['case.accepted']]);
});
