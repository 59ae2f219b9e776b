import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OpEnvelope, parseOp } from '../contract/ops.ts';
import { caseOf } from '../domain/ledger/op.ts';
import { type Entity, reduce } from '../domain/ledger/reduce.ts';
import { isOnServer } from '../tests/fixtures/centreDatabase.ts';
import { openTestIngest } from '../tests/fixtures/ingest.ts';
import { OpMaker } from '../tests/fixtures/opMaker.ts';
import type { TakenOrHeld } from './ingest.ts';

const DEVICES = 3;

/** What a terminal does next; `case` picks one of its cases, and numbers come from a pool small enough to collide. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('accept' as const), number: fc.nat({ max: 40 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('print' as const), case: fc.nat({ max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stale' as const), case: fc.nat({ max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unknown' as const), case: fc.nat({ max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('foreign' as const), case: fc.nat({ max: 9 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** A push of a run of a terminal's ops: in order, again, too early, cut anywhere; several at once share a commit. */
const push = fc.record({
  /** Some agree to be judged later, and some centres die before they do. */
  how: fc.constantFrom('at once', 'held', 'held before a death'),
  device: fc.nat({ max: DEVICES - 1 }),
  back: fc.nat({ max: 4 }),
  skip: fc.constantFrom(0, 0, 0, 1),
  length: fc.integer({ min: 1, max: 6 }),
});

function buildLogs(plans: readonly (readonly Step[])[]): OpMaker[] {
  const makers = plans.map((_, index) => new OpMaker({ name: `device ${index}`, terminal: `0${index}` }));
  const streams: string[][] = makers.map(() => []);
  for (const [index, steps] of plans.entries()) {
    const maker = makers[index] as OpMaker;
    const own = streams[index] as string[];
    const pick = (from: readonly string[], at: number) => from[at % Math.max(from.length, 1)];
    for (const action of steps) {
      if (action.kind === 'accept') {
        own.push(maker.acceptCase({ number: `2026112399${String(action.number).padStart(4, '0')}` }).stream);
        continue;
      }
      const stream = pick(action.kind === 'foreign' ? (streams[(index + 1) % DEVICES] ?? []) : own, action.case);
      if (stream === undefined) continue;
      if (action.kind === 'unknown') maker.makeAny('case.reviewed', stream, { by: '1002' });
      else if (action.kind === 'stale') maker.withdraw(stream, { baseVersion: 77 });
      else if (action.kind === 'foreign') maker.withdraw(stream);
      else maker.printSlip(stream);
    }
  }
  return makers;
}

/** Nobody's code but domain/: one op after the other, one reducer, the simplest loop. */
function replay(log: readonly OpEnvelope[]): { entities: Map<string, Entity>; outcomes: string[] } {
  const entities = new Map<string, Entity>();
  const parked = new Set<string>();
  const numbers = new Set<unknown>();
  const outcomes = log.map((envelope) => {
    const parsed = parseOp(envelope);
    if (!parsed.ok || parked.has(envelope.stream)) {
      parked.add(envelope.stream);
      return 'parked';
    }
    try {
      const entity = reduce(entities.get(envelope.stream) ?? null, parsed.op);
      if (envelope.kind === 'case.accepted' && numbers.has(envelope.body.number)) return 'rejected';
      numbers.add(envelope.body.number);
      entities.set(envelope.stream, entity);
      return 'applied';
    } catch {
      return 'rejected';
    }
  });
  return { entities, outcomes };
}

describe('ingest under any order of pushes', () => {
  it('takes every op exactly once, without gaps, into the state that the log gives', async () => {
    const plans = fc.array(fc.array(step, { minLength: 1, maxLength: 12 }), { minLength: DEVICES, maxLength: DEVICES });
    const rounds = fc.array(fc.array(push, { minLength: 1, maxLength: 5 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(plans, rounds, async (plan, schedule) => {
        const makers = buildLogs(plan);
        const centre = openTestIngest();
        await centre.hireClerk();
        try {
          const acked = makers.map(() => 0);
          const firstAnswers = new Map<string, string>();
          const check = (device: number, verdict: TakenOrHeld) => {
            if (verdict.kind === 'refused') throw new Error(`honest push refused: ${verdict.reason}`);
            if (verdict.kind === 'gap') return;
            acked[device] = Math.max(acked[device] ?? 0, verdict.acked);
            if (verdict.kind === 'held') return;
            for (const { op_id, outcome, code } of verdict.results) {
              const answer = `${outcome} ${code}`;
              expect(firstAnswers.get(op_id) ?? answer).toBe(answer);
              firstAnswers.set(op_id, answer);
            }
          };
          const send = async (device: number, from: number, to: number, isHeld = false) => {
            const maker = makers[device] as OpMaker;
            const ops = maker.ops.slice(Math.max(from, 0), to);
            if (ops.length > 0) check(device, await (isHeld ? centre.hold(maker, ops) : centre.push(maker, ops)));
          };

          for (const round of schedule) {
            const jobs = round.map(({ device, back, skip, length, how }) => {
              const from = (acked[device] ?? 0) - back + skip;
              return send(device, from, Math.max(from, 0) + length, how !== 'at once');
            });
            await Promise.all(jobs);
            if (round.some(({ how }) => how === 'held before a death')) centre.reopen();
          }
          // In the end every terminal gets through, and hears of each op what became of it.
          for (const [device, maker] of makers.entries()) await send(device, 0, maker.ops.length);
          expect(centre.store.waitingPushes()).toEqual([]);

          const all = makers.flatMap(({ ops }) => ops);
          const log = centre.log().slice(1);
          const ops = log.map(({ op }) => op);
          expect(sortedIds(ops)).toEqual(sortedIds(all));
          for (const maker of makers) expect(ops.filter(({ device }) => device === maker.device)).toEqual(maker.ops);
          expect(log.map(({ op, outcome }) => firstAnswers.get(op.op_id)?.startsWith(outcome))).not.toContain(false);

          const { entities, outcomes } = replay(ops);
          expect(log.map(({ outcome }) => outcome)).toEqual(outcomes);
          const hall = (await centre.scope()).slice(1);
          expect(hall).toEqual(log.filter(({ outcome }) => outcome === 'applied').map(({ op }) => op));
          expect(replay(hall).entities).toEqual(entities);
          await centre.store.write([], (known) => {
            for (const { stream } of all) {
              expect(known.findEntity(stream)?.entity ?? null).toEqual(entities.get(stream) ?? null);
            }
            return {
              decision: {
                newOps: [],
                heads: [],
                entities: [],
                scopes: [],
                sequences: [],
                settled: [],
                reached: [],
                met: [],
                handedOn: [],
                bases: [],
                signedHeads: [],
                followed: null,
                role: null,
                cursors: [],
                blanks: { packs: [], days: [], counts: [] },
              },
              value: null,
            };
          });
          const caseOfOp = (op: OpEnvelope) => caseOf(op) ?? op.stream;
          for (const stream of new Set(hall.map(caseOfOp))) {
            expect(await centre.scope(stream)).toEqual(hall.filter((op) => caseOfOp(op) === stream));
          }
        } finally {
          centre.dispose();
        }
      }),
      { numRuns: isOnServer ? 20 : 60 },
    );
  }, 120_000);
});

function sortedIds(ops: readonly OpEnvelope[]): string[] {
  return ops.map(({ op_id }) => op_id).sort();
}
