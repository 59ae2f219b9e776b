import { describe, expect, test } from 'vitest';
import type { CaseRecord } from '../../domain/case/types.ts';
import { acceptedCase, lane, settleLanes, step, WALKER_STAFF } from '../../tests/fixtures/caseWalker.ts';
import { LANE_FACES } from './lanes/faces.ts';
import { type Doing, standingOf, type Worker, whyNot } from './plan.ts';
import type { Form } from './workList.ts';

const { REV1, REV2, APP, BOOK, PRT, QC } = WALKER_STAFF;
const TODAY = '2026-11-23';
const worker = (actor: string, roles: Worker['roles'], isOnline = true): Worker => ({
  actor,
  roles,
  at: `${TODAY}T04:00:00.000Z`,
  isOnline,
});

const planFor = (record: CaseRecord, name: keyof typeof LANE_FACES, form: Form = {}) =>
  LANE_FACES[name].plan({ record: { ...record, slips: [] }, task: record.lanes[name], form, today: TODAY, marked: 1 });

function why(record: CaseRecord, name: keyof typeof LANE_FACES, who: Worker, form: Form = {}): string | null {
  const { done } = planFor(record, name, form);
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

  test('the check needs the serial off the paper and a tick for every field', () => {
    const printed = step(step(mine, 'T28', PRT, 10), 'T29', PRT, 11);
    const checking = lane(printed, { lane: 'QC', event: 'claim' }, 12);
    const blank = checking.certificates[0]?.blank ?? '';
    const scan = `scan.${certificate?.number}`;
    const checker = worker(QC, ['QC']);
    expect(why(checking, 'QC', checker)).toBe('请扫证书上的印制号');
    expect(why(checking, 'QC', checker, { [scan]: 'D99999999999' })).toMatch('不同');
    expect(why(checking, 'QC', checker, { [scan]: blank })).toMatch(/还有 \d 项没有核对/);
    const ticks = Object.fromEntries(
      ['number', 'holders', 'location', 'unit', 'item', 'date', 'seal'].map((field) => [
        `ok.${certificate?.number}.${field}`,
        'yes',
      ]),
    );
    expect(why(checking, 'QC', checker, { [scan]: blank, ...ticks })).toBeNull();
  });

  test('while the centre is away a print that came out may be told, an entry may not be made', () => {
    const away = worker(PRT, ['PRT'], false);
    expect(why(step(mine, 'T28', PRT, 10), 'PRT', away)).toBeNull();
    const booking = lane(free, { lane: 'BOOK', event: 'claim' }, 8);
    expect(why(booking, 'BOOK', worker(BOOK, ['BOOK'], false))).toMatch('须联网');
  });
});

test('every lane has a face, and a plan in each state it is open in', () => {
  for (const [name, face] of Object.entries(LANE_FACES)) {
    const plan = face.plan({
      record: { ...dispatched, slips: [] },
      task: dispatched.lanes.TAX,
      form: {},
      today: TODAY,
      marked: 1,
    });
    const offered: Doing[] = [plan.done, plan.back, ...plan.more].filter((each) => each !== null);
    expect(offered.length, name).toBeGreaterThan(0);
  }
});
