import { hash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type OpBodies, type OpKind, sealOp } from '../../domain/ledger/op.ts';
import { findingsIn } from '../../tests/fixtures/centreDatabase.ts';
import { openDesk } from '../../tests/fixtures/deskOnStore.ts';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { openTestIngest } from '../../tests/fixtures/ingest.ts';
import { OpMaker } from '../../tests/fixtures/opMaker.ts';
import { TAKE } from '../../tests/fixtures/queueDesk.ts';
import { sha256Hex } from '../digest.ts';
import { chainHead } from '../ledger/plan.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';

let hall: Awaited<ReturnType<typeof openDesk>>;
beforeEach(async () => {
  hall = await openDesk();
});
afterEach(() => hall.dispose());

const codes = () => new Set(findingsIn(hall.dir).map(({ code }) => code));

/** An op that is taken past every rule, as a defect of the centre's own might. */
function force<K extends OpKind>(kind: K, stream: string, version: number, body: OpBodies[K]): Promise<void> {
  const { store, clock } = hall;
  return store.write([], (known) => {
    const ledger = new WorkingLedger(known);
    const head = chainHead(ledger, store.self.device, store.self.epoch);
    const at = new Date(clock.now).toISOString();
    const draft = {
      ...{ op_id: uuidv7(), ...store.self, seq: head.seq + 1, kind, stream, base_ver: version },
      ...{ actor: 'system', at, hlc: '000000000000-0000', body },
    };
    const op = { ...sealOp(draft, head.hash, sha256Hex), body: { ...body } as Record<string, unknown> };
    const author = { device: store.self.device, hall: 'main', centre: true };
    ledger.take(author, op, { outcome: 'applied', code: null, held: null }, clock.now);
    return { decision: ledger.decision(), value: undefined };
  });
}

it('finds nothing wrong with a queue that was run by its rules', async () => {
  const ticket = await hall.ask('K01', TAKE);
  await hall.ask('W03', { kind: 'next' });
  await hall.ask('W03', { kind: 'hold', ticketId: ticket?.id ?? '', reason: '去复印' });
  await hall.ask('W03', { kind: 'call', ticketId: ticket?.id ?? '', purpose: 'intake' });
  await hall.ask('W03', { kind: 'lease', prefixes: ['A'], day: '2026-11-27', epoch: 1 });
  expect(codes()).toEqual(new Set());
});

it('finds a number that was given twice', async () => {
  await hall.ask('K01', TAKE);
  const body = { ...HALL_BODIES['ticket.taken'], number: 'A001' };
  await force('ticket.taken', `ticket:${uuidv7()}`, 0, body);
  expect(codes()).toContain('ticket-number-twice');
});

it('finds a ticket that two windows had at once', async () => {
  const ticket = await hall.ask('K01', TAKE);
  await hall.ask('W03', { kind: 'next' });
  await force('ticket.called', `ticket:${ticket?.id}`, 2, {
    ...HALL_BODIES['ticket.called'],
    terminal: 'W04',
    window: 4,
  });
  expect(codes()).toContain('ticket-called-twice');
});

it('finds blocks of numbers that overlap', async () => {
  const body = HALL_BODIES['lease.granted'];
  await hall.write('lease.granted', `lease:${uuidv7()}`, body);
  await hall.write('lease.granted', `lease:${uuidv7()}`, { ...body, prefix: 'B' });
  await hall.write('lease.granted', `lease:${uuidv7()}`, { ...body, day: '2026-11-28' });
  expect(codes()).toEqual(new Set());
  await hall.write('lease.granted', `lease:${uuidv7()}`, { ...body, holder: 'K02', first: 999, last: 1499 });
  expect(codes()).toEqual(new Set(['lease-overlap']));
});

it('finds a number that is of no block of its issuer, and leaves those of the paper roll and of an emergency alone', async () => {
  const take = (more: object) =>
    hall.write('ticket.taken', `ticket:${uuidv7()}`, { ...HALL_BODIES['ticket.taken'], issuer: 'K01', ...more });
  await take({ number: 'A020', source: 'paper-roll' });
  await take({ number: 'ZA001', prefix: 'ZA' });
  expect(codes()).toEqual(new Set());
  await take({ number: 'A021' });
  expect(codes()).toEqual(new Set(['ticket-outside-lease']));
});

it('finds nothing wrong where a later call came before the earlier one and waited for it', async () => {
  const centre = openTestIngest();
  try {
    const [kiosk, before, after] = ['K09', 'H08', 'H09'].map((name) => new OpMaker({ name })) as [
      OpMaker,
      OpMaker,
      OpMaker,
    ];
    const devices = [kiosk, before, after].map(({ device }, index) => ({
      ...{ id: device, terminal: `H0${index}`, kind: 'relay' as const, tokenHash: hash('sha256', device) },
      ...{ active: true, heads: [] },
    }));
    centre.store.takeDevices('main', devices, 0);
    const stream = `ticket:${uuidv7()}`;
    const called = HALL_BODIES['ticket.called'];
    const outcome = { kind: 'requeued', orderAt: '2026-11-27T02:00:00.000Z' } as const;
    const taken = kiosk.make('ticket.taken', stream, HALL_BODIES['ticket.taken']);
    const first = before.make('ticket.called', stream, { ...called, terminal: 'W03' }, { baseVersion: 1 });
    const passed = before.make(
      'ticket.passed',
      stream,
      { ...HALL_BODIES['ticket.passed'], outcome },
      { baseVersion: 2 },
    );
    const second = after.make('ticket.called', stream, { ...called, terminal: 'W04' }, { baseVersion: 3 });
    await centre.ingest.relay('main', [{ op: second, outcome: 'parked', code: 'reducer-failed' }]);
    const rest = [taken, first, passed].map((op) => ({ op, outcome: 'applied' as const, code: null }));
    await centre.ingest.relay('main', rest);
    expect(centre.log().map(({ op, outcome }) => [op.op_id, outcome])).toEqual(
      [second, taken, first, passed].map(({ op_id }) => [op_id, 'applied']),
    );
    const found = findingsIn(centre.dir).map(({ code }) => code);
    expect(found.filter((code) => code !== 'ticket-outside-lease')).toEqual([]);
  } finally {
    centre.dispose();
  }
});
