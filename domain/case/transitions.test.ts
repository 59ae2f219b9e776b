import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENTRUSTED_PATH, TICKET_PATH, WALK_IN_PATH, walk } from './paths.ts';
import { CASE_STATES } from './states.ts';
import { TRANSITIONS, type TransitionId } from './transitions.ts';

/** domain.md §3.4, copied from the text by hand, and T45 of ADR 0010: the table must not change by accident. */
const LEGAL = `
T01 - DRAFT local
T02 DRAFT PRE_REVIEW local
T03 PRE_REVIEW PRE_PASSED local
T04 PRE_REVIEW PRE_FAILED local
T05 PRE_FAILED PRE_REVIEW local
T06 PRE_PASSED WAITING local
T07 WAITING CALLED local
T08 CALLED AT_WINDOW local
T09 CALLED WAITING/VOIDED local
T10 AT_WINDOW PRE_REVIEW local
T11 AT_WINDOW ACCEPTED local-then-centre
T12 AT_WINDOW NOT_ACCEPTED local
T13 AT_WINDOW AT_WINDOW local
T14 ACCEPTED PARALLEL online
T15 PARALLEL/REVIEWED SUPPLEMENT online
T16 SUPPLEMENT PARALLEL local
T17 SUPPLEMENT REJECTED online
T18 PARALLEL NOTICE online
T19 NOTICE PARALLEL online
T20 NOTICE REJECTED online
T21 PARALLEL SITE_VISIT online
T22 SITE_VISIT PARALLEL local
T23 PARALLEL REVIEWED online
T24 REVIEWED APPROVED online
T25 APPROVED PAY_WAIT online
T26 PAY_WAIT APPROVED online
T27 APPROVED BOOKED online
T28 BOOKED PRINTING online
T29 PRINTING PRINTED local
T30 PRINTING BOOKED local
T31 PRINTED READY online
T32 PRINTED BOOKED local
T33 READY PICKUP_CALLED local
T34 PICKUP_CALLED ISSUED local
T35 PICKUP_CALLED READY local
T36 READY SHIPPED local
T37 SHIPPED ISSUED local
T38 BOOKED ISSUED online
T39 ISSUED/NOT_ACCEPTED/REJECTED/WITHDRAWN ARCHIVED online
T40 ACCEPTED/PARALLEL/REVIEWED/APPROVED/PAY_WAIT/NOTICE/SUPPLEMENT/SITE_VISIT WITHDRAWN local-then-centre
T41 PARALLEL/REVIEWED/APPROVED REJECTED online
T42 DRAFT/PRE_REVIEW/PRE_FAILED/PRE_PASSED/WAITING/CALLED VOIDED local
T43 DRAFT AT_WINDOW local
T44 PRE_PASSED AT_WINDOW local
T45 APPROVED ISSUED online`
  .trim()
  .split('\n');

const IDS = Object.keys(TRANSITIONS) as TransitionId[];
const STATES = [null, ...CASE_STATES];

test('the table is that of domain.md §3.4', () => {
  const rows = Object.entries(TRANSITIONS).map(
    ([id, step]) => `${id} ${step.from.map((each) => each ?? '-').join('/')} ${step.to.join('/')} ${step.tier}`,
  );
  expect(rows.sort()).toEqual(LEGAL);
});

test('of all pairs of state and step exactly those of the table are legal', () => {
  for (const state of STATES) {
    for (const id of IDS) {
      const step = TRANSITIONS[id];
      const expected = step.from.includes(state) ? { ok: true, state: step.to[0] } : { ok: false, at: id, state };
      expect(walk(state, [id]), `${id} from ${state}`).toEqual(expected);
    }
  }
});

test('both ways to acceptance are legal, and lead nowhere else', () => {
  expect(walk(null, WALK_IN_PATH)).toEqual({ ok: true, state: 'ACCEPTED' });
  expect(walk(null, TICKET_PATH)).toEqual({ ok: true, state: 'ACCEPTED' });
  expect(walk(null, ENTRUSTED_PATH)).toEqual({ ok: true, state: 'ACCEPTED' });
  for (const path of [WALK_IN_PATH, TICKET_PATH, ENTRUSTED_PATH]) {
    for (let left = 0; left < path.length; left++) {
      const shorter = path.filter((_, index) => index !== left);
      const result = walk(null, shorter);
      expect(result.ok && result.state === 'ACCEPTED', shorter.join(' ')).toBe(false);
    }
  }
});

test('an empty walk changes nothing', () => {
  for (const state of STATES) expect(walk(state, [])).toEqual({ ok: true, state });
});

test('nothing leaves an archived or voided case, and every other state has a way on', () => {
  for (const state of STATES) {
    const isLeft = IDS.some((id) => walk(state, [id]).ok);
    expect(isLeft, String(state)).toBe(!['ARCHIVED', 'VOIDED', 'QC_FAILED'].includes(String(state)));
  }
});

test('a long walk is the same as its parts one after the other', () => {
  const path = fc.array(fc.constantFrom(...IDS), { maxLength: 8 });
  fc.assert(
    fc.property(fc.constantFrom(...STATES), path, path, (from, first, second) => {
      const middle = walk(from, first);
      expect(walk(from, [...first, ...second])).toEqual(middle.ok ? walk(middle.state, second) : middle);
    }),
  );
});
