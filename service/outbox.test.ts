import { afterEach, expect, test } from 'vitest';
import type { MethodOutput } from '../contract/rpc.ts';
import { beginEpochAfterLoss } from '../db/newEpoch.ts';
import type { Store } from '../db/store.ts';
import { acceptance, acceptanceDraft } from '../tests/fixtures/acceptance.ts';
import { startTestService } from '../tests/fixtures/service.ts';
import { CLERK, phcOf } from '../tests/fixtures/staff.ts';
import { caseStream } from '../tests/fixtures/store.ts';

type Outbox = MethodOutput<'sync.outbox'>;

const ADMIN = { ...CLERK, number: '9001', roles: ['ADM' as const], passwordHash: phcOf('admin-pass') };
const AT = '2026-11-27T01:00:00.000Z';

let terminal: ReturnType<typeof startTestService>;
afterEach(() => terminal.dispose());

/** Five cases: two set aside at the centre, one held at the hub, two that are nowhere else. */
function fill(store: Store): void {
  for (const sequence of [1, 2, 3, 4, 5]) {
    const number = `2026112707000${sequence}`;
    const body = acceptance(sequence, { number, window: 'W07' });
    store.ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body });
  }
  store.delivery.recordPush(
    { acked: 3, head: '' },
    [
      { seq: 1, outcome: 'rejected', code: 'duplicate-case-number' },
      { seq: 2, outcome: 'parked', code: 'unknown-kind' },
      { seq: 3, outcome: 'held', code: 'centre-away' },
    ],
    AT,
  );
}

const numbers = ({ rows }: Outbox) => rows.map(({ subject }) => subject?.number.slice(-1));

test('each op stands in one list, with what it is, whose case it is about, and why it is not through', async () => {
  terminal = startTestService({ prepare: fill });
  await terminal.login();
  const read = (state: 'waiting' | 'held' | 'parked' | 'rejected') => terminal.call('sync.outbox', { state });
  const waiting = await read('waiting');
  // What came back is noted at the start, and signing in is recorded as well.
  expect(waiting.counts).toEqual({ waiting: 4, held: 1, parked: 1, rejected: 1 });
  expect(waiting.rows.map(({ kind }) => kind)).toEqual([
    'case.accepted',
    'case.accepted',
    'return.noted',
    'session.opened',
  ]);
  expect(numbers(waiting)).toEqual(['4', '5', '1', undefined]);
  expect(waiting.rows[0]).toMatchObject({ actor: '1001', actorName: CLERK.name, code: null, setAsideAt: null });
  expect(waiting.line).toEqual({ link: 'not-configured', trouble: null, nextTryAt: null, stuck: false });
  expect((await read('rejected')).rows).toMatchObject([{ seq: 1, code: 'duplicate-case-number', setAsideAt: AT }]);
  expect((await read('parked')).rows).toMatchObject([{ seq: 2, code: 'unknown-kind' }]);
  expect((await read('held')).rows).toMatchObject([{ seq: 3, subject: { kind: 'case' } }]);
});

test('a long list is read page by page, every row once, over the end of an epoch too', async () => {
  terminal = startTestService({
    prepare(store) {
      fill(store);
      beginEpochAfterLoss(store, { reason: 'restored', above: 1, now: Date.now() });
      for (const sequence of [6, 7]) {
        const body = acceptance(sequence, { number: `2026112707000${sequence}`, window: 'W07' });
        store.ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body });
      }
    },
  });
  await terminal.login();
  const seen: string[] = [];
  let after: Outbox['next'] = null;
  do {
    const page: Outbox = await terminal.call('sync.outbox', { state: 'waiting', limit: 2, ...(after && { after }) });
    seen.push(...page.rows.map(({ epoch, seq }) => `${epoch}:${seq}`));
    after = page.next;
  } while (after !== null);
  expect(seen).toEqual(['1:4', '1:5', '2:1', '2:2', '2:3', '2:4', '2:5']);
});

test('nothing of what was written is in it, and the administrator sees no case', async () => {
  terminal = startTestService({ staff: [CLERK, ADMIN] });
  await terminal.login();
  const draft = acceptanceDraft();
  await terminal.call('case.accept', { commandId: '0198a000-0000-7000-8000-0000000000c1', draft });
  const text = JSON.stringify(await terminal.call('sync.outbox', { state: 'waiting' }));
  const [{ name, idNumber, address = '' }] = draft.parties as [(typeof draft.parties)[0]];
  for (const word of [name, idNumber, address, draft.property.location]) expect(text).not.toContain(word);
  await terminal.call('session.login', { number: '9001', password: 'admin-pass' }, 'desk', 'supervisor');
  const { rows } = await terminal.call('sync.outbox', { state: 'waiting' }, 'desk', 'supervisor');
  expect(rows.map(({ kind, subject }) => [kind, subject])).toContainEqual(['case.accepted', null]);
});
