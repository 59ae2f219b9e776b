import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { databaseOf } from '../../tests/fixtures/centreDatabase.ts';
import { openDesk } from '../../tests/fixtures/deskOnStore.ts';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { TAKE } from '../../tests/fixtures/queueDesk.ts';
import { findHoles } from './holes.ts';

let hall: Awaited<ReturnType<typeof openDesk>>;
beforeEach(async () => {
  hall = await openDesk();
});
afterEach(() => hall.dispose());

const DAY = '2026-11-27';
const give = (number: string, day = DAY) =>
  hall.write('ticket.taken', `ticket:${uuidv7()}`, { ...HALL_BODIES['ticket.taken'], prefix: 'A', number, day });

it('names the numbers of a block that nobody has below the highest that was given, and whose block it is', async () => {
  await hall.ask('K01', TAKE);
  await hall.ask('W03', { kind: 'lease', prefixes: ['A'], day: DAY, epoch: 1 });
  expect(findHoles(hall.dir, databaseOf(hall.dir))).toEqual([]);
  await give('A003');
  await give('A502');
  await give('A504');
  // Of no block of that day.
  await give('A009', '2026-11-26');
  expect(findHoles(hall.dir, databaseOf(hall.dir))).toEqual([
    { hall: 'main', day: DAY, numbers: 'A002', holder: 'HUB' },
    { hall: 'main', day: DAY, numbers: 'A500–A501', holder: 'W03' },
    { hall: 'main', day: DAY, numbers: 'A503', holder: 'W03' },
  ]);
});
