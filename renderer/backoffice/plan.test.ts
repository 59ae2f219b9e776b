import { describe, expect, test } from 'vitest';
import type { CaseRecord } from '../../domain/case/types.ts';
import { buildCertificateContent } from '../../domain/certificate/content.ts';
import { acceptedCase, lane, settleLanes, step, WALKER_STAFF } from '../../tests/fixtures/caseWalker.ts';
import { LANE_FACES } from './lanes/faces.ts';
import type { LaneInput } from './lanes/lane.ts';
import { type Doing, standingOf, type Worker, whyNot } from './plan.ts';
import type { Form } from './workList.ts';

const { REV1, REV2, APP, BOOK, PRT, QC } = WALKER_STAFF;
const TODAY = '2026-11-23';
const worker = (actor: string, roles: Worker['roles'], mayReach = true): Worker => ({
  actor,
  roles,
  at: `${TODAY}T04:00:00.000Z`,
  mayReach,
});

type More = Partial<Pick<LaneInput, 'linked' | 'printed'>>;
const NOTHING = { linked: [], printed: [], today: TODAY, marked: 1 };

const planFor = (record: CaseRecord, name: keyof typeof LANE_FACES, form: Form = {}, more: More = {}) =>
  LANE_FACES[name].plan({
    ...NOTHING,
    ...more,
    record: { ...record, slips: [] },
    task: record.lanes[name],
    form,
  });

function why(
  record: CaseRecord,
  name: keyof typeof LANE_FACES,
  who: Worker,
  form: Form = {},
  more: More = {},
): string | null {
  const { done } = planFor(record, name, form, more);
  if (!done) return 'nothing to do';
  return whyNot(done, standingOf({ ...record, slips: [] }, name, who), name, who);
}

const dispatched = step(acceptedCase('A05'), 'T14', 'system', 1);
const claimed = lane(dispatched, { lane: 'REV1', event: 'claim' }, 2);
const ALL_YES = { exists: 'yes', sealed: 'yes', disputed: 'yes', mortgaged: 'yes' };

describe('what keeps a person from an act', () => {
  test('a free task is claimed first, and not while the centre is away', () => {
    expect(standingOf({ ...dispatched, slips: [] }, 'REV1', worker(REV1, ['REV1'])).canClaim).toBe(true);
    expect(why(dispatched, 'REV1', worker(REV1, ['REV1']), ALL_YES)).toBe('先领取，再办理');
    expect(why(dispatched, 'REV1', worker(REV1, ['REV1'], false), ALL_YES)).toMatch('须联网');
  });

  test('a task of somebody else is theirs', () => {
    const standing = standingOf({ ...claimed, slips: [] }, 'REV1', worker('2099', ['REV1']));
    expect(standing).toMatchObject({ canClaim: false, isTaken: true });
    expect(why(claimed, 'REV1', worker('2099', ['REV1']), ALL_YES)).toBe('这项任务已由别人领取，未作任何更改。');
  });

  test('the register check wants all four answers, and an own opinion when one is no', () => {
    const me = worker(REV1, ['REV1']);
    expect(why(claimed, 'REV1', me, { exists: 'yes' })).toBe('请逐项核查登记簿');
    expect(why(claimed, 'REV1', me, { ...ALL_YES, sealed: 'no' })).toMatch('有不符的项');
    expect(why(claimed, 'REV1', me, { ...ALL_YES, sealed: 'no', opinion: '已解封，待更新' })).toBeNull();
    expect(why(claimed, 'REV1', me, ALL_YES)).toBeNull();
  });

  test('the approver did not accept, the checker did not print', () => {
    const reviewed = step(settleLanes(dispatched, 4), 'T23', REV2, 6);
    const clerk = reviewed.acceptance.clerk.id;
    const taken = (actor: string) => lane(reviewed, { lane: 'APP', event: 'claim' }, 7, actor);
    expect(why(taken(clerk), 'APP', worker(clerk, ['APP']))).toMatch('另一位工作人员');
    expect(why(taken(APP), 'APP', worker(APP, ['APP']))).toBeNull();
  });
});

describe('printing and checking', () => {
  const free = { ...step(step(settleLanes(dispatched, 4), 'T23', REV2, 6), 'T24', APP, 7), fee: null };
  const booked = step(free, 'T27', BOOK, 8);
  const [certificate] = booked.certificates;
  const key = `blank.${certificate?.number}`;
  const printer = worker(PRT, ['PRT']);
  const mine = lane(booked, { lane: 'PRT', event: 'claim' }, 9);

  test('every certificate has a blank of its own, in the right form', () => {
    expect(why(mine, 'PRT', printer)).toMatch('印制号');
    expect(why(mine, 'PRT', printer, { [key]: 'D2200' })).toMatch('1 个字母加 11 位数字');
    expect(why(mine, 'PRT', printer, { [key]: 'd22000000001' })).toBeNull();
    const how = planFor(mine, 'PRT', { [key]: 'd22000000001' }).done?.how;
    expect(how).toMatchObject({ change: { advance: { data: { blanks: [{ blank: 'D22000000001' }] } } } });
  });

  const checking = lane(step(step(mine, 'T28', PRT, 10), 'T29', PRT, 11), { lane: 'QC', event: 'claim' }, 12);
  const [sheet] = checking.certificates;
  const blank = sheet?.blank ?? '';
  const scan = `scan.${certificate?.number}`;
  const checker = worker(QC, ['QC']);

  test('the check needs the serial off the paper and a tick for every row that nothing recorded', () => {
    expect(why(checking, 'QC', checker)).toBe('请扫证书上的印制号');
    expect(why(checking, 'QC', checker, { [scan]: 'D99999999999' })).toMatch('不同');
    expect(why(checking, 'QC', checker, { [scan]: blank })).toMatch(/还有 \d+ 项没有核对/);
    const ticks = Object.fromEntries(
      ['number', 'right', 'holder', 'obligor', 'location', 'unit', 'other', 'remark', 'date', 'seal'].map((field) => [
        `ok.${certificate?.number}.${field}`,
        'yes',
      ]),
    );
    expect(why(checking, 'QC', checker, { [scan]: blank, ...ticks })).toBeNull();
  });

  test('what was recorded at the printer is compared with the register: equal needs no tick, different stops it', () => {
    if (!sheet) throw new Error('no certificate');
    const content = buildCertificateContent(checking, sheet);
    const seal = { [scan]: blank, [`ok.${sheet.number}.seal`]: 'yes' };
    const printed = [{ certificate: sheet.number, blank, content }];
    expect(why(checking, 'QC', checker, { [scan]: blank }, { printed })).toMatch('还有 1 项');
    expect(why(checking, 'QC', checker, seal, { printed })).toBeNull();
    // Of a sheet that was spoiled since, nothing stands on this one.
    expect(
      why(checking, 'QC', checker, seal, { printed: [{ certificate: sheet.number, blank: 'D99999999999', content }] }),
    ).toMatch('还有');
    const rows = content.rows.map((row) => (row.key === 'holder' ? { ...row, value: '别的银行' } : row));
    const wrong = [{ certificate: sheet.number, blank, content: { ...content, rows } }];
    expect(why(checking, 'QC', checker, seal, { printed: wrong })).toBe(
      '权利人（申请人）与登记簿不一致，请按质检不合格退回',
    );
    const ticked = { ...seal, [`ok.${sheet.number}.holder`]: 'yes' };
    expect(why(checking, 'QC', checker, ticked, { printed: wrong })).toMatch('与登记簿不一致');
  });

  test('while the centre is away a print that came out may be told, an entry may not be made', () => {
    const away = worker(PRT, ['PRT'], false);
    expect(why(step(mine, 'T28', PRT, 10), 'PRT', away)).toBeNull();
    const booking = lane(free, { lane: 'BOOK', event: 'claim' }, 8);
    expect(why(booking, 'BOOK', worker(BOOK, ['BOOK'], false))).toMatch('须联网');
  });
});

describe('a loan of the provident fund', () => {
  const reviewed = step(settleLanes(step(acceptedCase('P02'), 'T14', 'system', 1), 2), 'T23', REV2, 3);
  const approved = step(reviewed, 'T24', APP, 4);
  const payer = worker(WALKER_STAFF.FEE, ['FEE']);
  const mortgage = { id: 'm', number: '20261123070001', itemName: '一般抵押', state: '已受理', booked: false };

  test('is paid out when its mortgage stands in the register, and the centre finds which one', () => {
    const note = { note: '已放款' };
    expect(why(approved, 'FEE', payer, note)).toMatch('还没有登簿');
    expect(why(approved, 'FEE', payer, note, { linked: [mortgage] })).toMatch('还没有登簿');
    const linked = [mortgage, { ...mortgage, id: 'n', booked: true }];
    expect(why(approved, 'FEE', payer, {}, { linked })).toMatch('放款说明');
    expect(why(approved, 'FEE', payer, note, { linked })).toBeNull();
    const how = planFor(approved, 'FEE', note, { linked }).done?.how;
    expect(how).toEqual({
      change: { kind: 'advance', advance: { transition: 'T45', data: { note: '已放款' } } },
    });
  });

  test('without a house behind it waits for no mortgage', () => {
    const withdrawal = step(settleLanes(step(acceptedCase('W01'), 'T14', 'system', 1), 2), 'T23', REV2, 3);
    expect(why(step(withdrawal, 'T24', APP, 4), 'FEE', payer, { note: '已支付' })).toBeNull();
  });
});

test('every lane has a face, and a plan in each state it is open in', () => {
  for (const [name, face] of Object.entries(LANE_FACES)) {
    const plan = face.plan({
      ...NOTHING,
      record: { ...dispatched, slips: [] },
      task: dispatched.lanes.TAX,
      form: {},
    });
    const offered: Doing[] = [plan.done, plan.back, ...plan.more].filter((each) => each !== null);
    expect(offered.length, name).toBeGreaterThan(0);
  }
});
