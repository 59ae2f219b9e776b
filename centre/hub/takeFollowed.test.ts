import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LogAnswer } from '../../contract/hub.ts';
import type { OpEnvelope } from '../../contract/ops.ts';
import { headStatement } from '../../domain/ledger/statements.ts';
import { makeSigningKey, SigningKey } from '../../signing/key.ts';
import { temporaryFolder } from '../../tests/fixtures/centre.ts';
import { findingsIn, openStoreIn } from '../../tests/fixtures/centreDatabase.ts';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { OpMaker } from '../../tests/fixtures/opMaker.ts';
import type { CentreStore } from '../store/types.ts';
import { FollowError, takeFollowed } from './takeFollowed.ts';

type Entry = LogAnswer['entries'][number];

let folder: ReturnType<typeof temporaryFolder>;
let store: CentreStore;
let maker: OpMaker;
beforeEach(() => {
  folder = temporaryFolder();
  store = openStoreIn(folder.dir);
  store.joinHub('standby', null);
  maker = new OpMaker({ name: 'a' });
});
afterEach(() => {
  store.close();
  folder.remove();
});

const entry = (op: OpEnvelope, outcome: Entry['outcome'] = 'applied', more: Partial<Entry> = {}): Entry => ({
  pos: op.seq,
  op,
  outcome,
  code: outcome === 'rejected' ? 'stale-version' : null,
  mirrored: false,
  ...more,
});
const follow = (entries: Entry[], hasCentre: boolean) =>
  takeFollowed(store, { hall: 'main', hasCentre, now: 0 }, entries);
const outcomes = () => store.outcomesAfter(maker.device, 1, 0, 100).map(({ outcome }) => outcome);
const cases = () => store.stats().cases;

it('with a centre above, what it has to decide waits here as it waits there, and what was rejected stays so', async () => {
  const ops = [maker.acceptCase(), maker.acceptCase()];
  await follow([entry(ops[0] as OpEnvelope, 'rejected'), entry(ops[1] as OpEnvelope, 'applied')], true);
  expect(outcomes()).toEqual(['rejected', 'held']);
  expect(cases()).toBe(0);
  expect(store.peer()?.followed).toBe(2);
  expect(findingsIn(folder.dir)).toEqual([]);
});

it('without a centre the active hub has decided: what it took takes effect here', async () => {
  maker.acceptCase();
  expect(
    await follow(
      maker.ops.map((op) => entry(op)),
      false,
    ),
  ).toMatchObject({ gaps: 0 });
  expect(cases()).toBe(1);
  expect(findingsIn(folder.dir)).toEqual([]);
});

it('reading a page twice changes nothing, and a page that was damaged on the way is not taken', async () => {
  const op = maker.acceptCase();
  const damaged = { ...op, body: { ...op.body, number: '20261123079999' } };
  await expect(follow([entry(damaged)], false)).rejects.toThrow(FollowError);
  expect(store.stats().ops).toBe(0);
  await follow([entry(op)], false);
  await follow([entry(op)], false);
  expect(store.stats().ops).toBe(1);
});

it('a chain of which the active hub has only the end goes on from there, and a hole in it is said', async () => {
  const ops = [1, 2, 3, 4, 5].map(() => maker.acceptCase());
  const [, , third, fourth, fifth] = ops as [OpEnvelope, OpEnvelope, OpEnvelope, OpEnvelope, OpEnvelope];
  expect(await follow([entry(third)], true)).toMatchObject({ gaps: 0 });
  expect(store.chains.findHead(maker.device, 1)).toEqual({ seq: 3, hash: third.hash });
  expect(store.chains.baseOf(maker.device, 1)).toBe(2);
  expect(await follow([entry(fifth)], true)).toMatchObject({ gaps: 1 });
  expect(await follow([entry(fourth), entry(fifth)], true)).toMatchObject({ gaps: 0 });
  expect(store.chains.findHead(maker.device, 1)?.seq).toBe(5);
  expect(findingsIn(folder.dir)).toEqual([]);
});

it('what came to the active hub from the centre comes from there here too', async () => {
  const op = maker.acceptCase();
  await follow([entry(op, 'applied', { mirrored: true })], true);
  expect(store.stats().ops).toBe(0);
  expect(store.peer()?.followed).toBe(1);
});

it('what was signed of the part of a chain that went to the centre by another way is no finding; beyond it, it is', async () => {
  const ops = [1, 2, 3].map(() => maker.acceptCase());
  const key = SigningKey.open(makeSigningKey());
  const sign = ({ device, epoch, seq, hash }: OpEnvelope) => ({
    ...{ device, epoch, seq, hash, publicKey: key.publicKey },
    signature: key.sign(headStatement({ device, epoch, seq, hash })),
  });
  const device = {
    id: maker.device,
    terminal: 'W07',
    kind: 'terminal',
    tokenHash: 'ab'.repeat(32),
    active: true,
  } as const;
  const known = { ...device, key: { publicKey: key.publicKey, from: { epoch: 1, seq: 0 } } };
  const second = ops[1] as OpEnvelope;
  store.setUpstream('http://centre', 'main');
  store.takeDevices('main', [{ ...known, heads: [{ epoch: 1, seq: 2, hash: second.hash }] }], 0);
  // The first was rejected: no scope of the centre brings it, and the log is followed from behind it.
  store.addSignedHeads([sign(ops[0] as OpEnvelope)]);
  expect(findingsIn(folder.dir)).toEqual([]);
  store.addSignedHeads([sign(ops[2] as OpEnvelope)]);
  expect(findingsIn(folder.dir).map(({ code }) => code)).toEqual(['signed-head-differs']);
});

it('steps of a ticket that came before it take effect once it is here, in the order in which they were made', async () => {
  const stream = 'ticket:0198a000-0000-7000-8000-0000000000d1';
  const kiosk = new OpMaker({ name: 'kiosk' });
  const taken = kiosk.make('ticket.taken', stream, HALL_BODIES['ticket.taken'], { baseVersion: 0 });
  const called = maker.make('ticket.called', stream, HALL_BODIES['ticket.called'], { baseVersion: 1 });
  const arrived = maker.make('ticket.arrived', stream, HALL_BODIES['ticket.arrived'], { baseVersion: 2 });
  // The call reaches this one by the log of another hub, after what follows it.
  const other = new OpMaker({ name: 'other hub' });
  const early = other.make('ticket.arrived', stream, HALL_BODIES['ticket.arrived'], { baseVersion: 2 });
  await follow([entry(early)], false);
  await follow([entry(called)], false);
  expect(outcomes()).toEqual(['parked']);
  await follow([entry(taken, 'applied', { pos: 3 })], false);
  expect(outcomes()).toEqual(['applied']);
  expect(store.outcomesAfter(other.device, 1, 0, 100).map(({ outcome }) => outcome)).toEqual(['applied']);
  await follow([entry(arrived)], false);
  expect(store.outcomesAfter(maker.device, 1, 0, 100).map(({ code }) => code)).toEqual([null, 'overtaken']);
  expect(findingsIn(folder.dir).filter(({ code }) => code !== 'ticket-outside-lease')).toEqual([]);
});
