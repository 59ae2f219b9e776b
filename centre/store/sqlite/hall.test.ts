import { v7 as uuidv7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import { openDesk } from '../../../tests/fixtures/deskOnStore.ts';
import { HALL_BODIES } from '../../../tests/fixtures/hallBodies.ts';
import { TAKE } from '../../../tests/fixtures/queueDesk.ts';
import { WorkingLedger } from '../../ledger/workingLedger.ts';
import { takeOwnOp } from '../../office/ownOp.ts';
import type { CentreStore } from '../types.ts';
import { openSqliteStore } from './store.ts';

const others: CentreStore[] = [];
const halls: { dispose(): void }[] = [];
afterEach(() => {
  for (const store of others.splice(0)) store.close();
  for (const hall of halls.splice(0)) hall.dispose();
});

async function open() {
  const hall = await openDesk();
  halls.push(hall);
  const other = openSqliteStore(hall.dir);
  others.push(other);
  return { hall, other };
}

function look<T>(store: CentreStore, see: (ledger: WorkingLedger) => T): Promise<T> {
  return store.write([], (known) => {
    const ledger = new WorkingLedger(known);
    return { decision: ledger.decision(), value: see(ledger) };
  });
}

const numbers = (store: CentreStore, day = '2026-11-27') =>
  look(store, (ledger) => [...ledger.hall.ticketsOf('main', day).values()].map(({ number }) => number).sort());

it('what another process has written is seen, however it was remembered before', async () => {
  const { hall, other } = await open();
  await hall.ask('K01', TAKE);
  expect(await numbers(hall.store)).toEqual(['A001']);
  expect(await numbers(other)).toEqual(['A001']);
  await other.write([], (known) => {
    const ledger = new WorkingLedger(known);
    const body = { ...HALL_BODIES['ticket.taken'], number: 'A777' };
    const own = { hall: 'main', kind: 'ticket.taken', stream: `ticket:${uuidv7()}`, actor: 'system', body } as const;
    expect(takeOwnOp(ledger, other.self, own, hall.clock.now)).toBeNull();
    return { decision: ledger.decision(), value: null };
  });
  expect(await numbers(hall.store)).toEqual(['A001', 'A777']);
  await hall.ask('K01', TAKE);
  expect(await numbers(other)).toEqual(['A001', 'A002', 'A777']);
});

it('what was decided and not stored is not remembered', async () => {
  const { hall } = await open();
  await hall.ask('K01', TAKE);
  const failed = hall.store.write([], (known) => {
    const ledger = new WorkingLedger(known);
    const body = { ...HALL_BODIES['ticket.taken'], number: 'A777' };
    const own = { hall: 'main', kind: 'ticket.taken', stream: `ticket:${uuidv7()}`, actor: 'system', body } as const;
    takeOwnOp(ledger, hall.store.self, own, hall.clock.now);
    expect([...ledger.hall.ticketsOf('main', '2026-11-27').values()]).toHaveLength(2);
    throw new Error('the disk is full');
  });
  await expect(failed).rejects.toThrow('the disk is full');
  expect(await numbers(hall.store)).toEqual(['A001']);
});

it('days and halls are kept apart', async () => {
  const { hall } = await open();
  await hall.ask('K01', TAKE);
  expect(await numbers(hall.store, '2026-11-28')).toEqual([]);
  expect(await look(hall.store, (ledger) => ledger.hall.ticketsOf('branch', '2026-11-27').size)).toBe(0);
  expect(await look(hall.store, (ledger) => ledger.hall.windowsOf('branch'))).toEqual([]);
  expect(await look(hall.store, (ledger) => ledger.hall.windowsOf('main').length)).toBe(18);
});
