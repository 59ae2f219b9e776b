import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpEnvelope } from '../contract/ops.ts';
import type { HelloAnswer, MinimalPullAnswer } from '../contract/sync.ts';
import { sha256Hex } from '../db/digest.ts';
import { sealOp } from '../domain/ledger/op.ts';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { caseStream, openTestStore } from '../tests/fixtures/store.ts';
import { ensureContinuity } from './continuity.ts';
import { CopyWatch } from './copied.ts';
import { Puller } from './puller.ts';

/** Another machine works with a copy of this one's data, and what it wrote comes here by a scope. */
const SCOPE = 'hall:main';

let fixture: ReturnType<typeof openTestStore>;
let copies: CopyWatch;
let puller: Puller;
beforeEach(() => {
  fixture = openTestStore();
  copies = new CopyWatch(fixture.store);
  puller = new Puller({ store: fixture.store, onOvertaken: () => copies.noteMet() });
  accept(1);
});
afterEach(() => fixture.dispose());

function accept(sequence: number) {
  const body = acceptance(sequence);
  return fixture.store.ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body }).op;
}

/** As the copy writes it, with what both have in common before it. */
function writeAtCopy(seq: number, prevHash: string): OpEnvelope {
  const [first] = fixture.store.ledger.readAfter(0, 1, 1);
  if (!first) throw new Error('nothing in common');
  const stream = caseStream();
  const body = acceptance(7);
  const op = sealOp({ ...first, op_id: stream.slice(5), stream, seq, body }, prevHash, sha256Hex);
  return { ...op, body: { ...body } };
}

const publishes = (...ops: OpEnvelope[]) => ({
  version: 2,
  snapshot: () => Promise.reject(new Error('nothing was compacted')),
  pull: async (_scope: string, after: number, _limit: number, { isMinimal }: { isMinimal: boolean }) => {
    const rows = ops.slice(after).map((op, index): MinimalPullAnswer['rows'][number] => {
      const { epoch, seq, hash } = op;
      return isMinimal ? { pos: after + index + 1, own: { epoch, seq, hash } } : { pos: after + index + 1, op };
    });
    return { scope: SCOPE, rows, head: ops.length, centreTime: new Date().toISOString() };
  },
});

const answersHello = (answer: Pick<HelloAnswer, 'newestEpoch' | 'acked' | 'head' | 'agrees'>) => ({
  ...{ version: 3, isSigning: false, chainHash: async () => null },
  greet: async () => null,
  hello: async () => ({ version: 3, centreTime: new Date().toISOString(), ...answer }),
});

describe('an op under one of our numbers that is not the one here', () => {
  it.each([
    ['hides nothing: it is taken once ours has made room', 2],
    ['is not taken for the end of our own chain', 3],
  ])('%s', async (_what, seq) => {
    const { store } = fixture;
    const own = accept(2);
    const theirs = writeAtCopy(seq, seq === 2 ? own.prev_hash : own.hash);
    await expect(puller.pull(publishes(theirs), SCOPE)).rejects.toMatchObject({ kind: 'forked' });
    expect(store.delivery.cursor(SCOPE)).toBe(0);
    expect(store.ledger.head()).toEqual({ seq: 2, hash: own.hash });
    expect(copies.overtakenIn).toBe(1);

    // A hub that followed the other way knows nothing of it.
    const api = answersHello({ newestEpoch: 1, acked: 1, head: own.prev_hash, agrees: true });
    expect(await ensureContinuity(store, api, Date.now, { overtakenIn: copies.overtakenIn })).toBe('cloned');
    expect(store.ledger.epoch).toBe(2);
    expect(store.ledger.readAfter(0, 1, 2).map(({ op_id }) => op_id)).toEqual([own.op_id]);
    expect(copies.overtakenIn).toBeNull();
    await puller.pull(publishes(theirs), SCOPE);
    expect(store.delivery.cursor(SCOPE)).toBe(1);
    expect(store.ledger.hashAt(seq, 1)).toBe(theirs.hash);
    expect(store.cases.find(theirs.stream.slice(5))).not.toBeNull();
  });

  it('what is here is passed over, and so is what was written under an epoch that is over', async () => {
    const { store } = fixture;
    const own = accept(2);
    await puller.pull(publishes(writeAsIs(1), writeAsIs(2)), SCOPE);
    expect(store.delivery.cursor(SCOPE)).toBe(2);
    store.ledger.beginEpoch({ reason: 'cloned' }, { above: 1 });
    await puller.pull(publishes(writeAsIs(1), writeAsIs(2), writeAtCopy(3, own.hash)), SCOPE);
    expect(store.delivery.cursor(SCOPE)).toBe(3);
    expect(copies.overtakenIn).toBeNull();
  });
});

it('what was pulled of a newer epoch is overtaken too, and the next epoch is above it', async () => {
  const { store } = fixture;
  const [first] = store.ledger.readAfter(0, 1, 1);
  const theirs = { ...writeAtCopy(1, 'ab'.repeat(32)), epoch: 4 };
  const op = sealOp({ ...theirs, kind: 'case.accepted', body: acceptance(7) }, 'ab'.repeat(32), sha256Hex);
  await puller.pull(publishes({ ...op, body: { ...op.body } }), SCOPE);
  expect(copies.overtakenIn).toBe(4);
  const api = answersHello({ newestEpoch: 1, acked: 1, head: first?.hash ?? '', agrees: true });
  await ensureContinuity(store, api, Date.now, { overtakenIn: copies.overtakenIn });
  expect(store.ledger.epoch).toBe(5);
});

function writeAsIs(seq: number): OpEnvelope {
  const [op] = fixture.store.ledger.readAfter(seq - 1, 1, 1);
  if (!op) throw new Error(`no op ${seq}`);
  return { ...op, body: { ...op.body } };
}
