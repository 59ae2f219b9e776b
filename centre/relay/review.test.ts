import { afterEach, expect, test } from 'vitest';
import { parseOp } from '../../contract/ops.ts';
import type { OpKind } from '../../domain/ledger/op.ts';
import { findingsIn } from '../../tests/fixtures/centreDatabase.ts';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { openTestIngest } from '../../tests/fixtures/ingest.ts';
import { OpMaker } from '../../tests/fixtures/opMaker.ts';
import { HUB_RULES } from './asGiven.ts';
import { takeMirrored } from './mirror.ts';

let hub: ReturnType<typeof openTestIngest>;
afterEach(() => hub.dispose());

const older: typeof parseOp = (envelope) =>
  envelope.kind === 'window.changed' && envelope.base_ver < 2 ? { ok: false, reason: 'newer-body' } : parseOp(envelope);

test('a hub that was updated decides about what it could not read before, and about what waited behind it', async () => {
  hub = openTestIngest(older, HUB_RULES);
  const maker = new OpMaker({ name: 'a' });
  const stream = `window:${maker.device}`;
  const device = { id: maker.device, terminal: 'W03', kind: 'terminal', tokenHash: '0'.repeat(64) } as const;
  hub.store.takeDevices('main', [{ ...device, active: true, heads: [] }], 0);
  for (let version = 0; version < 3; version++) maker.make('window.changed', stream, HALL_BODIES['window.changed']);
  // On an old copy of its disk it said something else instead.
  maker.make('window.changed', stream, HALL_BODIES['window.changed'], { baseVersion: 1 });
  // The centre's to decide: the hub only keeps it.
  maker.acceptCase();
  const outcomes = async () => {
    const author = { device: maker.device, hall: 'main', centre: false, terminal: 'W03' };
    const verdict = await hub.ingest.push({ author, epoch: 1, ops: maker.ops });
    return verdict.kind === 'taken' ? verdict.results.map(({ outcome, code }) => [outcome, code]) : verdict;
  };
  expect(await outcomes()).toEqual([
    ['parked', 'newer-body'],
    ['parked', 'newer-body'],
    ['parked', 'behind-parked'],
    ['parked', 'newer-body'],
    ['held', null],
  ]);
  hub.reopen();
  expect(await hub.ingest.review()).toBe(4);
  expect(await hub.ingest.review()).toBe(0);
  expect(await outcomes()).toEqual([
    ['applied', null],
    ['applied', null],
    ['applied', null],
    ['rejected', 'stale-version'],
    ['held', null],
  ]);
});

const TICKET = 'ticket:0198a000-0000-7000-8000-0000000000d1';

/** The hub is a standby of an older program, which does not read ops of this kind. @returns the log of the other hub */
function standBeside(unread: OpKind): OpMaker {
  const olderStill: typeof parseOp = (envelope) =>
    envelope.kind === unread ? { ok: false, reason: 'newer-body' } : parseOp(envelope);
  hub = openTestIngest(olderStill, HUB_RULES);
  const other = new OpMaker({ name: 'other hub' });
  const device = { id: other.device, terminal: 'H01', kind: 'relay', tokenHash: '0'.repeat(64) } as const;
  hub.store.setUpstream('http://centre', 'main');
  hub.store.takeDevices('main', [{ ...device, active: true, heads: [] }], 0);
  return other;
}

test('a hub that was updated after its take-over does not decide anew what the other hub had decided', async () => {
  const other = standBeside('ticket.taken');
  const op = other.make('ticket.taken', TICKET, HALL_BODIES['ticket.taken']);
  await hub.push(other, [op]);
  expect(hub.log().map(({ outcome }) => outcome)).toEqual(['parked']);
  hub.reopen();
  await hub.ingest.review();
  expect(hub.log().map(({ outcome }) => outcome)).toEqual(['applied']);
});

test('what a standby could not read stands in its scope where the centre has it: before what follows it there', async () => {
  const other = standBeside('ticket.called');
  const at = '2026-11-27T01:00:00.000Z';
  const taken = other.make('ticket.taken', TICKET, HALL_BODIES['ticket.taken']);
  const called = other.make('ticket.called', TICKET, HALL_BODIES['ticket.called']);
  const arrived = other.make('ticket.arrived', TICKET, { ...HALL_BODIES['ticket.arrived'], at });
  const rows = [taken, called, arrived].map((op, index) => ({ pos: index + 1, op }));
  const read = (end: number) =>
    takeMirrored(
      hub.store,
      'main',
      { scope: 'hall:main', rows: rows.slice(0, end), cursor: null, isLast: false },
      0,
      null,
    );
  await read(1);
  await hub.push(other, [taken, called]);
  // Once more, as whoever reads a scope anew.
  for (let reading = 0; reading < 2; reading++) await read(3);
  expect(hub.log().map(({ outcome }) => outcome)).toEqual(['applied', 'parked', 'parked']);
  hub.reopen();
  await hub.ingest.review();
  expect(hub.log().map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied']);
  const { rows: here } = await hub.store.readScope('hall:main', 0, { rows: 100, bytes: 1_000_000 });
  expect(here.map(({ envelope }) => JSON.parse(envelope).kind)).toEqual(
    [taken, called, arrived].map(({ kind }) => kind),
  );
  // Of blocks of numbers nobody has told it anything.
  expect(findingsIn(hub.dir).filter(({ code }) => code !== 'ticket-outside-lease')).toEqual([]);
});
