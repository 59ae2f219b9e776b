import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { desk, startTestOffice } from '../../tests/fixtures/office.ts';

const SUP = desk('SUP');
const WIN = desk('WIN');
const PRT = desk('PRT');
const D = (number: number) => `D${22_000_000_000 + number}`;
const DAY = 24 * 3_600_000;

let now: number;
let office: Awaited<ReturnType<typeof startTestOffice>>;
beforeEach(async () => {
  now = Date.parse('2026-11-23T01:00:00Z');
  office = await startTestOffice({ now: () => now });
});
afterEach(() => office.dispose());

const receive = (first: string, count: number, form: 'certificate' | 'proof' = 'certificate') =>
  office.blanks(SUP, { kind: 'receive', form, first, count });
const assign = (from: string, count: number, window = 'W07') =>
  office.blanks(SUP, { kind: 'assign', from, count, window });
const spoil = (serial: string, actor = WIN, witness = PRT) =>
  office.blanks(actor, { kind: 'spoil', serial, reason: 'jam', witness, note: '' });

async function print(caseId: string, blank: string) {
  const number = (await office.read(caseId)).certificates[0]?.number ?? '';
  return office.advance(caseId, PRT, { transition: 'T28', data: { blanks: [{ number, blank }] } });
}

const count = (day: string, form: 'certificate' | 'proof', counted: number, papersCounted: number) =>
  office.blanks(PRT, { kind: 'count', window: 'W07', day, form, counted, papersCounted, witness: WIN, note: '' });

describe('custody at the centre', () => {
  it('takes a serial once, over all packs and halls', async () => {
    expect(await receive(D(1), 250)).toBe(200);
    for (const [first, length] of [
      [D(1), 1],
      [D(250), 1],
      [D(100), 5],
      [D(240), 100],
    ] as const) {
      expect(await receive(first, length), first).toBe('blank-known');
    }
    // Reaches over the whole of a pack that begins and ends inside it.
    expect(await receive(D(400), 10)).toBe(200);
    expect(await receive(D(300), 500)).toBe('blank-known');
    expect(await receive(D(251), 49)).toBe(200);
    expect(await receive('Z22000000001', 10, 'proof')).toBe(200);

    const branch = await office.enrol({ name: 'c', terminal: '41', hall: 'branch' });
    await office.centre.upsertStaff({
      hall: 'branch',
      number: '9001',
      name: '示例',
      roles: ['SUP'],
      password: 'x-pass',
    });
    const there = (first: string) =>
      office.blanks('9001', { kind: 'receive', form: 'certificate', first, count: 1 }, { token: branch.token });
    expect(await there(D(5))).toBe('blank-known');
    expect(await there(D(5000))).toBe(200);
    expect(await assign(D(5000), 1)).toBe('blank-unknown');
  });

  it('moves a run over several packs whole or not at all, and the same command once', async () => {
    await receive(D(1), 250);
    expect(await assign(D(90), 150)).toBe(200);
    expect(await assign(D(80), 20)).toBe('blank-not-in-store');
    expect(await assign(D(245), 10)).toBe('blank-unknown');
    const commandId = '0198a000-0000-7000-8000-00000000b1a7';
    const command = { kind: 'assign', from: D(1), count: 80, window: 'W03' } as const;
    expect(await office.blanks(SUP, command, { commandId })).toBe(200);
    expect(await office.blanks(SUP, command, { commandId })).toBe(200);
    expect(await office.blanks(SUP, command)).toBe('blank-not-in-store');
  });

  it('is for the supervisor, or for two people and their own drawer', async () => {
    await receive(D(1), 20);
    await assign(D(1), 5);
    await assign(D(6), 5, 'W03');
    for (const role of ['WIN', 'PRT', 'REV1', 'ADM'] as const) {
      const first = { kind: 'receive', form: 'certificate', first: D(900), count: 1 } as const;
      expect(await office.blanks(desk(role), first)).toBe('forbidden');
    }
    expect(await spoil(D(1), desk('QC'))).toBe('forbidden');
    expect(await spoil(D(1), WIN, WIN)).toBe('two-person');
    expect(await spoil(D(1), WIN, '0000')).toBe('witness-unknown');
    expect(await spoil(D(6))).toBe('blank-other-window');
    expect(await spoil(D(11))).toBe('blank-not-assigned');
    expect(await spoil(D(99))).toBe('blank-unknown');
    expect(await spoil(D(1))).toBe(200);
    expect(await spoil(D(6), SUP)).toBe(200);
    expect(await office.blanks(WIN, { kind: 'restore', serial: D(1), note: '认错号' })).toBe('forbidden');
    expect(await office.blanks(SUP, { kind: 'restore', serial: D(1), note: '认错号' })).toBe(200);
    const other = { kind: 'count', window: 'W03', day: '2026-11-23', form: 'certificate', counted: 4 } as const;
    expect(await office.blanks(WIN, { ...other, papersCounted: 1, witness: PRT })).toBe('forbidden');
    const tomorrow = { ...other, window: 'W07', day: '2026-11-24', papersCounted: 0, witness: PRT };
    expect(await office.blanks(WIN, tomorrow)).toBe('not-yet');
  });
});

describe('printing', () => {
  beforeEach(async () => {
    await receive(D(1), 20);
    await receive('Z22000000001', 10, 'proof');
    await assign(D(1), 5);
    await assign('Z22000000001', 5);
    await assign(D(6), 5, 'W03');
  });

  it('has a different answer for each thing that can be wrong with a blank, and binds a good one', async () => {
    const caseId = await office.acceptAndBook();
    await spoil(D(2));
    expect(await print(caseId, D(99))).toBe('blank-unknown');
    expect(await print(caseId, D(2))).toBe('blank-used');
    expect(await print(caseId, D(6))).toBe('blank-other-window');
    expect(await print(caseId, D(11))).toBe('blank-not-assigned');
    expect(await print(caseId, 'Z22000000001')).toBe('blank-wrong-form');
    expect((await office.read(caseId)).state).toBe('BOOKED');
    expect(await print(caseId, D(1))).toBe(200);
    expect((await office.read(caseId)).certificates[0]?.blank).toBe(D(1));
    expect(await print(await office.acceptAndBook(), D(1))).toBe('blank-used');
    for (const move of [
      assign(D(1), 1),
      spoil(D(1)),
      office.blanks(SUP, { kind: 'lost', serial: D(1), witness: WIN, note: 'x' }),
    ]) {
      expect(await move).not.toBe(200);
    }
  });

  it('never reuses a blank that its case spoiled, and lets only such a one be destroyed', async () => {
    const caseId = await office.acceptAndBook();
    const destroy = () => office.blanks(SUP, { kind: 'destroy', from: D(1), count: 1, witness: WIN });
    expect(await print(caseId, D(1))).toBe(200);
    expect(await destroy()).toBe('blank-used');
    const spoiled = { blank: D(1), reason: 'jam', note: '', witness: WIN } as const;
    expect(await office.advance(caseId, PRT, { transition: 'T30', data: spoiled })).toBe(200);
    expect(await print(caseId, D(1))).toBe('blank-used');
    expect(await print(caseId, D(2))).toBe(200);
    expect(await destroy()).toBe(200);
  });

  it('waits until the last day with prints is counted and what does not fit is signed', async () => {
    const cases = [await office.acceptAndBook(), await office.acceptAndBook(), await office.acceptAndBook()];
    const [first = '', second = '', third = ''] = cases;
    expect(await print(first, D(1))).toBe(200);
    const spoiled = { blank: D(1), reason: 'jam', note: '', witness: WIN } as const;
    await office.advance(first, PRT, { transition: 'T30', data: spoiled });
    expect(await print(first, D(2))).toBe(200);
    // Some days without work in between.
    now += 4 * DAY;
    expect(await print(second, D(3))).toBe('blank-balance-open');
    expect(await count('2026-11-23', 'certificate', 2, 1)).toBe(200);
    expect(await print(second, D(3))).toBe('blank-balance-open');
    // Counted again, all there: 5 assigned, 2 gone, one of them a spoiled paper.
    expect(await count('2026-11-23', 'certificate', 3, 0)).toBe(200);
    expect(await print(second, D(3))).toBe('blank-balance-open');
    expect(await count('2026-11-23', 'certificate', 3, 1)).toBe(200);
    expect(await print(second, D(3))).toBe(200);

    // Counted too early: the print after it opens the day again.
    expect(await count('2026-11-27', 'certificate', 2, 0)).toBe(200);
    const fourth = await office.acceptAndBook();
    expect(await print(fourth, D(4))).toBe(200);
    now += DAY;
    expect(await print(third, D(5))).toBe('blank-balance-open');
    expect(await count('2026-11-27', 'certificate', 0, 0)).toBe(200);
    expect(await print(third, D(5))).toBe('blank-balance-open');
    const { rows } = await office.terminal.pull('hall:main', 0, 1000);
    const closed = rows.map(({ op }) => op).findLast((op) => op.kind === 'count.closed');
    expect(closed?.body).toMatchObject({ counted: 0, expected: 1, difference: -1, papersExpected: 0 });
    const id = closed?.stream.slice('count:'.length) ?? '';
    expect(await office.blanks(WIN, { kind: 'sign', count: id, note: '已查' })).toBe('forbidden');
    expect(await office.blanks(SUP, { kind: 'sign', count: cases[0] ?? '', note: '已查' })).toBe('count-not-found');
    expect(await office.blanks(SUP, { kind: 'sign', count: id, note: '已查' })).toBe(200);
    expect(await print(third, D(5))).toBe(200);
  });

  it('binds a blank to one case when 200 requests for 20 cases come at once from two machines of a window', async () => {
    const second = await office.enrol({ name: 'b', terminal: '07' });
    const asked = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const caseId = await office.acceptAndBook('A05', [{ kind: 'proof', holders: ['张三'] }]);
        const { version, certificates } = await office.read(caseId);
        return { caseId, version, number: certificates[0]?.number ?? '' };
      }),
    );
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, round) =>
        asked.map(({ caseId, version, number }) => {
          const data = { blanks: [{ number, blank: 'Z22000000003' }] };
          const change = { kind: 'advance', advance: { transition: 'T28', data } } as const;
          const token = round % 2 === 0 ? office.terminal.token : second.token;
          return office.act(caseId, PRT, version, change, undefined, token);
        }),
      ).flat(),
    );
    const tally = (answer: string | number) => answers.filter((each) => each === answer).length;
    // The nine other requests for the lucky case come too late for its version.
    expect([tally(200), tally('stale-version'), tally('blank-used')]).toEqual([1, 9, 190]);
    const states = await Promise.all(asked.map(async ({ caseId }) => (await office.read(caseId)).state));
    expect(states.filter((state) => state === 'PRINTING')).toHaveLength(1);
  }, 60_000);
});

it('no terminal moves blanks by itself', async () => {
  await receive(D(1), 10);
  const { maker } = office.terminal;
  maker.make('blanks.received', 'blanks:0198a000-0000-7000-8000-0000000000b1', {
    form: 'certificate',
    first: D(500),
    count: 10,
  });
  const { results } = await office.terminal.push();
  expect(results).toMatchObject([{ outcome: 'rejected', code: 'forbidden' }]);
});
