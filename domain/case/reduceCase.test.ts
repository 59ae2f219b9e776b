import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  acceptedCase,
  advanceFor,
  everyChange,
  lane,
  minuteAt,
  paymentOf,
  settleLanes,
  step,
  WALKER_STAFF,
} from '../../tests/fixtures/caseWalker.ts';
import type { Advance, AdvanceId, LaneChange } from './advance.ts';
import { owedFen } from './guards.ts';
import { advanceCase, changeLane, enterPayment, openCase, type Stepped } from './reduceCase.ts';
import { CASE_STATES, ENDED_STATES } from './states.ts';
import { TRANSITIONS } from './transitions.ts';
import type { CaseRecord } from './types.ts';

const { WIN, REV1, REV2, APP, BOOK, PRT, QC, ARC, TAX } = WALKER_STAFF;

const refusalOf = (stepped: Stepped) => (stepped.ok ? 'applied' : stepped.code);
const attempt = (record: CaseRecord, transition: AdvanceId, actor: string, minutes = 60, data?: object) => {
  const advance = { ...advanceFor(transition, record), ...(data && { data }) } as Advance;
  return advanceCase(record, advance, { id: record.id, actor, at: minuteAt(minutes) });
};
const pay = (record: CaseRecord, minutes: number) => {
  const paid = enterPayment(record, paymentOf(record, minutes), {
    id: record.id,
    actor: 'system',
    at: minuteAt(minutes),
  });
  if (!paid.ok) throw new Error(paid.code);
  return paid.record;
};

/** A05 up to APPROVED with the fee assessed and not paid. */
function approved(itemCode = 'A05'): CaseRecord {
  let record = step(acceptedCase(itemCode), 'T14', 'system', 1);
  record = settleLanes(record, 5);
  record = step(record, 'T23', REV2, 15);
  return step(record, 'T24', APP, 20);
}

function booked(): CaseRecord {
  const paid = pay(approved(), 22);
  return step(paid, 'T27', BOOK, 25);
}

describe('the whole way of a mortgage', () => {
  test('acceptance, lanes, entry, print, check, pickup, hand-over, archive', () => {
    let record = booked();
    expect(record).toMatchObject({ state: 'BOOKED', bookedAt: minuteAt(25), certificates: [{ kind: 'proof' }] });
    expect(record.lanes.PRT.state).toBe('PENDING');
    record = step(record, 'T28', PRT, 26);
    record = step(record, 'T29', PRT, 28);
    expect(record.lanes).toMatchObject({ PRT: { state: 'DONE' }, QC: { state: 'PENDING' } });
    record = step(record, 'T31', QC, 30);
    record = step(record, 'T33', WIN, 31);
    record = step(record, 'T34', WIN, 33);
    expect(record.handover).toMatchObject({ by: WIN, receiver: { name: '张三' }, slipReturned: true });
    record = step(record, 'T39', ARC, 34);
    expect(record).toMatchObject({ state: 'ARCHIVED', archive: { list: '20261123-01' } });
    expect(record.history.map(({ step: name }) => name).filter((name) => name.startsWith('T'))).toEqual(
      'T11 T14 T23 T24 T27 T28 T29 T31 T33 T34 T39'.split(' '),
    );
  });

  test('an unpaid fee stops it before the entry, and the pause ends with the payment', () => {
    const waiting = step(approved(), 'T25', 'system', 20);
    expect(owedFen(waiting)).toBe(8000);
    expect(waiting.pauses).toMatchObject([{ kind: 'P4', from: minuteAt(20), to: null }]);
    expect(refusalOf(attempt(waiting, 'T26', 'system'))).toBe('fee-unpaid');
    expect(refusalOf(attempt(approved(), 'T27', BOOK))).toBe('fee-unpaid');
    const paid = step(pay(waiting, 30), 'T26', 'system', 30);
    expect(paid).toMatchObject({ state: 'APPROVED', pauses: [{ kind: 'P4', to: minuteAt(30) }] });
    expect(paid.lanes.BOOK.state).toBe('PENDING');
  });

  test('an item without output ends with the entry', () => {
    const record = pay(approved('A09'), 22);
    const entered = step(record, 'T27', BOOK, 25);
    expect(refusalOf(attempt(entered, 'T28', PRT))).toBe('no-output');
    expect(step(entered, 'T38', 'system', 25)).toMatchObject({ state: 'ISSUED', lanes: { ARC: { state: 'PENDING' } } });
  });

  test('a provident-fund case is decided and ended without an entry', () => {
    let record = step(acceptedCase('P03'), 'T14', 'system', 1);
    expect(record.lanes).toMatchObject({
      TAX: { state: 'SKIPPED' },
      HOU: { state: 'SKIPPED' },
      FEE: { state: 'SKIPPED' },
    });
    record = step(step(settleLanes(record, 5), 'T23', REV2, 6), 'T24', APP, 7);
    expect(refusalOf(attempt(record, 'T27', BOOK))).toBe('wrong-business');
    expect(record.lanes.BOOK.state).toBe('WAITING');
    expect(step(record, 'T45', WALKER_STAFF.FEE, 8).state).toBe('ISSUED');
    expect(refusalOf(attempt(pay(approved(), 22), 'T45', WALKER_STAFF.FEE))).toBe('wrong-business');
  });
});

describe('lanes', () => {
  const dispatched = () => step(acceptedCase('A04'), 'T14', 'system', 1);

  test('the second review opens when all parallel lanes are done or not concerned', () => {
    let record = dispatched();
    expect(record.lanes.REV2.state).toBe('WAITING');
    expect(refusalOf(attempt(record, 'T23', REV2))).toBe('lanes-open');
    record = settleLanes(record, 4);
    expect(record.lanes.REV2).toMatchObject({ state: 'PENDING', openedAt: minuteAt(4) });
  });

  test('a task belongs to who claimed it', () => {
    const claimed = lane(dispatched(), { lane: 'TAX', event: 'claim' }, 2);
    const by = (event: LaneChange['event'], actor: string) =>
      refusalOf(changeLane(claimed, { lane: 'TAX', event }, { id: claimed.id, actor, at: minuteAt(3) }));
    expect(by('claim', '2099')).toBe('illegal-transition');
    expect(by('done', '2099')).toBe('task-taken');
    expect(by('release', '2099')).toBe('task-taken');
    expect(by('done', TAX)).toBe('applied');
    const reviewed = lane(settleLanes(dispatched(), 4), { lane: 'REV2', event: 'claim' }, 5);
    expect(refusalOf(attempt(reviewed, 'T23', '2099'))).toBe('task-taken');
    expect(refusalOf(attempt(reviewed, 'T23', REV2))).toBe('applied');
  });

  test('the fee lane is done with its lines only, and the sum is theirs', () => {
    const record = lane(dispatched(), { lane: 'FEE', event: 'claim' }, 2);
    const done = (fee?: LaneChange['fee']) =>
      changeLane(
        record,
        { lane: 'FEE', event: 'done', fee },
        { id: record.id, actor: WALKER_STAFF.FEE, at: minuteAt(3) },
      );
    expect(refusalOf(done())).toBe('lanes-open');
    const lines = [
      { name: '不动产登记费', class: 'F1', count: 2, unitFen: 8000, reducedFen: 8000, reason: '首套减半' },
      { name: '工本费', class: 'extra-copy', count: 1, unitFen: 1000, reducedFen: 5000, reason: '小微企业' },
    ];
    const stepped = done({ lines, payer: '张三' });
    expect(stepped.ok && stepped.record.fee?.totalFen).toBe(8000);
  });

  test('after a supplement what was returned is looked at again, and what was done stays done', () => {
    let record = lane(dispatched(), { lane: 'TAX', event: 'claim' }, 2);
    record = lane(record, { lane: 'TAX', event: 'return', note: '缺契税凭证' }, 3);
    record = lane(record, { lane: 'HOU', event: 'claim' }, 3);
    record = lane(record, { lane: 'HOU', event: 'done' }, 4);
    record = step(record, 'T15', REV1, 5);
    expect(record).toMatchObject({ state: 'SUPPLEMENT', pauses: [{ kind: 'P1', to: null }] });
    record = step(record, 'T16', WIN, 500);
    expect(record.lanes).toMatchObject({
      TAX: { state: 'PENDING' },
      HOU: { state: 'DONE' },
      REV1: { state: 'PENDING' },
    });
    expect(record.pauses).toMatchObject([{ kind: 'P1', from: minuteAt(5), to: minuteAt(500) }]);
    expect(record.supplements).toMatchObject([{ receivedAt: minuteAt(500) }]);
  });
});

describe('rules that protect people', () => {
  test('a second notice for what could have been asked the first time is our fault, and is on record', () => {
    let record = step(step(acceptedCase(), 'T14', 'system', 1), 'T15', REV1, 2);
    record = step(record, 'T16', WIN, 3);
    const missing = [{ text: '抵押合同', why: '缺页' }];
    const second = attempt(record, 'T15', REV1, 4, { missing, deadline: '2026-12-07' });
    expect(second.ok && second.record.serviceFaults).toEqual([
      { at: minuteAt(4), by: REV1, kind: 'second-notice', papers: ['抵押合同'] },
    ]);
    const arisen = attempt(record, 'T15', REV1, 4, {
      missing: [{ ...missing[0], arisen: '合同已变更' }],
      deadline: '2026-12-07',
    });
    expect(arisen.ok && arisen.record.serviceFaults).toEqual([]);
  });

  test('who accepted does not approve, who printed does not check, and a spoiled blank needs another witness', () => {
    const reviewed = step(settleLanes(step(acceptedCase(), 'T14', 'system', 1), 2), 'T23', REV2, 3);
    expect(refusalOf(attempt(reviewed, 'T24', WIN))).toBe('two-person');
    const printing = step(booked(), 'T28', PRT, 26);
    const printed = step(printing, 'T29', PRT, 27);
    expect(refusalOf(attempt(printed, 'T31', PRT))).toBe('two-person');
    const blank = printing.certificates[0]?.blank;
    const spoil = (witness: string) => ({ blank, reason: 'jam', note: '', witness });
    expect(refusalOf(attempt(printing, 'T30', PRT, 28, spoil(PRT)))).toBe('two-person');
    expect(refusalOf(attempt(printing, 'T30', PRT, 28, spoil('9001')))).toBe('applied');
  });

  test('a misprint keeps the certificate number and asks for a new blank', () => {
    const printing = step(booked(), 'T28', PRT, 26);
    const again = step(printing, 'T30', PRT, 27);
    expect(again).toMatchObject({ state: 'BOOKED', lanes: { PRT: { state: 'PENDING' }, QC: { state: 'WAITING' } } });
    expect(again.certificates).toMatchObject([
      { number: printing.certificates[0]?.number, blank: null, spoiled: [{ reason: 'jam', witness: '9001' }] },
    ]);
    expect(step(again, 'T28', PRT, 28).certificates[0]?.blank).not.toBe(printing.certificates[0]?.blank);
  });

  test('all applicants sign a withdrawal', () => {
    const record = step(acceptedCase(), 'T14', 'system', 1);
    expect(refusalOf(attempt(record, 'T40', WIN, 5, { reason: '撤回', signed: [] }))).toBe('signatures-missing');
    expect(step(record, 'T40', WIN, 5)).toMatchObject({ state: 'WITHDRAWN', lanes: { ARC: { state: 'PENDING' } } });
  });

  test('a supplement is overdue only the day after its deadline, a notice over only after its last day', () => {
    const supplement = step(step(acceptedCase(), 'T14', 'system', 1), 'T15', REV1, 2);
    const day = (text: string) => (Date.parse(text) - Date.parse(minuteAt(0))) / 60_000;
    expect(refusalOf(attempt(supplement, 'T17', APP, day('2026-12-07T15:59:00Z')))).toBe('not-yet');
    expect(refusalOf(attempt(supplement, 'T17', APP, day('2026-12-07T16:00:00Z')))).toBe('applied');
    const notice = step(settleLanes(step(acceptedCase('C24'), 'T14', 'system', 1), 2), 'T18', REV2, 3);
    expect(refusalOf(attempt(notice, 'T19', 'system', day('2026-12-14T15:59:00Z')))).toBe('not-yet');
    expect(refusalOf(attempt(notice, 'T19', 'system', day('2026-12-14T16:00:00Z')))).toBe('applied');
  });

  test('a site visit is possible for first registrations and cancellations by loss only', () => {
    const at = (itemCode: string) => refusalOf(attempt(step(acceptedCase(itemCode), 'T14', 'system', 1), 'T21', REV1));
    expect([at('C26'), at('A01'), at('C32'), at('A05'), at('C01'), at('B01')]).toEqual([
      'applied',
      'applied',
      'applied',
      'site-visit-impossible',
      'site-visit-impossible',
      'site-visit-impossible',
    ]);
  });

  test('a refusal ends with its printed notice, or counts as accepted from the hour of hand-in', () => {
    const accepted = acceptedCase();
    const path = accepted.acceptance.path.slice(0, -1);
    const refusal = { ground: 'incomplete', reason: '材料不全', missing: [] } as const;
    const context = { id: accepted.id, actor: WIN, at: minuteAt(0) };
    const opened = openCase({ ...accepted.acceptance, path }, { ...refusal, missing: [] }, context);
    if (!opened.ok) throw new Error(opened.code);
    expect(opened.record).toMatchObject({ state: 'AT_WINDOW', refusal });
    expect(step(opened.record, 'T12', WIN, 2).state).toBe('NOT_ACCEPTED');
    expect(step(opened.record, 'T11', WIN, 200)).toMatchObject({ state: 'ACCEPTED', acceptedAt: minuteAt(0) });
    expect(openCase(accepted.acceptance, { ...refusal, missing: [] }, context).ok).toBe(false);
  });

  test('the same payment twice is one payment', () => {
    const paid = pay(approved(), 22);
    const again = enterPayment(
      paid,
      { ...paymentOf(approved(), 22) },
      { id: paid.id, actor: 'system', at: minuteAt(23) },
    );
    expect(refusalOf(again)).toBe('illegal-transition');
    expect(owedFen(paid)).toBe(0);
  });
});

/** Any way through the machine: of all there is, the picked one that the reducer takes. */
const picks = fc.array(fc.record({ pick: fc.nat({ max: 9999 }), actor: fc.constantFrom(WIN, APP) }), {
  minLength: 60,
  maxLength: 150,
  size: 'max',
});
const items = fc.constantFrom('A05', 'A09', 'A04', 'C26', 'C01', 'P03', 'A01');

const apply = (record: CaseRecord, change: Advance | LaneChange, actor: string, minutes: number): Stepped => {
  const context = { id: record.id, actor, at: minuteAt(minutes) };
  return 'lane' in change ? changeLane(record, change, context) : advanceCase(record, change, context);
};

test('random events reach listed states only, each by a line of the table; a refused one changes nothing', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(items, picks, (itemCode, path) => {
      let record = acceptedCase(itemCode);
      for (const [index, { pick, actor }] of path.entries()) {
        const changes = everyChange(record);
        // Mostly what leads on; an end now and then, and now and then anything at all.
        const legal = changes.filter((change) => apply(record, change, actor, index * 1440).ok);
        const onward = legal.filter(
          (change) => 'lane' in change || !ENDED_STATES.includes(TRANSITIONS[change.transition].to[0]),
        );
        const from = pick % 4 === 0 ? changes : pick % 40 === 1 ? legal : onward;
        const change = from[pick % Math.max(1, from.length)];
        if (!change) continue;
        const before = structuredClone(record);
        const stepped = apply(record, change, actor, index * 1440);
        expect(record).toEqual(before);
        if (!stepped.ok) continue;
        const next = stepped.record;
        expect(CASE_STATES).toContain(next.state);
        expect(next.version).toBe(record.version + 1);
        if ('transition' in change) {
          const rule = TRANSITIONS[change.transition];
          expect(rule.from).toContain(record.state);
          expect(rule.to).toContain(next.state);
        } else expect(next.state).toBe(record.state);
        if (ENDED_STATES.includes(next.state)) expect(next.pauses.every((pause) => pause.to !== null)).toBe(true);
        expect(next.pauses.filter((pause) => pause.to === null).length).toBeLessThanOrEqual(1);
        // The registration is complete with the entry: nothing leads back before it.
        if (record.bookedAt !== null) expect(next.bookedAt).toBe(record.bookedAt);
        record = next;
        seen.add(record.state);
      }
    }),
    { numRuns: 150 },
  );
  // A walk that never gets far would prove little.
  for (const state of ['SUPPLEMENT', 'NOTICE', 'SITE_VISIT', 'REVIEWED', 'REJECTED', 'WITHDRAWN', 'ARCHIVED']) {
    expect(seen).toContain(state);
  }
}, 60_000);
