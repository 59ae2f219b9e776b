import { afterEach, beforeEach, expect, it } from 'vitest';
import { findingsIn } from '../../tests/fixtures/centreDatabase.ts';
import { openDesk } from '../../tests/fixtures/deskOnStore.ts';
import { TAKE } from '../../tests/fixtures/queueDesk.ts';

let hall: Awaited<ReturnType<typeof openDesk>>;
beforeEach(async () => {
  hall = await openDesk();
});
afterEach(() => hall.dispose());

it('commands that arrive together share one transaction, in which each sees what those before it have changed', async () => {
  await Promise.all(hall.terminals.map(() => hall.ask('K01', TAKE)));
  let transactions = 0;
  const write = hall.store.write;
  hall.store.write = (pushes, decide) => {
    transactions += 1;
    return write(pushes, decide);
  };
  const called = await Promise.all(hall.terminals.map((terminal) => hall.ask(terminal, { kind: 'next' })));
  expect(transactions).toBe(1);
  expect(new Set(called.map((ticket) => ticket?.number)).size).toBe(18);
});

const ROUNDS = 10_000;
const TICKETS_A_DAY = 250;

it('18 windows that call at once get 18 different people, in 10,000 rounds', async () => {
  const winners = new Map<string, string[]>();
  let calls = 0;
  while (calls < ROUNDS) {
    await Promise.all(Array.from({ length: TICKETS_A_DAY }, () => hall.ask('K01', TAKE)));
    await Promise.all(
      hall.terminals.map(async (terminal) => {
        for (;;) {
          const ticket = await hall.ask(terminal, { kind: 'next' });
          if (ticket === null) return;
          calls += 1;
          winners.set(ticket.id, [...(winners.get(ticket.id) ?? []), terminal]);
          await hall.ask(terminal, { kind: 'finish', ticketId: ticket.id });
        }
      }),
    );
    await hall.nextDay();
  }
  expect(winners.size).toBe(ROUNDS);
  expect([...winners].filter(([, terminals]) => terminals.length !== 1)).toEqual([]);
  expect(new Set([...winners.values()].flat()).size).toBe(18);
  expect(findingsIn(hall.dir)).toEqual([]);
}, 240_000);
