import { describe, expect, test } from 'vitest';
import { balanceOf } from './balance.ts';
import { findBlankProblem } from './findBlankProblem.ts';
import { BLANK_MOVES } from './moves.ts';
import { closeCount, isEven, signCount } from './reduceCount.ts';
import { type BlankChange, custodyAt, movePack } from './reducePack.ts';
import type { Custody, PackRecord } from './types.ts';
import { usesOf } from './uses.ts';

const AT = '2026-11-23T01:00:00.000Z';
const LATER = '2026-11-23T03:00:00.000Z';
const TOMORROW = '2026-11-24T01:00:00.000Z';
const CASE = '0198a000-0000-7000-8000-0000000000c1';
const D = (number: number) => `D${22_000_000_000 + number}`;

const receive: BlankChange = { kind: 'blanks.received', body: { form: 'certificate', first: D(1), count: 10 } };
const assign = (from: number, count: number, window = 'W07'): BlankChange => {
  return { kind: 'blanks.assigned', body: { from: D(from), count, window } };
};
const bind = (n: number): BlankChange => {
  return {
    kind: 'blanks.bound',
    body: { serial: D(n), caseId: CASE, certificate: '吉(2026)辽源市不动产权第0000001号' },
  };
};
const spoil = (n: number, witness = '1001'): BlankChange => {
  return { kind: 'blanks.spoiled', body: { serial: D(n), reason: 'jam', witness, note: '' } };
};
const restore = (n: number): BlankChange => ({ kind: 'blanks.restored', body: { serial: D(n), note: '认错号' } });
const lose = (n: number): BlankChange => ({ kind: 'blanks.lost', body: { serial: D(n), witness: '1001', note: '' } });
const giveBack = (from: number, count: number): BlankChange => {
  return { kind: 'blanks.returned', body: { from: D(from), count, witness: '1001', note: '' } };
};
const destroy = (from: number, count: number): BlankChange => {
  return { kind: 'blanks.destroyed', body: { from: D(from), count, witness: '1001', note: '' } };
};

const move = (pack: PackRecord | null, change: BlankChange, at = AT) =>
  movePack(pack, change, { id: 'p', actor: '1002', at });
function packAfter(...changes: BlankChange[]): PackRecord {
  let pack: PackRecord | null = null;
  for (const change of [receive, ...changes]) {
    const stepped = move(pack, change);
    if (!stepped.ok) throw new Error(stepped.code);
    pack = stepped.record;
  }
  if (!pack) throw new Error('no pack');
  return pack;
}
const state = (pack: PackRecord, n: number): Custody => custodyAt(pack, n - 1).state;
const code = (pack: PackRecord | null, change: BlankChange, at = AT) => {
  const stepped = move(pack, change, at);
  return stepped.ok ? 'moved' : stepped.code;
};

describe('a blank before printing has four distinct answers', () => {
  const pack = packAfter(assign(1, 4), bind(1), spoil(2), lose(3));
  const ask = (serial: string, window = 'W07', form: 'certificate' | 'proof' = 'certificate') =>
    findBlankProblem(pack, serial, { window, form });

  test.each([
    ['unknown number', D(11), 'blank-unknown'],
    ['other letter', 'Z22000000004', 'blank-unknown'],
    ['used', D(1), 'blank-used'],
    ['spoiled', D(2), 'blank-used'],
    ['lost', D(3), 'blank-used'],
    ['not yet assigned', D(5), 'blank-not-assigned'],
    ['at hand', D(4), null],
  ])('%s', (_name, serial, expected) => expect(ask(serial)).toBe(expected));

  test('another window’s', () => expect(ask(D(4), 'W03')).toBe('blank-other-window'));
  test('of the other form', () => expect(ask(D(4), 'W07', 'proof')).toBe('blank-wrong-form'));
  test('of no pack', () => {
    expect(findBlankProblem(null, D(4), { window: 'W07', form: 'certificate' })).toBe('blank-unknown');
  });
});

describe('moves of a blank', () => {
  test('what is bound never comes back', () => {
    const pack = packAfter(assign(1, 10), bind(1));
    for (const change of [assign(1, 1), giveBack(1, 1), bind(1), spoil(1), lose(1), restore(1)]) {
      expect(code(pack, change), change.kind).not.toBe('moved');
    }
    expect(code(pack, bind(1))).toBe('blank-used');
    expect(
      Object.entries(BLANK_MOVES)
        .filter(([, rule]) => rule.from.includes('BOUND'))
        .map(([kind]) => kind),
    ).toEqual(['blanks.destroyed']);
  });

  test('a run moves whole or not at all', () => {
    const pack = packAfter(assign(3, 2));
    expect(code(pack, assign(1, 4))).toBe('blank-not-in-store');
    expect(code(pack, giveBack(2, 2))).toBe('blank-not-assigned');
    expect(code(pack, assign(9, 3))).toBe('blank-unknown');
    expect(code(packAfter(assign(1, 2, 'W03'), assign(3, 2)), giveBack(2, 2))).toBe('blank-mixed-range');
    expect(state(pack, 1)).toBe('IN_STORE');
  });

  test('what was given back can go to another window', () => {
    const pack = packAfter(assign(1, 5), giveBack(4, 2), assign(4, 1, 'W03'));
    expect(custodyAt(pack, 3)).toMatchObject({ state: 'ASSIGNED', window: 'W03' });
    expect(state(pack, 5)).toBe('IN_STORE');
  });

  test('a spoiled blank is restored on the same day, to where it was, and by nobody after that', () => {
    const pack = packAfter(assign(1, 2), spoil(1), spoil(9));
    expect(code(pack, restore(1), TOMORROW)).toBe('blank-not-restorable');
    expect(code(pack, restore(2))).toBe('blank-not-restorable');
    const back = move(pack, restore(1), LATER);
    expect(back.ok && custodyAt(back.record, 0)).toMatchObject({ state: 'ASSIGNED', window: 'W07' });
    const inStore = move(pack, restore(9), LATER);
    expect(inStore.ok && inStore.record.last).toMatchObject({ from: 'VOID', to: 'STORE', note: '认错号' });
  });

  test('nobody is his own second person', () => {
    const pack = packAfter(assign(1, 2));
    expect(code(pack, spoil(1, '1002'))).toBe('two-person');
  });

  test('a pack is received once, of 1 to 100 blanks, within eleven digits', () => {
    expect(code(packAfter(), receive)).toBe('illegal-transition');
    const of = (first: string, count: number): BlankChange => {
      return { kind: 'blanks.received', body: { form: 'proof', first, count } };
    };
    expect(code(null, of('Z22000000001', 100))).toBe('moved');
    expect(code(null, of('Z22000000001', 101))).toBe('illegal-transition');
    expect(code(null, of('Z99999999999', 2))).toBe('illegal-transition');
    expect(code(null, assign(1, 1))).toBe('blank-unknown');
  });

  test('destroyed is the end', () => {
    const pack = packAfter(assign(1, 3), spoil(1), spoil(2), destroy(1, 2));
    for (const change of [assign(1, 1), bind(1), restore(1), destroy(1, 1)])
      expect(code(pack, change)).not.toBe('moved');
  });
});

describe('a day of one drawer', () => {
  test('adds up, and a print spoiled on its own day counts as void, not as printed', () => {
    const packs: PackRecord[] = [];
    for (const change of [receive, assign(1, 8), bind(1), bind(2), spoil(3), giveBack(8, 1), lose(7)]) {
      const stepped = move(packs.at(-1) ?? null, change);
      if (!stepped.ok) throw new Error(stepped.code);
      packs.push(stepped.record);
    }
    const movements = packs.map((each) => each.last);
    const day = '2026-11-23';
    const plain = { opening: 2, received: 8, printed: 2, voided: 1, returned: 1, lost: 1, closing: 5, papers: 1 };
    expect(balanceOf('W07', day, 2, movements, [])).toEqual(plain);
    const spoiled = (serial: string, boundOn: string) => ({ serial, boundOn, spoiledOn: day });
    expect(balanceOf('W07', day, 2, movements, [spoiled(D(1), day)])).toEqual({
      ...plain,
      printed: 1,
      voided: 2,
      papers: 2,
    });
    // Bound the day before: it left the drawer then; its paper is counted today.
    expect(balanceOf('W07', day, 2, movements, [spoiled('D21000000001', '2026-11-22')])).toEqual({
      ...plain,
      papers: 2,
    });
    expect(balanceOf('W03', day, 0, movements, [])).toMatchObject({ received: 0, closing: 0 });
  });
});

describe('the count at the end of the day', () => {
  const closed = {
    window: 'W07',
    day: '2026-11-23',
    form: 'certificate' as const,
    counted: 47,
    expected: 48,
    difference: -1,
    papersCounted: 1,
    papersExpected: 1,
    witness: '1001',
    note: '',
  };
  const by = (actor: string) => ({ id: 'c', actor, at: AT });
  const count = closeCount(null, closed, by('1003'));
  if (!count.ok) throw new Error(count.code);

  test('says what is missing', () => {
    expect(isEven(count.record.closed)).toBe(false);
    expect(isEven({ ...closed, counted: 48, difference: 0 })).toBe(true);
    expect(isEven({ ...closed, counted: 48, difference: 0, papersCounted: 0 })).toBe(false);
    expect(closeCount(null, { ...closed, difference: 0 }, by('1003'))).toEqual({
      ok: false,
      code: 'illegal-transition',
    });
  });

  test('is signed by neither of the two who counted, and once', () => {
    for (const actor of ['1003', '1001']) {
      expect(signCount(count.record, { note: '' }, by(actor))).toEqual({ ok: false, code: 'two-person' });
    }
    const signed = signCount(count.record, { note: '已查' }, by('1002'));
    expect(signed.ok && signed.record.signed).toMatchObject({ by: '1002', note: '已查' });
    expect(signed.ok && signCount(signed.record, { note: '' }, by('1002')).ok).toBe(false);
    expect(closeCount(null, closed, by('1001'))).toEqual({ ok: false, code: 'two-person' });
  });

  test('taken again, loses its signature; of another drawer it is another count', () => {
    const signed = signCount(count.record, { note: '' }, by('1002'));
    if (!signed.ok) throw new Error(signed.code);
    const again = closeCount(signed.record, { ...closed, counted: 46, difference: -2 }, by('1003'));
    expect(again).toMatchObject({ ok: true, record: { version: 3, signed: null } });
    expect(closeCount(count.record, { ...closed, window: 'W03' }, by('1003')).ok).toBe(false);
  });
});

test('a case names every blank it ever used, and what became of each', () => {
  const base = { number: 'n', kind: 'certificate', printedBy: '1004' } as const;
  const spoiled = [{ blank: D(1), reason: 'jam', note: '', by: '1004', witness: '1001', at: AT }] as const;
  const record = (state: 'PRINTING' | 'PRINTED' | 'ISSUED', printedAt: string | null) => ({
    state,
    certificates: [{ ...base, holders: ['张三'], blank: D(2), spoiled: [...spoiled], printedAt }],
  });
  const states = (uses: ReturnType<typeof usesOf>) => uses.map((each) => `${each.serial} ${each.state}`);
  expect(states(usesOf(record('PRINTING', null)))).toEqual([`${D(1)} VOID`, `${D(2)} BOUND`]);
  expect(states(usesOf(record('PRINTED', AT)))).toEqual([`${D(1)} VOID`, `${D(2)} PRINTED`]);
  expect(states(usesOf(record('ISSUED', AT)))).toEqual([`${D(1)} VOID`, `${D(2)} ISSUED`]);
});
