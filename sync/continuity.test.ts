import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { HelloAnswer, HelloRequest } from '../contract/sync.ts';
import { readNumbersAfter } from '../db/numbersAfter.ts';
import { hallDay } from '../domain/time/hallTime.ts';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { caseStream, openTestStore } from '../tests/fixtures/store.ts';
import type { ChainApi } from './centreApi.ts';
import { ensureContinuity } from './continuity.ts';

let fixture: ReturnType<typeof openTestStore>;
beforeEach(() => {
  fixture = openTestStore();
});
afterEach(() => fixture.dispose());

function accept(sequence: number) {
  const body = acceptance(sequence);
  return fixture.store.ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body }).op;
}

it('on an old copy, what is saved while the centre is asked goes over into the new epoch: its number was used', async () => {
  const { store } = fixture;
  const first = accept(1);
  let meanwhile = '';
  const api = {
    ...{ version: 2, isSigning: false, chainHash: async () => null },
    greet: async () => null,
    hello: async () => {
      // The centre has looked at op 1, has two more, and somebody saves before the answer is here.
      meanwhile = accept(2).op_id;
      const answer = { version: 2, newestEpoch: 1, acked: 3, head: 'ab'.repeat(32), agrees: true };
      return { ...answer, hub: undefined, fence: undefined, centreTime: new Date().toISOString() };
    },
  };
  expect(await ensureContinuity(store, api, Date.now)).toBe('older-copy');
  expect(store.ledger.epoch).toBe(2);
  const sent = store.ledger.readAfter(0, 10, 2).map(({ op_id }) => op_id);
  expect(sent[0]).toBe(meanwhile);
  expect(store.ledger.readAfter(0, 10, 1).map(({ op_id }) => op_id)).toEqual([first.op_id]);
  // What the centre has already goes once more: what became of it is in the answer.
  expect(store.delivery.unsentEpochs()).toEqual([1, 2]);
});

/** Whoever answers has of each epoch what is said here, and knows the hashes of what was appended up to then. */
function centreWith(answers: (asked: HelloRequest) => Partial<HelloAnswer>): ChainApi {
  const { ledger } = fixture.store;
  return {
    ...{ version: 3, isSigning: false },
    greet: async () => null,
    hello: async (asked: HelloRequest) => {
      const acked = answers(asked).acked ?? 0;
      const head = ledger.hashAt(acked, asked.epoch) ?? '';
      return { version: 3, newestEpoch: 1, acked, head, agrees: null, centreTime: NOW, ...answers(asked) };
    },
    chainHash: async (epoch: number, seq: number) => ledger.hashAt(seq, epoch),
  };
}
const NOW = new Date().toISOString();

it('what a push under way took there while the centre was asked is ours: no other machine is at work', async () => {
  const { store } = fixture;
  accept(1);
  const api = centreWith(() => {
    if (store.ledger.head().seq === 1) accept(2);
    return { acked: 2, agrees: true };
  });
  expect(await ensureContinuity(store, api, Date.now)).toBe('same');
  expect(store.ledger.epoch).toBe(1);
});

it('what waits in an epoch that another copy has closed goes over as well, with its id and before what follows it', async () => {
  const { store } = fixture;
  const { ledger, delivery } = store;
  const sent = accept(1);
  delivery.recordPush({ acked: 1, head: sent.hash }, [], NOW);
  const waiting = [accept(2), accept(3)];
  ledger.beginEpoch({ reason: 'restored' }, { above: 1 });
  const later = accept(4);
  // The centre has op 2 of the first epoch, and a third epoch that nobody here has begun.
  const api = centreWith(({ epoch }) => ({ newestEpoch: 3, acked: epoch === 1 ? 2 : 0 }));
  expect(await ensureContinuity(store, api, Date.now)).toBe('older-copy');
  expect(ledger.epoch).toBe(4);
  expect(ledger.readAfter(0, 10, 1).map(({ op_id }) => op_id)).toEqual([sent.op_id, waiting[0]?.op_id]);
  const moved = ledger.readAfter(0, 10, 4);
  expect(moved.map(({ kind }) => kind)).toEqual(['case.accepted', 'epoch.began', 'case.accepted', 'epoch.began']);
  expect(moved.map(({ op_id }) => op_id)).toEqual(
    expect.arrayContaining([waiting[1]?.op_id, later.op_id].map((id) => expect.stringMatching(id ?? 'none'))),
  );
  expect(delivery.unsentEpochs()).toEqual([1, 4]);
});

it('a centre whose own data were put back may have forgotten with us: what follows is under numbers nobody has seen', async () => {
  const { store } = fixture;
  const day = hallDay(Date.now()).replaceAll('-', '');
  const kept = [accept(1), accept(2)];
  const hub = '01bf4e18-12a4-4c3f-9170-fafd24c500bc';
  const meet = (hubEpoch: number) =>
    ensureContinuity(
      store,
      centreWith(() => ({ hub, hubEpoch, acked: 2 })),
      Date.now,
    );
  expect([await meet(1), await meet(1), store.ledger.epoch]).toEqual(['same', 'same', 1]);
  const waiting = accept(3);
  expect(await meet(1_795_743_021)).toBe('older-copy');
  expect(store.ledger.epoch).toBe(2);
  expect(store.ledger.readAfter(0, 10, 1).map(({ op_id }) => op_id)).toEqual(kept.map(({ op_id }) => op_id));
  expect(store.ledger.readAfter(0, 1, 2)[0]?.op_id).toBe(waiting.op_id);
  expect(readNumbersAfter(store.db, `${day}07`)).toBeGreaterThanOrEqual(1000);
});

it('who dies while it finds the centre put back still knows what had been acknowledged, and sends it as it was', async () => {
  const { store } = fixture;
  const kept = [accept(1), accept(2)];
  const hub = '01bf4e18-12a4-4c3f-9170-fafd24c500bc';
  const meet = (hubEpoch: number, acked: number) =>
    ensureContinuity(
      store,
      centreWith(() => ({ hub, hubEpoch, acked })),
      Date.now,
    );
  const head = store.ledger.hashAt(2) ?? '';
  await meet(1, 2);
  store.delivery.recordPush({ acked: 2, head }, [], new Date().toISOString());
  const death = vi.spyOn(store.ledger, 'beginEpoch').mockImplementationOnce(() => {
    throw new Error('killed');
  });
  await expect(meet(2, 1)).rejects.toThrow('killed');
  death.mockRestore();
  expect(await meet(2, 1)).toBe('older-copy');
  expect(store.ledger.readAfter(0, 10, 1).map(({ op_id }) => op_id)).toEqual(kept.map(({ op_id }) => op_id));
  expect([store.delivery.progress(1).acked, store.delivery.unsentEpochs()]).toEqual([1, [1, 2]]);
});

it('whatever was taken from one hub is compared with what another has, and a first hub is read as it comes', async () => {
  const { store } = fixture;
  const other = openTestStore();
  const body = acceptance(9);
  const { op } = other.store.ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body });
  const meet = (hub: string) =>
    ensureContinuity(
      store,
      centreWith(() => ({ hub, acked: 0, agrees: true })),
      Date.now,
    );
  await meet(HUBS[0]);
  expect(store.delivery.reread.isUnderWay()).toBe(false);
  store.delivery.takePage('hall:main', [{ pos: 1, op, understood: true }]);
  await meet(HUBS[0]);
  expect(store.delivery.cursor('hall:main')).toBe(1);
  await meet(HUBS[1]);
  expect(store.delivery.cursor('hall:main')).toBe(0);
  // The other one knows nothing of it.
  expect(store.delivery.endReread('hall:main')).toMatchObject([{ device: op.device, kind: 'case.accepted' }]);
  other.dispose();
});
const HUBS = ['0198a000-0000-7000-8000-0000000000f1', '0198a000-0000-7000-8000-0000000000f2'] as const;
