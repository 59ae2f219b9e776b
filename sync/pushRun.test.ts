import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OpEnvelope } from '../contract/ops.ts';
import type { PushAnswer } from '../contract/sync.ts';
import { Pace } from '../link/pace.ts';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { openTestIngest } from '../tests/fixtures/ingest.ts';
import { caseStream, openTestStore } from '../tests/fixtures/store.ts';
import { CentreError } from './centreError.ts';
import { pushAll } from './pusher.ts';
import type { PushApi } from './pushRun.ts';

const CASES = 8;
/** Takes one op and not two. */
const SLOW_LINE = new Pace({ first: 1500, min: 1500, max: 1500, targetMs: 1 });

/** The centre's own ingest answers; the line between is the test's. */
let fixture: ReturnType<typeof openTestStore>;
let centre: ReturnType<typeof openTestIngest>;
let line: TestLine;
beforeEach(() => {
  fixture = openTestStore();
  centre = openTestIngest();
  line = new TestLine();
  for (let sequence = 1; sequence <= CASES; sequence += 1) {
    const body = acceptance(sequence);
    fixture.store.ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body });
  }
});
afterEach(() => {
  fixture.dispose();
  centre.dispose();
});

class TestLine {
  /** Number of the op of each push, in the order in which they were sent. */
  readonly sent: number[] = [];
  /** How many were on the line at once. */
  most = 0;
  #now = 0;
  /** What happens to a push on its way. */
  carry: (seq: number, deliver: () => Promise<PushAnswer>) => Promise<PushAnswer> = (_seq, deliver) => deliver();
  holds = true;

  readonly api = {
    isSigning: false,
    push: async (body: Buffer, { isBacklog }: { isBacklog: boolean }) => {
      const { ops } = JSON.parse(body.toString()) as { ops: OpEnvelope[] };
      const seq = ops[0]?.seq ?? 0;
      this.sent.push(seq);
      this.#now += 1;
      this.most = Math.max(this.most, this.#now);
      try {
        return await this.carry(seq, () => take(ops, isBacklog && this.holds ? body : undefined));
      } finally {
        this.#now -= 1;
      }
    },
  } satisfies PushApi;
}

async function take(ops: readonly OpEnvelope[], text?: Buffer): Promise<PushAnswer> {
  const author = { device: fixture.store.ledger.device, hall: 'main', centre: false };
  const verdict = await centre.ingest.push({ author, epoch: 1, ops }, text);
  if (verdict.kind === 'gap') throw new CentreError('gap', 'gap', { expected: verdict.expected });
  if (verdict.kind === 'refused') throw new Error(JSON.stringify(verdict));
  const { acked, head } = verdict;
  const results = verdict.kind === 'held' ? [] : verdict.results;
  return { acked, head, results, centreTime: new Date().toISOString(), ...(verdict.kind === 'held' && { held: true }) };
}

/** One op a push. */
const run = (pace?: Pace) => pushAll(fixture.store, line.api, () => {}, pace, 1);

/** All of it is at the centre once, and here it is known that it is. */
async function expectAllThere(): Promise<void> {
  expect(fixture.store.delivery.progress().acked).toBe(CASES);
  await centre.intake.judgeAll();
  expect(centre.store.stats().ops).toBe(CASES);
  expect(centre.store.chains.findHead(fixture.store.ledger.device, 1)?.seq).toBe(CASES);
}

const numbers = (first: number, last = CASES) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

it('once the centre holds what comes, three pushes are on the line at a time, in their order', async () => {
  await run();
  expect(line.sent).toEqual(numbers(1));
  expect(line.most).toBe(3);
  expect(fixture.store.delivery.counts()).toMatchObject({ waitingOps: 0, heldOps: CASES });
  await expectAllThere();
});

it('who judges at once gets one push at a time', async () => {
  line.holds = false;
  await run();
  expect(line.sent).toEqual(numbers(1));
  expect(line.most).toBe(1);
  await expectAllThere();
});

it('together they are no more than one push may carry: who comes in between waits no longer for three than for one', async () => {
  await run(SLOW_LINE);
  expect(line.most).toBe(1);
  await expectAllThere();
});

it('one that overtook another is sent again after it, and from then on they go one by one', async () => {
  const third = Promise.withResolvers<void>();
  line.carry = async (seq, deliver) => {
    if (seq === 2) await third.promise;
    const answer = deliver();
    if (seq === 3) void answer.catch(() => {}).then(() => third.resolve());
    return answer;
  };
  await run();
  expect(line.sent).toEqual([1, 2, 3, 4, 5, ...numbers(3)]);
  await expectAllThere();
});

it('when an answer is lost, nothing counts that came after it, and the next run begins there', async () => {
  line.carry = async (seq, deliver) => {
    const answer = await deliver();
    if (seq === 3) throw new CentreError('offline', 'no answer');
    return answer;
  };
  await expect(run()).rejects.toMatchObject({ kind: 'offline' });
  expect(fixture.store.delivery.progress().acked).toBe(2);
  line.carry = (_seq, deliver) => deliver();
  line.sent.length = 0;
  await run();
  expect(line.sent[0]).toBe(3);
  await expectAllThere();
});

it('a centre that lost what it held meanwhile gets it again', async () => {
  let isLost = false;
  line.carry = async (seq, deliver) => {
    // It was put back to before the first push, between two of them.
    if (seq === 6 && !isLost) {
      isLost = true;
      centre.dispose();
      centre = openTestIngest();
    }
    return deliver();
  };
  await run();
  await expectAllThere();
});
