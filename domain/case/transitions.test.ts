import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CaseState,
  ENTRUSTED_PATH,
  STATE_NAMES,
  TRANSITIONS,
  type TransitionId,
  WALK_IN_PATH,
  walk,
} from './transitions.ts';

/** domain.md §3.4, the rows this version knows. Written again here: the table must not change by accident. */
const LEGAL = [
  'T01 - DRAFT local',
  'T02 DRAFT PRE_REVIEW local',
  'T03 PRE_REVIEW PRE_PASSED local',
  'T11 AT_WINDOW ACCEPTED local-then-centre',
  'T13 AT_WINDOW AT_WINDOW local',
  'T43 DRAFT AT_WINDOW local',
  'T44 PRE_PASSED AT_WINDOW local',
];

const IDS = Object.keys(TRANSITIONS) as TransitionId[];
const STATES = [null, ...(Object.keys(STATE_NAMES) as CaseState[])];

test('the table is that of domain.md §3.4', () => {
  const rows = Object.entries(TRANSITIONS).map(([id, step]) => `${id} ${step.from ?? '-'} ${step.to} ${step.tier}`);
  expect(rows.sort()).toEqual(LEGAL);
});

test('of all pairs of state and step exactly those of the table are legal', () => {
  for (const state of STATES) {
    for (const id of IDS) {
      const step = TRANSITIONS[id];
      const expected = step.from === state ? { ok: true, state: step.to } : { ok: false, at: id, state };
      expect(walk(state, [id]), `${id} from ${state}`).toEqual(expected);
    }
  }
});

test('both ways to acceptance are legal, and lead nowhere else', () => {
  expect(walk(null, WALK_IN_PATH)).toEqual({ ok: true, state: 'ACCEPTED' });
  expect(walk(null, ENTRUSTED_PATH)).toEqual({ ok: true, state: 'ACCEPTED' });
  for (const path of [WALK_IN_PATH, ENTRUSTED_PATH]) {
    for (let left = 0; left < path.length; left++) {
      const shorter = path.filter((_, index) => index !== left);
      const result = walk(null, shorter);
      expect(result.ok && result.state === 'ACCEPTED', shorter.join(' ')).toBe(false);
    }
  }
});

test('nothing leaves an accepted case, and an empty walk changes nothing', () => {
  for (const id of IDS) expect(walk('ACCEPTED', [id]).ok).toBe(false);
  for (const state of STATES) expect(walk(state, [])).toEqual({ ok: true, state });
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
