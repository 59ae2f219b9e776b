import { afterEach, beforeEach, expect, it } from 'vitest';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { caseStream, openTestStore } from '../tests/fixtures/store.ts';
import type { CentreApi } from './centreApi.ts';
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
    greet: async () => null,
    hello: async () => {
      // The centre has looked at op 1, has two more, and somebody saves before the answer is here.
      meanwhile = accept(2).op_id;
      const answer = { version: 2, newestEpoch: 1, acked: 3, head: 'ab'.repeat(32), agrees: true };
      return { ...answer, hub: undefined, fence: undefined, centreTime: new Date().toISOString() };
    },
  } as unknown as CentreApi;
  expect(await ensureContinuity(store, api, Date.now)).toBe('older-copy');
  expect(store.ledger.epoch).toBe(2);
  const sent = store.ledger.readAfter(0, 10, 2).map(({ op_id }) => op_id);
  expect(sent[0]).toBe(meanwhile);
  expect(store.ledger.readAfter(0, 10, 1).map(({ op_id }) => op_id)).toEqual([first.op_id]);
  // What the centre has already goes once more: what became of it is in the answer.
  expect(store.delivery.unsentEpochs()).toEqual([1, 2]);
});
