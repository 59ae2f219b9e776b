import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OpEnvelope } from '../contract/ops.ts';
import type { HelloAnswer, HelloRequest } from '../contract/sync.ts';
import { writeMeta } from '../db/meta.ts';
import type { Advance } from '../domain/case/advance.ts';
import { Pace } from '../link/pace.ts';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { openTestIngest } from '../tests/fixtures/ingest.ts';
import { caseStream, openTestStore } from '../tests/fixtures/store.ts';
import { askAfterSalvage } from './askAfterSalvage.ts';
import { CentreError } from './centreError.ts';
import { pushAll } from './pusher.ts';

/** The centre's own ingest answers; only HTTP is left out. */
let fixture: ReturnType<typeof openTestStore>;
let centre: ReturnType<typeof openTestIngest>;
beforeEach(() => {
  fixture = openTestStore();
  centre = openTestIngest();
});
afterEach(() => {
  fixture.dispose();
  centre.dispose();
});

const ONE_BY_ONE = { first: 1, min: 1, max: 1, targetMs: 1 };
const WITHDRAWN: Advance = { transition: 'T40', data: { reason: '双方协商撤回', signed: ['张三'] } };

function accept(sequence: number): string {
  const stream = caseStream();
  fixture.store.ledger.append({ kind: 'case.accepted', stream, actor: '1001', body: acceptance(sequence) });
  return stream;
}

/** Three cases, the second of which was withdrawn by somebody whom the centre does not know. @returns that case's id */
function work(): string {
  accept(1);
  const second = accept(2);
  fixture.store.ledger.append({ kind: 'case.advanced', stream: second, actor: '9999', body: WITHDRAWN });
  accept(3);
  return second.slice('case:'.length);
}

async function take(epoch: number, ops: readonly OpEnvelope[]) {
  const author = { device: fixture.store.ledger.device, hall: 'main', centre: false };
  const verdict = await centre.ingest.push({ author, epoch, ops });
  if (verdict.kind === 'gap') throw new CentreError('gap', 'gap', { expected: verdict.expected });
  if (verdict.kind !== 'taken') throw new Error(JSON.stringify(verdict));
  const { acked, head, results } = verdict;
  return { acked, head, results, centreTime: new Date().toISOString() };
}

/** It has everything, and nobody here ever heard of it. */
const takeAll = () =>
  take(
    1,
    fixture.store.ledger.readAfter(0, 100, 1).map((op) => ({ ...op, body: { ...op.body } })),
  );

const sent: number[] = [];
const api = {
  isSigning: false,
  push: (body: Buffer) => {
    const { epoch, ops } = JSON.parse(body.toString()) as { epoch: number; ops: OpEnvelope[] };
    sent.push(ops.length);
    return take(epoch, ops);
  },
  hello: async ({ epoch }: HelloRequest): Promise<HelloAnswer> => {
    const { device } = fixture.store.ledger;
    const { chains } = centre.store;
    const { seq: acked, hash: head } = chains.findHead(device, epoch) ?? { seq: 0, hash: '' };
    const answer = { version: 3, newestEpoch: chains.newestEpoch(device), acked, head, agrees: true };
    return { ...answer, centreTime: new Date().toISOString() } as HelloAnswer;
  },
  chainHash: async (epoch: number, seq: number) =>
    centre.store.chains.findOp(fixture.store.ledger.device, epoch, seq)?.hash ?? null,
};
const pushOneByOne = () => pushAll(fixture.store, api, () => {}, new Pace(ONE_BY_ONE));

it('what the other side has beyond a push is sent too: nobody has said what became of it', async () => {
  const withdrawn = work();
  await takeAll();
  sent.length = 0;
  await pushOneByOne();
  const { store } = fixture;
  expect(sent).toEqual([1, 1, 1, 1]);
  expect(store.delivery.counts()).toMatchObject({ waitingOps: 0, rejected: 1 });
  expect(store.cases.find(withdrawn)?.record.state).not.toBe('WITHDRAWN');
  expect(centre.store.stats().ops).toBe(4);
});

it('after a salvage with a gap, what the centre has behind our receipt is sent once more for its outcome', async () => {
  const withdrawn = work();
  await takeAll();
  const { store } = fixture;
  store.ledger.beginEpoch({ reason: 'restored' }, { above: 1 });
  store.db.exec('PRAGMA foreign_keys = OFF; DELETE FROM op WHERE epoch = 1 AND seq = 1; PRAGMA foreign_keys = ON');
  writeMeta(store.db, 'gaps-to-ask', '1');
  await askAfterSalvage(store, api, Date.now, () => {});
  expect(store.ledger.seqsOf(1)).toEqual([2, 3, 4]);
  await pushOneByOne();
  expect(store.delivery.unsentEpochs()).toEqual([]);
  expect(store.delivery.progress(1).acked).toBe(4);
  expect(store.delivery.counts()).toMatchObject({ waitingOps: 0, rejected: 1 });
  expect(store.cases.find(withdrawn)?.record.state).not.toBe('WITHDRAWN');
});

it('what came back by a scope from behind an op that was rejected holds up nothing, where nobody has that one', async () => {
  const { store } = fixture;
  accept(1);
  await take(
    1,
    store.ledger.readAfter(0, 1, 1).map((op) => ({ ...op, body: { ...op.body } })),
  );
  accept(2);
  accept(3);
  const lost = store.ledger.readAfter(2, 1, 1).map((op) => ({ pos: 1, op, understood: true }));
  // An image from before them, which has begun an epoch since.
  store.db.exec('PRAGMA foreign_keys = OFF; DELETE FROM op WHERE seq > 1; PRAGMA foreign_keys = ON');
  store.ledger.beginEpoch({ reason: 'older-copy' }, { above: 1 });
  store.delivery.takeRows(lost);
  accept(4);
  await pushOneByOne();
  expect(store.ledger.seqsOf(1)).toEqual([1, 3]);
  expect(store.delivery.unsentEpochs()).toEqual([]);
  expect(centre.store.chains.findHead(store.ledger.device, 2)?.seq).toBe(2);
});
