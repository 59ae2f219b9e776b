import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type OpBodies, type OpKind, sealOp } from '../../domain/ledger/op.ts';
import { findingsIn } from '../../tests/fixtures/centreDatabase.ts';
import { openDesk } from '../../tests/fixtures/deskOnStore.ts';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
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
