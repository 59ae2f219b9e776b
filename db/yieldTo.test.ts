import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import type { Op } from '../domain/ledger/op.ts';
import { HALL_BODIES } from '../tests/fixtures/hallBodies.ts';
import { openTestStore } from '../tests/fixtures/store.ts';
import { verifyDatabase } from './verify.ts';

/** A window whose own step with a ticket the hub refuses, because it has other steps there. */
function contradiction() {
  const hub = openTestStore();
  const window = openTestStore();
  const stream = `ticket:${v7()}`;
  const id = stream.slice('ticket:'.length);
  const make = (
    store: typeof hub.store,
    kind: 'ticket.taken' | 'ticket.called' | 'ticket.arrived',
    terminal: string,
  ): Op => store.ledger.append({ kind, stream, actor: '1001', body: { ...HALL_BODIES[kind], terminal } as never }).op;
  let pos = 0;
  const pull = (...ops: Op[]) =>
    window.store.delivery.takePage(
      'hall:main',
      ops.map((op) => ({ pos: ++pos, op, understood: true })),
    );
  pull(make(hub.store, 'ticket.taken', 'HUB'));
  const own = make(window.store, 'ticket.called', 'W03');
  const theirs = [make(hub.store, 'ticket.called', 'W05'), make(hub.store, 'ticket.arrived', 'W05')];
  const refuse = () =>
    window.store.delivery.recordPush(
      { acked: own.seq, head: own.hash },
      [{ seq: own.seq, outcome: 'rejected', code: 'stale-version' }],
      '2026-11-27T02:00:00.000Z',
    );
  const ticket = () => window.store.hall.ticket(id);
  const dispose = () => {
    expect(verifyDatabase(window.store.db)).toEqual([]);
    hub.dispose();
    window.dispose();
  };
  return { pull, theirs, refuse, ticket, hubs: () => hub.store.hall.ticket(id), dispose };
}

test('a ticket stands as at the hub whether its steps arrive before the refusal or after it', () => {
  for (const order of ['before', 'after'] as const) {
    const { pull, theirs, refuse, ticket, hubs, dispose } = contradiction();
    expect(ticket()?.calls.at(-1)?.terminal).toBe('W03');
    if (order === 'before') pull(...theirs);
    refuse();
    if (order === 'after') {
      expect(ticket()?.state).toBe('WAITING');
      pull(...theirs);
    }
    expect(ticket(), order).toEqual(hubs());
    dispose();
  }
});

test('a number that the hub does not take is no ticket here either', () => {
  const window = openTestStore();
  const stream = `ticket:${v7()}`;
  const { op } = window.store.ledger.append({
    kind: 'ticket.taken',
    stream,
    actor: 'kiosk',
    body: HALL_BODIES['ticket.taken'],
  });
  const refused = [{ seq: op.seq, outcome: 'rejected' as const, code: 'number-not-leased' }];
  window.store.delivery.recordPush({ acked: op.seq, head: op.hash }, refused, '2026-11-27T02:00:00.000Z');
  expect(window.store.hall.ticketsOfDay(HALL_BODIES['ticket.taken'].day)).toEqual([]);
  expect(verifyDatabase(window.store.db)).toEqual([]);
  window.dispose();
});

test('a command finds itself by its id, unless it was refused', () => {
  const window = openTestStore();
  const opId = v7();
  const stream = `ticket:${v7()}`;
  const { ledger, delivery } = window.store;
  const { op } = ledger.append({
    kind: 'ticket.taken',
    stream,
    actor: 'kiosk',
    body: HALL_BODIES['ticket.taken'],
    opId,
  });
  expect([ledger.findRecent(opId), ledger.findRecent(v7())]).toEqual([stream, null]);
  delivery.recordPush(
    { acked: op.seq, head: op.hash },
    [{ seq: op.seq, outcome: 'rejected', code: 'forbidden' }],
    '2026-11-27T02:00:00.000Z',
  );
  expect(ledger.findRecent(opId)).toBeNull();
  window.dispose();
});
