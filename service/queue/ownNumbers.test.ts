import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clockRules } from '../../domain/clock/caseClock.ts';
import type { TicketTaken } from '../../domain/queue/ticketTypes.ts';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { openTestStore } from '../../tests/fixtures/store.ts';
import { HallNow } from './hallNow.ts';
import { ownNumbers } from './ownNumbers.ts';

const NOW = Date.parse('2026-11-27T01:30:00.000Z');
let fixture: ReturnType<typeof openTestStore>;

beforeEach(() => {
  fixture = openTestStore({ now: () => NOW });
});
afterEach(() => fixture.dispose());

const hall = () =>
  new HallNow(
    fixture.store,
    () => NOW,
    () => clockRules({ usual: ['08:30-16:30'] }),
  );
const numbers = (terminal = 'K01') => ownNumbers(fixture.store, hall(), terminal);

function lease(first: number, last: number, epoch = fixture.store.ledger.epoch): void {
  const { ledger } = fixture.store;
  const body = { ...HALL_BODIES['lease.granted'], device: ledger.device, epoch, first, last };
  ledger.append({ kind: 'lease.granted', stream: `lease:${v7()}`, actor: 'system', body });
}

function take(number: number, body: Partial<TicketTaken> = {}): void {
  const prefix = body.prefix ?? 'A';
  const taken = { ...HALL_BODIES['ticket.taken'], issuer: 'K01', prefix, number: `${prefix}${number}`, ...body };
  fixture.store.ledger.append({ kind: 'ticket.taken', stream: `ticket:${v7()}`, actor: 'kiosk', body: taken });
}

test('numbers of the lease follow one on another, also within one decision and after a restart', () => {
  lease(500, 999);
  const next = numbers();
  expect([next('A'), next('A')]).toEqual([
    { prefix: 'A', number: 500 },
    { prefix: 'A', number: 501 },
  ]);
  take(500);
  fixture.reopen();
  expect(numbers()('A')).toEqual({ prefix: 'A', number: 501 });
});

test('numbers of another block, another day or another prefix do not count', () => {
  lease(500, 999);
  take(120, { issuer: 'HUB' });
  take(701, { day: '2026-11-26' });
  take(702, { prefix: 'B' });
  expect(numbers()('A')).toEqual({ prefix: 'A', number: 500 });
});

test('a lease that is used up, and one of an epoch before, are followed by the letter of the kiosk', () => {
  lease(500, 501);
  take(501);
  expect(numbers()('A')).toEqual({ prefix: 'ZA', number: 1 });
  // Under another name it has another letter, and still not the numbers it gave before.
  expect(numbers('K02')('A')).toEqual({ prefix: 'ZB', number: 1 });
  take(1, { prefix: 'ZA' });
  expect(numbers()('A')).toEqual({ prefix: 'ZA', number: 2 });
});

test('after a restore neither the lease nor the letter gives a number again', () => {
  lease(500, 999);
  fixture.store.ledger.beginEpoch({ reason: 'restored' }, { above: 1 });
  expect(numbers()('A')).toEqual({ prefix: 'ZA', number: 500 });
});

test('a machine without lease that is no kiosk gives no number', () => {
  expect(numbers('W03')('A')).toBeNull();
});
