import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OfficeAdvance, OfficeChange } from '../../contract/office.ts';
import { LANE_CODES, LANES } from '../../domain/case/lanes.ts';
import { TRANSITIONS } from '../../domain/case/transitions.ts';
import { STAFF_ROLES, type StaffRole } from '../../domain/staff/roles.ts';
import { acceptedCase, dataFor } from '../../tests/fixtures/caseWalker.ts';
import { desk, startTestOffice } from '../../tests/fixtures/office.ts';
import { OpMaker } from '../../tests/fixtures/opMaker.ts';

const ROLES = Object.keys(STAFF_ROLES) as StaffRole[];

/** Everything a person may ask for, with data of the right shape. */
const ASKED: OfficeAdvance[] = (
  'T11 T12 T15 T16 T17 T18 T20 T21 T22 T23 T24 T28 T29 T30 T31 T32 T33 T34 T35 T36 T37 T39 T40 T41 T45'.split(
    ' ',
  ) as Exclude<OfficeAdvance['transition'], 'T27'>[]
).map((transition) => {
  const blanks = { blanks: [{ number: '吉(2026)辽源市不动产证明第0000001号', blank: 'Z22000000001' }] };
  const data = transition === 'T28' ? blanks : dataFor(transition, acceptedCase());
  return { transition, data: 'witness' in data ? { ...data, witness: desk('SUP') } : data } as OfficeAdvance;
});
ASKED.push({ transition: 'T27', data: { certificates: [{ kind: 'proof', holders: ['张三'] }] } });

describe('acts at the centre', () => {
  let office: Awaited<ReturnType<typeof startTestOffice>>;
  beforeEach(async () => {
    office = await startTestOffice();
  });
  afterEach(() => office.dispose());

  const book = (caseId: string, kind: 'proof' | 'certificate' = 'proof') =>
    office.advance(caseId, desk('BOOK'), { transition: 'T27', data: { certificates: [{ kind, holders: ['张三'] }] } });

  it('dispatches a case the moment it arrives', async () => {
    const record = await office.read(await office.accept());
    expect(record).toMatchObject({
      state: 'PARALLEL',
      version: 2,
      lanes: {
        TAX: { state: 'SKIPPED' },
        FEE: { state: 'PENDING' },
        REV1: { state: 'PENDING' },
        REV2: { state: 'WAITING' },
      },
    });
  });

  it('lets nobody demand what the office obtains by data sharing', async () => {
    const caseId = await office.accept();
    const demand = (paper: { material?: string; text: string }) =>
      office.advance(caseId, desk('REV1'), {
        transition: 'T15',
        data: { missing: [{ ...paper, why: '未提交' }], deadline: '2099-12-07' },
      });
    expect(await demand({ material: 'M07', text: '完税凭证' })).toBe('material-not-demandable');
    expect(await demand({ text: '契税完税或减免税凭证' })).toBe('material-not-demandable');
    expect((await office.read(caseId)).state).toBe('PARALLEL');
    expect(await demand({ material: 'M09', text: '抵押合同' })).toBe(200);
  });

  it('lets every act be done by the roles of the table and by no other', async () => {
    const caseId = await office.accept();
    const { version } = await office.read(caseId);
    const changes: [readonly string[], OfficeChange][] = [
      ...ASKED.map((advance): [readonly string[], OfficeChange] => [
        TRANSITIONS[advance.transition].who,
        { kind: 'advance', advance },
      ]),
      ...LANE_CODES.map((lane): [readonly string[], OfficeChange] => [
        [LANES[lane].role],
        { kind: 'lane', change: { lane, event: 'unblock' } },
      ]),
    ];
    for (const [allowed, change] of changes) {
      for (const role of ROLES) {
        // On steps that the centre does not have nothing is done: who may gets as far as that, who may not does not.
        const answer = await office.act(caseId, desk(role), version + 50, change);
        expect(answer, `${JSON.stringify(change)} by ${role}`).toBe(
          allowed.includes(role) ? 'ahead-of-centre' : 'forbidden',
        );
      }
    }
    expect((await office.read(caseId)).version).toBe(version);
  });

  it('gives one yes to two who press at once, and does the same command once', async () => {
    const caseId = await office.accept();
    const { version } = await office.read(caseId);
    const claim: OfficeChange = { kind: 'lane', change: { lane: 'REV1', event: 'claim' } };
    const both = await Promise.all([
      office.act(caseId, desk('REV1'), version, claim),
      office.act(caseId, desk('REV1'), version, claim),
    ]);
    expect(both.sort()).toEqual([200, 'stale-version']);
    const again = '0198a000-0000-7000-8000-00000000c0de';
    const release: OfficeChange = { kind: 'lane', change: { lane: 'REV1', event: 'release' } };
    expect(await office.act(caseId, desk('REV1'), version + 1, release, again)).toBe(200);
    expect(await office.act(caseId, desk('REV1'), version + 1, release, again)).toBe(200);
    expect((await office.read(caseId)).version).toBe(version + 2);
  });

  it('gives certificate numbers in order, by kind, and none for a refused entry', async () => {
    const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
    const number = (kind: string, index: number) => `吉(${year})辽源市${kind}第${String(index).padStart(7, '0')}号`;
    const [first, second, third] = [await office.accept(), await office.accept(), await office.accept('C24')];
    expect(await book(first)).toBe('illegal-transition');
    for (const caseId of [first, second, third]) await office.approve(caseId);
    expect(await Promise.all([book(first), book(second)])).toEqual([200, 200]);
    expect(await book(third, 'certificate')).toBe(200);
    const numbers = await Promise.all(
      [first, second].map(async (id) => (await office.read(id)).certificates[0]?.number),
    );
    expect(numbers.sort()).toEqual([number('不动产证明', 1), number('不动产证明', 2)]);
    expect((await office.read(third)).certificates[0]?.number).toBe(number('不动产权', 1));
  });

  it('ends a case without output by itself', async () => {
    const caseId = await office.accept('A09');
    await office.approve(caseId);
    expect(await office.advance(caseId, desk('BOOK'), { transition: 'T27', data: { certificates: [] } })).toBe(200);
    expect((await office.read(caseId)).state).toBe('ISSUED');
  });

  it('waits for the fee by itself', async () => {
    const caseId = await office.accept();
    const lines = [{ name: '不动产登记费', class: 'F1', count: 1, unitFen: 8000, reducedFen: 0 }];
    await office.lane(caseId, desk('FEE'), { lane: 'FEE', event: 'claim' });
    await office.lane(caseId, desk('FEE'), { lane: 'FEE', event: 'done', fee: { lines, payer: '示例银行' } });
    await office.lane(caseId, desk('REV1'), { lane: 'REV1', event: 'claim' });
    await office.lane(caseId, desk('REV1'), { lane: 'REV1', event: 'done' });
    await office.advance(caseId, desk('REV2'), { transition: 'T23', data: { opinion: '同意' } });
    await office.advance(caseId, desk('APP'), { transition: 'T24', data: { opinion: '核准' } });
    expect((await office.read(caseId)).state).toBe('PAY_WAIT');
    expect(await book(caseId)).toBe('illegal-transition');
  });

  it('refuses steps of the register that a terminal claims to have done by itself', async () => {
    const caseId = await office.accept();
    const { maker } = office.terminal;
    const stream = `case:${caseId}`;
    const { version } = await office.read(caseId);
    for (const advance of ASKED) {
      if (TRANSITIONS[advance.transition].tier !== 'online') continue;
      maker.makeAny('case.advanced', stream, { ...advance }, { baseVersion: version });
    }
    maker.makeAny('case.lane', stream, { lane: 'REV1', event: 'claim' }, { baseVersion: version });
    const forged = maker.ops.slice(1);
    const { results } = await office.terminal.push(forged);
    expect(forged.length).toBeGreaterThan(12);
    // The entry as a terminal words it has no numbers: it is not even an op.
    expect([...new Set(results.map(({ code }) => code))].sort()).toEqual(['bad-body', 'forbidden']);
    expect((await office.read(caseId)).version).toBe(version);
  });

  it('does not know cases of other halls, and says no more than that', async () => {
    const foreign = await office.enrol({ name: 'c', terminal: '41', hall: 'branch' });
    const accepted = foreign.maker.acceptCase();
    await foreign.push();
    const claim: OfficeChange = { kind: 'lane', change: { lane: 'REV1', event: 'claim' } };
    expect(await office.act(accepted.stream.slice(5), desk('REV1'), 2, claim)).toBe('case-not-found');
    const unknown = new OpMaker({ name: 'z' }).acceptCase().stream.slice(5);
    expect(await office.act(unknown, desk('REV1'), 2, claim)).toBe('not-at-centre');
  });
});

describe('by the calendar', () => {
  it('ends a public notice on the day after its last, not before', async () => {
    let now = Date.parse('2026-11-23T02:00:00Z');
    const office = await startTestOffice({ now: () => now });
    try {
      const caseId = await office.accept('C24');
      await office.lane(caseId, desk('FEE'), { lane: 'FEE', event: 'claim' });
      const notice: OfficeAdvance = { transition: 'T18', data: { text: '拟登记公告', until: '2026-12-14' } };
      expect(await office.advance(caseId, desk('REV2'), notice)).toBe(200);
      for (const [day, state] of [
        ['2026-12-14T15:59:00Z', 'NOTICE'],
        ['2026-12-14T16:00:00Z', 'PARALLEL'],
      ] as const) {
        now = Date.parse(day);
        await office.centre.takeCalendarSteps();
        expect((await office.read(caseId)).state).toBe(state);
      }
    } finally {
      await office.dispose();
    }
  });
});
