import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OfficeAdvance } from '../../contract/office.ts';
import { desk, startTestOffice } from '../../tests/fixtures/office.ts';

/** What a hostile or faulty terminal may send, and the centre does not believe. */

let office: Awaited<ReturnType<typeof startTestOffice>>;
beforeEach(async () => {
  office = await startTestOffice();
});
afterEach(() => office.dispose());

const book = (caseId: string) =>
  office.advance(caseId, desk('BOOK'), {
    transition: 'T27',
    data: { certificates: [{ kind: 'proof', holders: ['张三'] }] },
  });

describe('the fee lane', () => {
  const FREE = { name: '不动产登记费', class: 'F1', count: 1, unitFen: 8000, reducedFen: 8000 };
  it.each([
    ['no line at all', { lines: [], payer: '张三' }],
    ['a price of its own', { lines: [{ ...FREE, unitFen: 100, reducedFen: 0 }], payer: '张三' }],
    ['a reduction without a reason', { lines: [FREE], payer: '张三' }],
    ['a reason from no list', { lines: [{ ...FREE, reason: '熟人' }], payer: '张三' }],
    ['a reduction that its reason does not give', { lines: [{ ...FREE, class: 'F0' }], payer: '张三' }],
  ])('does not end with %s', async (_what, fee) => {
    const caseId = await office.accept();
    await office.lane(caseId, desk('FEE'), { lane: 'FEE', event: 'claim' });
    const { version } = await office.read(caseId);
    expect(await office.lane(caseId, desk('FEE'), { lane: 'FEE', event: 'done', fee })).toBe('fee-wrong');
    expect(await office.lane(caseId, desk('FEE'), { lane: 'FEE', event: 'done' })).toBe('fee-wrong');
    expect((await office.read(caseId)).version).toBe(version);
    const right = await office.exemptFee(caseId);
    expect(await office.lane(caseId, desk('FEE'), { lane: 'FEE', event: 'done', fee: right })).toBe(200);
  });
});

describe('a loan and its mortgage', () => {
  const payOut = (loan: string, linkedCaseId?: string) =>
    office.advance(loan, desk('FEE'), { transition: 'T45', data: { note: '已放款', linkedCaseId } });
  const acceptFor = async (loan: string): Promise<string> => {
    const { number } = (await office.read(loan)).acceptance;
    const op = office.terminal.maker.acceptCase({ itemCode: 'A05', link: { caseId: loan, number } });
    await office.terminal.push(office.terminal.maker.ops.slice(-1));
    return op.stream.slice('case:'.length);
  };

  it('is paid out when the mortgage that names it is booked, which the centre finds by itself', async () => {
    const loan = await office.accept('P02');
    await office.approve(loan);
    expect(await payOut(loan)).toBe('linked-case-open');
    const mortgage = await acceptFor(loan);
    await office.approve(mortgage);
    expect(await payOut(loan)).toBe('linked-case-open');
    expect(await book(mortgage)).toBe(200);
    // The loan's own id and a stranger's are not what it was paid out on.
    expect(await payOut(loan, loan)).toBe('linked-case-open');
    expect(await payOut(loan, await office.accept())).toBe('linked-case-open');
    expect(await payOut(loan)).toBe(200);
    const { rows } = await office.terminal.pull(`case:${loan}`);
    const { body } = rows.findLast(({ op }) => op.kind === 'case.advanced')?.op ?? {};
    expect(body).toEqual({ transition: 'T45', data: { note: '已放款', linkedCaseId: mortgage } });
  });

  it('is not paid out on the booked mortgage of another loan', async () => {
    const [loan, other] = [await office.accept('P03'), await office.accept('P03')];
    await office.approve(loan);
    const mortgage = await acceptFor(other);
    await office.approve(mortgage);
    await book(mortgage);
    expect(await payOut(loan)).toBe('linked-case-open');
    expect(await payOut(loan, mortgage)).toBe('linked-case-open');
  });
});

describe('a spoiled blank', () => {
  const D = (number: number) => `Z${22_000_000_000 + number}`;
  const spoil = (witness: string): OfficeAdvance => ({
    transition: 'T30',
    data: { blank: D(1), reason: 'jam', note: '', witness },
  });

  async function printing(): Promise<string> {
    await office.blanks(desk('SUP'), { kind: 'receive', form: 'proof', first: D(1), count: 50 });
    await office.blanks(desk('SUP'), { kind: 'assign', from: D(1), count: 50, window: 'W07' });
    const caseId = await office.accept();
    await office.approve(caseId);
    await book(caseId);
    const number = (await office.read(caseId)).certificates[0]?.number ?? '';
    const blanks = [{ number, blank: D(1) }];
    expect(await office.advance(caseId, desk('PRT'), { transition: 'T28', data: { blanks } })).toBe(200);
    return caseId;
  }

  it('needs a second person who is in service, whoever says so', async () => {
    const caseId = await printing();
    const gone = { number: '3999', name: '离职示例', roles: ['QC' as const], password: 'example-pass', active: false };
    await office.centre.upsertStaff(gone);
    expect(await office.advance(caseId, desk('PRT'), spoil('4711'))).toBe('witness-unknown');
    expect(await office.advance(caseId, desk('PRT'), spoil('3999'))).toBe('witness-unknown');
    expect(await office.advance(caseId, desk('PRT'), spoil(desk('PRT')))).toBe('two-person');

    // The same from a terminal that claims to have been offline.
    const { maker } = office.terminal;
    const { version } = await office.read(caseId);
    const forge = (actor: string, witness: string) =>
      maker.makeAny('case.advanced', `case:${caseId}`, { ...spoil(witness) }, { baseVersion: version, actor });
    const before = maker.ops.length;
    forge(desk('PRT'), '4711');
    forge(desk('PRT'), '3999');
    forge(desk('PRT'), desk('PRT'));
    forge(desk('WIN'), desk('QC'));
    forge('4711', desk('QC'));
    const { results } = await office.terminal.push(maker.ops.slice(before));
    expect(results.map(({ code }) => code)).toEqual([
      'witness-unknown',
      'witness-unknown',
      'two-person',
      'forbidden',
      'forbidden',
    ]);
    expect((await office.read(caseId)).version).toBe(version);
    forge(desk('PRT'), desk('QC'));
    expect((await office.terminal.push(maker.ops.slice(-1))).results).toMatchObject([{ outcome: 'applied' }]);
  });
});

describe('a terminal’s own ops', () => {
  it('are refused when the role does not fit the step, though tier, hall and table do', async () => {
    const caseId = await office.accept();
    const { maker } = office.terminal;
    const { version, acceptance } = await office.read(caseId);
    const signed = acceptance.parties.map(({ name }) => name);
    const withdraw = { transition: 'T40', data: { reason: '申请人撤回', signed } };
    const before = maker.ops.length;
    for (const actor of [desk('APP'), desk('ADM'), desk('AUD'), '4711', 'system']) {
      maker.makeAny('case.advanced', `case:${caseId}`, withdraw, { baseVersion: version, actor });
    }
    const { results } = await office.terminal.push(maker.ops.slice(before));
    expect([...new Set(results.map(({ code }) => code))]).toEqual(['forbidden']);
    expect((await office.read(caseId)).version).toBe(version);
    maker.makeAny('case.advanced', `case:${caseId}`, withdraw, { baseVersion: version, actor: desk('WIN') });
    expect((await office.terminal.push(maker.ops.slice(-1))).results).toMatchObject([{ outcome: 'applied' }]);
  });

  it('go on with a case only at its own window, until a supervisor has moved it', async () => {
    const caseId = await office.accept();
    const other = await office.enrol({ name: 'b', terminal: '08' });
    const signed = (await office.read(caseId)).acceptance.parties.map(({ name }) => name);
    const withdraw = async (at: typeof other) => {
      const baseVersion = (await office.read(caseId)).version;
      const body = { transition: 'T40', data: { reason: '申请人撤回', signed } };
      at.maker.makeAny('case.advanced', `case:${caseId}`, body, { baseVersion, actor: desk('WIN') });
      return (await at.push(at.maker.ops.slice(-1))).results[0]?.code;
    };
    expect(await withdraw(other)).toBe('not-owner');
    const take = { kind: 'take', take: { window: 'W08', reason: '原窗口停用' } } as const;
    const { version } = await office.read(caseId);
    expect(await office.act(caseId, desk('WIN'), version, take)).toBe('forbidden');
    expect(await office.act(caseId, desk('SUP'), version, take)).toBe(200);
    expect(await office.act(caseId, desk('SUP'), version + 1, take)).toBe('illegal-transition');
    expect((await office.read(caseId)).owner).toEqual({ window: 'W08', fence: 2 });
    expect(await withdraw(office.terminal)).toBe('not-owner');
    expect(await withdraw(other)).toBeNull();
  });

  it('do not name one clerk and sign with another, nor with somebody who takes in nothing', async () => {
    const { maker } = office.terminal;
    const before = maker.ops.length;
    const clerk = (id: string) => ({ clerk: { id, name: '示例' } });
    const stream = 'case:00000000-0000-7000-8000-0000000000a1';
    const { body } = maker.acceptCase();
    for (const [id, actor] of [
      ['1001', desk('WIN')],
      [desk('APP'), desk('APP')],
    ] as const) {
      maker.makeAny(
        'case.accepted',
        stream,
        { ...body, ...clerk(id), number: '20261123079999' },
        { baseVersion: 0, actor },
      );
    }
    const { results } = await office.terminal.push(maker.ops.slice(before));
    expect(results.map(({ code }) => code)).toEqual([null, 'forbidden', 'forbidden']);
  });
});
