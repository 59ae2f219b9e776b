import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpEnvelope, parseOp } from '../contract/ops.ts';
import { WALK_IN_PATH } from '../domain/case/paths.ts';
import type { Refusal } from '../domain/case/progress.ts';
import { genesisHash } from '../domain/ledger/op.ts';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { openTestIngest, outcomes } from '../tests/fixtures/ingest.ts';
import { OpMaker } from '../tests/fixtures/opMaker.ts';
import { sha256Hex } from './digest.ts';
import { followAutomatically } from './office/automatic.ts';

describe('ingest', () => {
  let centre: ReturnType<typeof openTestIngest>;
  beforeEach(() => {
    centre = openTestIngest();
  });
  afterEach(() => centre.dispose());
  const a = () => new OpMaker({ name: 'a', terminal: '07' });

  async function expectNothingTaken(): Promise<void> {
    expect(centre.store.stats()).toEqual({ ops: 0, cases: 0, devices: 0 });
    expect(await centre.scope()).toEqual([]);
    expect(centre.published).toEqual([]);
  }

  it('applies a chain, acknowledges it with its head, and publishes it to hall and case', async () => {
    const maker = a();
    const accepted = maker.acceptCase();
    maker.printSlip(accepted.stream);
    maker.closeSession(maker.openSession().stream);
    const verdict = await centre.push(maker, maker.ops);
    expect(verdict).toMatchObject({ kind: 'taken', acked: 4, head: maker.ops[3]?.hash });
    expect(outcomes(verdict)).toEqual(['applied', 'applied', 'applied', 'applied']);
    expect(await centre.scope()).toEqual(maker.ops);
    expect(await centre.scope(accepted.stream)).toEqual(maker.ops.slice(0, 2));
    expect(centre.published).toEqual([
      { scope: 'hall:main', hall: 'main', head: 4 },
      { scope: accepted.stream, hall: 'main', head: 2 },
    ]);
    expect(centre.store.listCases()).toEqual([{ number: '20261123070001', opCount: 2 }]);
  });

  it('answers a replay as it answered the first time, and stores nothing twice', async () => {
    const maker = a();
    const accepted = maker.acceptCase();
    maker.acceptCase({ number: '20261123070001' });
    maker.makeAny('case.reviewed', accepted.stream, { later: true });
    const first = await centre.push(maker, maker.ops);
    expect(outcomes(first)).toEqual(['applied', 'rejected:duplicate-case-number', 'parked:unknown-kind']);
    expect(await centre.push(maker, maker.ops)).toEqual(first);
    // Half known, half new: the known half is answered again, the new half is taken.
    maker.openSession();
    const overlapping = await centre.push(maker, maker.ops.slice(1));
    expect(outcomes(overlapping)).toEqual(['rejected:duplicate-case-number', 'parked:unknown-kind', 'applied']);
    expect(centre.store.stats()).toMatchObject({ ops: 4, cases: 1 });
  });

  it('answers a gap with what it expects and takes nothing, wherever the gap is', async () => {
    const maker = a();
    for (let count = 0; count < 4; count += 1) maker.acceptCase();
    const [one, two, , four] = maker.ops as [OpEnvelope, OpEnvelope, OpEnvelope, OpEnvelope];
    const genesis = genesisHash(maker.device, 1, sha256Hex);
    expect(await centre.push(maker, [two])).toEqual({ kind: 'gap', expected: 1, head: genesis });
    expect(await centre.push(maker, [one, two, four])).toEqual({ kind: 'gap', expected: 1, head: genesis });
    expect(await centre.push(maker, [two, one])).toEqual({ kind: 'gap', expected: 1, head: genesis });
    await expectNothingTaken();
    await centre.push(maker, [one]);
    expect(await centre.push(maker, [four])).toEqual({ kind: 'gap', expected: 2, head: one.hash });
  });

  it('refuses another history under known numbers and changes nothing', async () => {
    const maker = a();
    for (let count = 0; count < 3; count += 1) maker.acceptCase();
    await centre.push(maker, maker.ops.slice(0, 2));
    const before = await centre.scope();

    // The machine's disk was set back and it went on without a new epoch.
    const twin = a();
    twin.openSession();
    twin.acceptCase();
    twin.acceptCase();
    const forked = { kind: 'refused', code: 'forked' };
    expect(await centre.push(twin, twin.ops.slice(0, 1))).toMatchObject({ ...forked, reason: 'seq-reused' });
    expect(await centre.push(twin, twin.ops)).toMatchObject({ ...forked, reason: 'seq-reused' });
    expect(await centre.push(twin, twin.ops.slice(2))).toMatchObject({ ...forked, reason: 'history-differs' });
    expect(await centre.scope()).toEqual(before);
    expect(outcomes(await centre.push(maker, maker.ops))).toEqual(['applied', 'applied', 'applied']);
  });

  it('refuses an op id that another op bears', async () => {
    const maker = a();
    const op = maker.acceptCase();
    await centre.push(maker, [op]);
    const other = new OpMaker({ name: 'b', terminal: '08' });
    other.acceptCase();
    other.nameNextOp(op.op_id);
    other.acceptCase();
    expect(await centre.push(other, other.ops)).toMatchObject({ code: 'forked', reason: 'op-id-reused' });
    expect(await centre.scope()).toEqual([op]);
  });

  it.each<[string, (op: OpEnvelope) => OpEnvelope, string]>([
    ['a changed body', (op) => ({ ...op, body: { ...op.body, note: 'x' } }), 'body-hash'],
    ['a changed actor', (op) => ({ ...op, actor: '6666' }), 'hash'],
    ['a changed time', (op) => ({ ...op, at: '2026-11-23T00:00:00.000Z' }), 'hash'],
    ['a changed stream', (op) => ({ ...op, stream: 'case:00000000-0000-7000-8000-000000000000' }), 'hash'],
    ['another device', (op) => ({ ...op, device: '00000000-0000-7000-8000-000000000000' }), 'other-author'],
    ['another epoch', (op) => ({ ...op, epoch: 2 }), 'other-author'],
    ['a broken link', (op) => ({ ...op, prev_hash: op.hash }), 'chain-broken'],
  ])('refuses a push with %s and takes nothing of it', async (_what, tamper, reason) => {
    const maker = a();
    maker.acceptCase();
    const ops = [...maker.ops, tamper(maker.acceptCase())];
    expect(await centre.push(maker, ops)).toEqual({ kind: 'refused', code: 'bad-request', reason });
    await expectNothingTaken();
  });

  it('sets a bad record aside and goes on with the next', async () => {
    const maker = a();
    await centre.hireClerk();
    const accepted = maker.acceptCase();
    maker.make('slip.printed', accepted.stream, {
      caseId: accepted.stream.slice(5),
      slip: 'acceptance',
      print: 0,
      confirmation: 'device',
    });
    maker.withdraw(accepted.stream, { baseVersion: 1 });
    maker.withdraw(accepted.stream, { baseVersion: 7 });
    maker.acceptCase({ path: ['T11'] });
    maker.acceptCase();
    expect(outcomes(await centre.push(maker, maker.ops))).toEqual([
      'applied',
      'rejected:bad-body',
      'applied',
      'rejected:stale-version',
      'rejected:illegal-transition',
      'applied',
    ]);
    // Rejected ops are durable but nobody else is to replay them.
    expect((await centre.scope()).slice(1).map(({ seq }) => seq)).toEqual([1, 3, 6]);
    expect(centre.store.stats()).toMatchObject({ ops: 7, cases: 2 });
  });

  it('gives one 受理编号 to one case, also between two terminals in one commit', async () => {
    const first = a();
    const second = new OpMaker({ name: 'b', terminal: '08' });
    first.acceptCase({ number: '20261123990001' });
    second.acceptCase({ number: '20261123990001' });
    const results = await Promise.all([centre.push(first, first.ops), centre.push(second, second.ops)]);
    expect(results.flatMap(outcomes)).toEqual(['applied', 'rejected:duplicate-case-number']);
    expect(centre.store.listCases()).toEqual([{ number: '20261123990001', opCount: 1 }]);
  });

  it('gives one number to one case, also when the second is refused at its window', async () => {
    const maker = a();
    const { number } = maker.acceptCase().body as { number: string };
    const refused = acceptance(1, { number, path: WALK_IN_PATH.slice(0, -1) });
    const refusal: Refusal = { ground: 'incomplete', reason: '材料不齐', missing: [] };
    maker.make('case.refused', 'case:00000000-0000-7000-8000-000000000001', { acceptance: refused, refusal });
    maker.openSession();
    expect(outcomes(await centre.push(maker, maker.ops))).toEqual([
      'applied',
      'rejected:duplicate-case-number',
      'applied',
    ]);
  });

  it('lets no terminal write staff, and none write to a case of another hall', async () => {
    const maker = a();
    const accepted = maker.acceptCase();
    await centre.push(maker, maker.ops);
    const other = new OpMaker({ name: 'b', terminal: '08', hall: 'branch' });
    other.withdraw(accepted.stream, { baseVersion: 1 });
    other.printSlip(accepted.stream);
    const passwordHash = '$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA';
    other.make('staff.upserted', 'staff:00000000-0000-7000-8000-000000000000', {
      number: '6666',
      name: '冒名者',
      roles: ['SUP'],
      passwordHash,
      active: true,
    });
    expect(outcomes(await centre.push(other, other.ops, 'branch'))).toEqual([
      'rejected:forbidden',
      'rejected:forbidden',
      'rejected:forbidden',
    ]);
    expect(await centre.scope('hall:branch')).toEqual([]);
    expect(await centre.scope(accepted.stream)).toHaveLength(1);
  });

  it('parks what it does not know, with all behind it in that stream, and applies it once it does', async () => {
    const older: typeof parseOp = (envelope) =>
      envelope.kind === 'case.advanced' ? { ok: false, reason: 'unknown-kind' } : parseOp(envelope);
    centre.reopen(older);
    await centre.hireClerk();
    const maker = a();
    const accepted = maker.acceptCase();
    const withdrawn = maker.withdraw(accepted.stream);
    maker.makeAny('case.reviewed', accepted.stream, { by: '1002' });
    maker.withdraw(accepted.stream);
    const other = maker.acceptCase();
    expect(outcomes(await centre.push(maker, maker.ops))).toEqual([
      'applied',
      'parked:unknown-kind',
      'parked:unknown-kind',
      'parked:unknown-kind',
      'applied',
    ]);
    expect(await centre.ingest.review()).toBe(0);
    // It may still be refused: nobody else is to act on it.
    expect((await centre.scope()).slice(1)).toEqual([accepted, other]);

    centre.reopen();
    expect(await centre.ingest.review()).toBe(1);
    expect(await centre.ingest.review()).toBe(0);
    expect(outcomes(await centre.push(maker, maker.ops))).toEqual([
      'applied',
      'applied',
      'parked:unknown-kind',
      'parked:unknown-kind',
      'applied',
    ]);
    const next = maker.withdraw(accepted.stream);
    expect(outcomes(await centre.push(maker, [next]))).toEqual(['parked:behind-parked']);
    expect((await centre.scope()).slice(1)).toEqual([accepted, other, withdrawn]);
    expect(await centre.scope(accepted.stream)).toContainEqual(withdrawn);
  });

  it('goes on by itself with a case that it could not read before, and tells everybody', async () => {
    const older: typeof parseOp = (envelope) =>
      envelope.kind === 'case.accepted' ? { ok: false, reason: 'newer-body' } : parseOp(envelope);
    const following = openTestIngest(older, undefined, followAutomatically);
    try {
      await following.hireClerk();
      const maker = a();
      const { stream } = maker.acceptCase();
      expect(outcomes(await following.push(maker, maker.ops))).toEqual(['parked:newer-body']);
      following.reopen();
      following.published.length = 0;
      expect(await following.ingest.review()).toBe(1);
      const kinds = (await following.scope(stream)).map(({ kind, body }) => [kind, body.transition]);
      expect(kinds).toEqual([
        ['case.accepted', undefined],
        ['case.advanced', 'T14'],
      ]);
      expect(following.published).toContainEqual(expect.objectContaining({ scope: stream, head: 2 }));
    } finally {
      following.dispose();
    }
  });

  it('publishes nothing of a parked op that turns out to contradict', async () => {
    const older: typeof parseOp = (envelope) =>
      envelope.kind === 'case.accepted' ? { ok: false, reason: 'newer-body' } : parseOp(envelope);
    centre.reopen(older);
    await centre.hireClerk();
    const maker = a();
    const number = '20261123070001';
    const accepted = maker.acceptCase({ number });
    maker.acceptCase({ number });
    await centre.push(maker, maker.ops);
    centre.reopen();
    expect(await centre.ingest.review()).toBe(2);
    expect(outcomes(await centre.push(maker, maker.ops))).toEqual(['applied', 'rejected:duplicate-case-number']);
    expect((await centre.scope()).slice(1)).toEqual([accepted]);
  });

  it('parks a known kind with fields it does not know, and refuses one whose known fields are wrong', async () => {
    const maker = a();
    const { stream } = maker.acceptCase();
    const slip = { caseId: stream.slice(5), slip: 'acceptance', print: 1, confirmation: 'device' };
    maker.makeAny('slip.printed', 'slip:00000000-0000-7000-8000-000000000001', { ...slip, paper: 'A5' });
    maker.makeAny('slip.printed', 'slip:00000000-0000-7000-8000-000000000002', { ...slip, paper: 'A5', print: 0 });
    maker.acceptCase();
    expect(outcomes(await centre.push(maker, maker.ops))).toEqual([
      'applied',
      'parked:newer-body',
      'rejected:bad-body',
      'applied',
    ]);
  });

  it('keeps epochs apart: a restored machine starts a new chain', async () => {
    const maker = a();
    const accepted = maker.acceptCase();
    await centre.push(maker, maker.ops);
    await centre.hireClerk();
    const restored = new OpMaker({ name: 'a', epoch: 2 });
    restored.withdraw(accepted.stream, { baseVersion: 1 });
    expect(outcomes(await centre.push(restored, restored.ops))).toEqual(['applied']);
    expect(await centre.push(maker, maker.ops)).toMatchObject({ acked: 1, head: accepted.hash });
  });
});
