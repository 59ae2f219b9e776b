import pino from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OpEnvelope } from '../../contract/ops.ts';
import { findingsIn } from '../../tests/fixtures/centreDatabase.ts';
import { openTestIngest } from '../../tests/fixtures/ingest.ts';
import { mirrorOf } from '../../tests/fixtures/mirrorOf.ts';
import { OpMaker } from '../../tests/fixtures/opMaker.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { HUB_RULES } from './asGiven.ts';
import { LoneQuestions } from './loneQuestions.ts';
import { yieldLone } from './yieldLone.ts';

/** A hub that has read a step at its centre, and the centre as it is after an older copy was put back. */

const SCOPE = 'hall:main';
type Ingest = ReturnType<typeof openTestIngest>;
let hub: Ingest;
let centre: Ingest;
let older: Ingest;
let author: OpMaker;
let taken: OpEnvelope;

beforeEach(async () => {
  [hub, centre, older] = [openTestIngest(undefined, HUB_RULES), openTestIngest(), openTestIngest()];
  hub.store.setUpstream('http://centre', 'main');
  author = new OpMaker({ name: 'W07', terminal: '07' });
  taken = author.acceptCase();
  await centre.hireClerk();
  for (const at of [centre, older]) await at.push(author, [taken]);
});
afterEach(() => {
  for (const each of [hub, centre, older]) each.dispose();
});

const read = (at: Ingest) => mirrorOf(hub, at).mirror(SCOPE, 'main');

/** A supervisor's word, as the centre itself writes it. */
async function move(at: Ingest, name: string, window: string, baseVersion = 1): Promise<void> {
  const self = new OpMaker({ name, terminal: '99' });
  self.make('case.taken', taken.stream, { window, reason: '经办人离岗' }, { baseVersion });
  const author = { device: self.device, hall: 'main', centre: true };
  await at.ingest.push({ author, epoch: self.epoch, ops: self.ops });
}

const caseAtHub = () =>
  hub.store.write([], (known) => {
    const entity = known.findEntity(taken.stream)?.entity;
    const record = entity?.type === 'case' ? entity.record : null;
    const { state, version, owner } = record ?? {};
    return { decision: new WorkingLedger(known).decision(), value: [state, version, owner?.window] };
  });
const outcomesAtHub = () =>
  hub
    .log()
    .filter(({ op }) => op.stream === taken.stream)
    .map(({ outcome }) => outcome);

it('a step that only the hub has stays as long as the centre has not gone on, and gives way then to all that follows there', async () => {
  await move(centre, 'before', 'W11');
  await read(centre);
  await read(older);
  await yieldLone(hub.store, 'main', 0);
  expect(await caseAtHub()).toEqual(['ACCEPTED', 2, 'W11']);

  await move(older, 'since', 'W21');
  await move(older, 'later', 'W22', 2);
  await read(older);
  expect(outcomesAtHub()).toEqual(['applied', 'applied', 'parked', 'parked']);
  expect(await yieldLone(hub.store, 'main', 0)).toEqual([]);
  expect(await caseAtHub()).toEqual(['ACCEPTED', 3, 'W22']);
  expect(outcomesAtHub()).toEqual(['applied', 'rejected', 'applied', 'applied']);
  expect(findingsIn(hub.dir)).toEqual([]);
  // It is still the only copy.
  expect(hub.store.loneRows(0, 10).map(({ kind }) => kind)).toContain('case.taken');
});

it('a step that the centre refused when it was sent again has no effect any more, and is counted no more', async () => {
  const withdrawn = author.withdraw(taken.stream);
  await centre.push(author, [withdrawn]);
  await read(centre);
  await read(older);
  expect(await caseAtHub()).toEqual(['WITHDRAWN', 2, undefined]);
  // Nobody is known there who may.
  await older.push(author, [withdrawn]);
  const questions = new LoneQuestions({
    ...{ store: hub.store, monotonic: () => 0, logger: pino({ level: 'silent' }) },
    api: { becameOf: async (ops) => older.store.becameOf('main', ops) },
    onRefused: async (places) => void (await yieldLone(hub.store, 'main', 0, places)),
  });
  await questions.ask();
  expect(await caseAtHub()).toEqual(['ACCEPTED', 1, undefined]);
  expect(hub.store.loneRows(0, 10).map(({ kind }) => kind)).toEqual(['staff.upserted']);
  expect(findingsIn(hub.dir)).toEqual([]);
});
