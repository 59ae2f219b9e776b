import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findingsIn, openSqlIn } from '../../tests/fixtures/centreDatabase.ts';
import { openTestIngest, outcomes } from '../../tests/fixtures/ingest.ts';
import { OpMaker } from '../../tests/fixtures/opMaker.ts';
import { WaitingRoom } from './waitingRoom.ts';

let centre: ReturnType<typeof openTestIngest>;
let maker: OpMaker;
beforeEach(() => {
  centre = openTestIngest();
  maker = new OpMaker({ name: 'a' });
});
afterEach(() => centre.dispose());

const told = (of = maker) =>
  centre.store
    .outcomesAfter(of.device, of.epoch, 0, 100)
    .map(({ outcome, code }) => (code === null ? outcome : `${outcome}:${code}`));
const waiting = () => centre.store.waitingPushes().map(({ first, last }) => [first, last]);

/** Four cases, one of them under a number that is taken, and a slip. */
function work(of = maker): void {
  const { stream } = of.acceptCase();
  of.acceptCase({ number: '20261123070001' });
  of.printSlip(stream);
  of.acceptCase();
}
const AS_JUDGED = ['applied', 'rejected:duplicate-case-number', 'applied', 'applied'];

describe('a push of a long backlog', () => {
  it('is durable as it came when it is answered, with its chain up to there, and nothing of it has happened', async () => {
    work();
    expect(await centre.hold(maker, maker.ops.slice(0, 2))).toEqual({
      ...{ kind: 'held', acked: 2, head: maker.ops[1]?.hash },
    });
    expect(await centre.hold(maker, maker.ops.slice(2))).toMatchObject({ kind: 'held', acked: 4 });
    expect(waiting()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(centre.store.stats()).toMatchObject({ ops: 0, cases: 0 });
    expect(told()).toEqual([]);
    expect(centre.published).toEqual([]);
    expect(findingsIn(centre.dir)).toEqual([]);
  });

  it('is judged after as if it had just come, and its device hears that there are outcomes', async () => {
    work();
    for (const op of maker.ops) await centre.hold(maker, [op]);
    await centre.intake.judgeAll();
    expect(told()).toEqual(AS_JUDGED);
    expect(waiting()).toEqual([]);
    expect(await centre.scope()).toHaveLength(3);
    expect(centre.published.at(-1)).toEqual({ scope: `device:${maker.device}`, head: 0 });
    expect(findingsIn(centre.dir)).toEqual([]);
  });

  it('is judged by itself when nothing more comes', async () => {
    centre.dispose();
    centre = openTestIngest(undefined, undefined, undefined, { idle: 10, longest: 1_000 });
    work();
    await centre.hold(maker, maker.ops);
    await expect.poll(() => told(), { timeout: 20_000 }).toEqual(AS_JUDGED);
  });

  it('is judged after a death before anything else is, and each op counts once', async () => {
    work();
    await centre.hold(maker, maker.ops.slice(0, 3));
    centre.reopen();
    expect(waiting()).toEqual([[1, 3]]);
    // The answer was lost: it is sent again, and goes on.
    expect(outcomes(await centre.push(maker, maker.ops))).toEqual(AS_JUDGED);
    expect(waiting()).toEqual([]);
    expect(centre.log()).toHaveLength(4);
    expect(findingsIn(centre.dir)).toEqual([]);
  });

  it('goes before whatever comes after it from its hall, and holds up no other hall', async () => {
    work();
    const [neighbour, stranger] = ['b', 'c'].map(
      (name) => new OpMaker({ name, terminal: name === 'b' ? '08' : '09' }),
    ) as [OpMaker, OpMaker];
    neighbour.acceptCase();
    stranger.acceptCase();
    await centre.hold(maker, maker.ops);
    await centre.push(stranger, stranger.ops, 'other');
    expect(waiting()).toEqual([[1, 4]]);
    await centre.push(neighbour, neighbour.ops);
    expect(centre.log().map(({ op }) => op.device)).toEqual([
      stranger.device,
      ...Array(4).fill(maker.device),
      neighbour.device,
    ]);
  });

  it('sent twice at once is taken once', async () => {
    work();
    const verdicts = await Promise.all([centre.hold(maker, maker.ops), centre.hold(maker, maker.ops)]);
    expect(verdicts.map(({ kind }) => kind)).toEqual(['held', 'taken']);
    expect(centre.log()).toHaveLength(4);
  });
});

describe('what cannot be judged', () => {
  it('holds up nobody, stays where it is, and is judged at a later start when it can be', async () => {
    work();
    await centre.hold(maker, maker.ops);
    const { sql, close } = openSqlIn(centre.dir);
    const alter = sql.prepare('UPDATE waiting_push SET text = ?');
    const text = JSON.stringify({ device: maker.device, epoch: 1, ops: maker.ops });
    alter.run(Buffer.from(text.replace('"copies":1', '"copies":2')));
    await centre.intake.judgeAll();
    expect([centre.intake.room.stranded, centre.log().length, waiting()]).toEqual([1, 0, [[1, 4]]]);
    const neighbour = new OpMaker({ name: 'b', terminal: '08' });
    neighbour.acceptCase();
    expect(outcomes(await centre.push(neighbour, neighbour.ops))).toEqual(['applied']);
    // Its author learns at the next contact that the centre lacks them, and sends them again.
    expect(outcomes(await centre.push(maker, maker.ops))).toEqual(AS_JUDGED);
    alter.run(Buffer.from(text));
    close();
    centre.reopen();
    await centre.intake.judgeAll();
    expect([centre.intake.room.stranded, centre.log().length, waiting()]).toEqual([0, 5, []]);
    expect(findingsIn(centre.dir)).toEqual([]);
  });
});

describe('yichuang verify', () => {
  it('names what waits and is not whole, or does not go on where its chain ends', async () => {
    work();
    await centre.hold(maker, maker.ops.slice(0, 2));
    await centre.hold(maker, maker.ops.slice(2));
    const { sql, close } = openSqlIn(centre.dir);
    const alter = sql.prepare('UPDATE waiting_push SET text = ? WHERE first = 1');
    const text = JSON.stringify({ device: maker.device, epoch: 1, ops: maker.ops.slice(0, 2) });
    alter.run(Buffer.from(text.replace('"copies":1', '"copies":2')));
    expect(findingsIn(centre.dir).map(({ code }) => code)).toEqual(['hash']);
    alter.run(Buffer.from(text));
    expect(findingsIn(centre.dir)).toEqual([]);
    sql.prepare('DELETE FROM waiting_push WHERE first = 1').run();
    expect(findingsIn(centre.dir).map(({ code }) => code)).toEqual(['gap']);
    close();
  });
});

describe('is judged at once', () => {
  it('what is known, what leaves a gap, what is no chain and what was altered: answered as without the preference', async () => {
    work();
    const [first, second, third] = maker.ops;
    if (!first || !second || !third) throw new Error('no work');
    expect(await centre.hold(maker, [second])).toMatchObject({ kind: 'gap', expected: 1 });
    await centre.push(maker, [first]);
    expect(outcomes(await centre.hold(maker, [first, second]))).toEqual(AS_JUDGED.slice(0, 2));
    expect(await centre.hold(maker, [third, { ...third, seq: 4 }])).toMatchObject({ kind: 'refused' });
    expect(await centre.hold(maker, [{ ...third, body: { ...third.body, print: 7 } }])).toMatchObject({
      ...{ kind: 'refused', reason: 'body-hash' },
    });
    expect(waiting()).toEqual([]);
  });

  it('what an epoch that is over still sends', async () => {
    work();
    const later = new OpMaker({ name: 'a', epoch: 2 });
    later.openSession();
    await centre.hold(later, later.ops);
    expect(await centre.hold(maker, maker.ops)).toMatchObject({ kind: 'refused', reason: 'epoch-over' });
    expect(told(later)).toEqual(['applied']);
  });

  it('what there is no room for: of a hall, and of all', () => {
    const room = new WaitingRoom();
    const push = { device: maker.device, epoch: 1, hash: '', terminal: null, receivedAt: 0, signed: null };
    room.add({ ...push, first: 1, last: 16_000, hall: 'main', arrival: 1 });
    expect([room.admits('main', 384), room.admits('main', 385), room.admits('other', 256)]).toEqual([
      true,
      false,
      true,
    ]);
    for (let hall = 0; hall < 8; hall++) {
      room.add({ ...push, device: `${hall}`, first: 1, last: 14_000, hall: `${hall}`, arrival: 2 + hall });
    }
    expect(room.admits('other', 3_073)).toBe(false);
    for (const each of room.ofHall('main')) room.remove(each);
    expect(room.admits('other', 3_073)).toBe(true);
    expect([room.hasDevice(maker.device), room.ops]).toEqual([false, 112_000]);
  });
});

describe('what was promised stands', () => {
  it('though its epoch is over by then', async () => {
    work();
    await centre.hold(maker, maker.ops);
    const later = new OpMaker({ name: 'a', epoch: 2 });
    later.openSession();
    await centre.hold(later, later.ops);
    await centre.intake.judgeAll();
    expect([told(), told(later)]).toEqual([AS_JUDGED, ['applied']]);
    expect(findingsIn(centre.dir)).toEqual([]);
  });

  it('though one of its ids is taken by then: that op alone is refused, and the chain goes on', async () => {
    const thief = new OpMaker({ name: 'b', terminal: '08' });
    work();
    thief.repeat({ ...thief.openSession(), op_id: maker.ops[2]?.op_id ?? '' });
    await centre.hold(maker, maker.ops);
    await centre.push(thief, thief.ops, 'other');
    await centre.intake.judgeAll();
    expect(told()).toEqual([...AS_JUDGED.slice(0, 2), 'rejected:op-id-reused', 'applied']);
    expect(await centre.push(maker, maker.ops)).toMatchObject({ kind: 'taken', acked: 4 });
    expect(findingsIn(centre.dir)).toEqual([]);
  });

  it('an op that is known under another number is judged as the first time', async () => {
    const accepted = maker.acceptCase();
    await centre.push(maker, maker.ops);
    const later = new OpMaker({ name: 'a', epoch: 2 });
    later.repeat(accepted);
    later.printSlip(accepted.stream);
    await centre.hold(later, later.ops);
    await centre.intake.judgeAll();
    expect(told(later)).toEqual(['applied', 'applied']);
    expect(await centre.scope()).toHaveLength(2);
    expect(findingsIn(centre.dir)).toEqual([]);
  });
});
