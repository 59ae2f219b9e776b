import { afterEach, beforeEach, expect, it } from 'vitest';
import { startQueueHall, TAKE } from '../../tests/fixtures/queueDesk.ts';

let hall: Awaited<ReturnType<typeof startQueueHall>>;
beforeEach(async () => {
  hall = await startQueueHall({ windows: ['W09', 'W10'] });
});
afterEach(() => hall.dispose());

const HOUR = 3_600_000;
const MORNING_AFTER = Date.parse('2026-11-28T00:30:00.000Z');

/** The night passes; both windows were switched off for it. */
async function sleep(): Promise<void> {
  hall.pass(MORNING_AFTER - hall.clock.now);
  await hall.centre.takeCalendarSteps();
}

const voided = async () =>
  (await hall.ops('ticket.voided')).map(({ stream, actor, body }) => [
    stream.slice('ticket:'.length),
    actor,
    body.reason,
  ]);

it('numbers that still wait or are called are void on the next day; those set aside and served stay for the report', async () => {
  const [waiting, called, held, served] = [
    await hall.at('K01').ticket(TAKE),
    await hall.at('K01').ticket(TAKE),
    await hall.at('K01').ticket(TAKE),
    await hall.at('K01').ticket(TAKE),
  ];
  const call = (terminal: string, ticketId: string) =>
    hall.at(terminal).ticket({ kind: 'call', ticketId, purpose: 'intake' });
  await call('W09', held.id);
  await hall.at('W09').ticket({ kind: 'hold', ticketId: held.id, reason: '去复印' });
  await call('W09', called.id);
  await call('W10', served.id);
  await hall.at('W10').ticket({ kind: 'arrive', ticketId: served.id });
  for (const terminal of ['W09', 'W10']) await hall.at(terminal).open('closed');
  await hall.centre.takeCalendarSteps();
  expect(await voided()).toEqual([]);
  await sleep();
  expect(new Set(await voided())).toEqual(
    new Set([
      [waiting.id, 'system', 'day-ended'],
      [called.id, 'system', 'day-ended'],
    ]),
  );
  await hall.centre.takeCalendarSteps();
  expect(await voided()).toHaveLength(2);
});

it('a window that fell silent while open may have served its own: they wait until it is heard, or for one more day', async () => {
  const tickets = [await hall.at('K01').ticket(TAKE), await hall.at('K01').ticket(TAKE)];
  const of = (terminal: string) => tickets.find(({ fallback }) => fallback === terminal)?.id;
  await hall.at('W10').open('closed');
  await sleep();
  expect(await voided()).toEqual([[of('W10'), 'system', 'day-ended']]);
  await hall.at('W09').hear(0);
  await hall.centre.takeCalendarSteps();
  expect((await voided()).at(-1)).toEqual([of('W09'), 'system', 'day-ended']);
});

it('after one more day nothing is waited for', async () => {
  const { id } = await hall.at('K01').ticket(TAKE);
  await sleep();
  expect(await voided()).toEqual([]);
  hall.pass(24 * HOUR);
  await hall.centre.takeCalendarSteps();
  expect(await voided()).toEqual([[id, 'system', 'day-ended']]);
});

it('numbers begin again at 001 on the next day', async () => {
  expect((await hall.at('K01').ticket(TAKE)).number).toBe('A001');
  hall.clock.now = Date.parse('2026-11-30T01:30:00.000Z');
  expect((await hall.at('K01').ticket(TAKE)).number).toBe('A001');
});
