import fc from 'fast-check';
import { expect, test } from 'vitest';
import { officeAdvance } from '../../contract/office.ts';
import { acceptance } from '../../tests/fixtures/acceptance.ts';
import { STAFF_ROLES, type StaffRole } from '../staff/roles.ts';
import type { Advance } from './advance.ts';
import { LANE_CODES, LANE_EVENTS, LANES, type Route } from './lanes.ts';
import { ASKED_STEPS, type AskedStep, type LegalAct, legalActs } from './legalActs.ts';
import { advanceCase, changeLane, enterPayment, openCase, type Stepped } from './reduceCase.ts';
import { TRANSITIONS, type TransitionActor } from './transitions.ts';
import type { CaseRecord } from './types.ts';

const ACTORS = ['1001', '2001', '3001', '4001'];
const EVERY_ROLE = Object.keys(STAFF_ROLES) as StaffRole[];
const HOUR = 3_600_000;
const START = Date.parse('2026-11-23T01:00:00.000Z');

type Context = { actor: string; at: string };

/** What a person would enter so that the step passes, if anything does. */
function fitting(record: CaseRecord, transition: AskedStep, actor: string): Advance {
  const blank = record.certificates.find((each) => each.blank !== null)?.blank ?? 'D22000000000';
  const witness = ACTORS.find((each) => each !== actor) ?? '';
  const spoiled = { blank, reason: 'jam' as const, note: '', witness };
  const serial = (index: number) =>
    `D2200000${String(record.version).padStart(2, '0')}${String(index).padStart(2, '0')}`;
  const kind = record.route?.output === 'proof' ? ('proof' as const) : ('certificate' as const);
  const data: { [T in AskedStep]: Extract<Advance, { transition: T }>['data'] } = {
    T11: { deemed: true },
    T12: {},
    T15: { missing: [{ text: '抵押合同', why: '缺签名页' }], deadline: '2026-11-30' },
    T16: { received: [] },
    T17: { reason: '逾期' },
    T18: { text: '公告', until: '2026-12-08' },
    T20: { reason: '异议成立' },
    T21: { reason: '首次登记' },
    T22: { report: '现场相符' },
    T23: { opinion: '同意' },
    T24: { opinion: '同意' },
    T27: {
      certificates:
        record.route?.output === 'none'
          ? []
          : ['甲', '乙'].map((holder, index) => ({ number: `第${index}号`, kind, holders: [holder] })),
    },
    T28: {
      blanks: record.certificates
        .filter((each) => each.blank === null)
        .map(({ number }, index) => ({ number, blank: serial(index) })),
    },
    T29: {},
    T30: spoiled,
    T31: { opinion: '相符' },
    T32: spoiled,
    T33: { window: 'W03' },
    T34: { receiver: { name: '张三', idKind: 'resident', idNumber: '220402199003071231' }, slipReturned: true },
    T35: {},
    T36: { express: { receiver: '张三', phone: '', address: '', carrier: '', trackingNumber: '' } },
    T37: { proof: '签收' },
    T39: { list: 'YJ-1' },
    T40: { reason: '不办了', signed: record.acceptance.parties.map((party) => party.name) },
    T41: { ground: 'other', reason: '其他' },
    T45: { note: '放款' },
  };
  return { transition, data: data[transition] } as Advance;
}

/** The same with something wrong in it, where the table looks. */
function unfitting(record: CaseRecord, transition: AskedStep, actor: string): Advance {
  const advance = fitting(record, transition, actor);
  if (advance.transition === 'T27') return { transition: 'T27', data: { certificates: [] } };
  if (advance.transition === 'T28') return { transition: 'T28', data: { blanks: [] } };
  if (advance.transition === 'T30' || advance.transition === 'T32') {
    return { ...advance, data: { ...advance.data, witness: actor } };
  }
  if (advance.transition === 'T40') return { transition: 'T40', data: { reason: '不办了', signed: [] } };
  return advance;
}

const accepts = (stepped: Stepped): boolean => stepped.ok;
const step = (record: CaseRecord, advance: Advance, context: Context) =>
  advanceCase(record, advance, { id: record.id, ...context });

/** Every act by its name, with whether it is enabled. */
function offered(record: CaseRecord, roles: readonly StaffRole[], context: Context): Map<string, boolean> {
  return new Map(
    legalActs(record, { roles, ...context }).map((act) => [
      act.kind === 'advance' ? act.transition : `${act.lane}:${act.event}`,
      act.enabled,
    ]),
  );
}

/** What the reducer takes from somebody with these roles. */
function expectSame(record: CaseRecord, roles: readonly StaffRole[], context: Context): void {
  const offers = offered(record, roles, context);
  const where = `${record.state}, ${context.actor}, ${roles.join('+')}`;
  for (const transition of ASKED_STEPS) {
    const who: readonly TransitionActor[] = TRANSITIONS[transition].who;
    const mine = roles.some((role) => who.includes(role));
    const isTaken = mine && accepts(step(record, fitting(record, transition, context.actor), context));
    expect(offers.get(transition) ?? false, `${transition}: ${where}`).toBe(isTaken);
    if (mine && accepts(step(record, unfitting(record, transition, context.actor), context))) {
      expect(offers.get(transition), `${transition} with other data: ${where}`).toBe(true);
    }
    if (offers.get(transition) === false) expect(TRANSITIONS[transition].from).toContain(record.state);
  }
  for (const lane of LANE_CODES) {
    for (const event of LANE_EVENTS) {
      const change = { lane, event, note: '理由', fee: { lines: [], payer: '张三' } };
      const isTaken = roles.includes(LANES[lane].role) && accepts(changeLane(record, change, { id: '', ...context }));
      expect(offers.get(`${lane}:${event}`) ?? false, `${lane}:${event}: ${where}`).toBe(isTaken);
    }
  }
}

const route = fc.record({
  business: fc.constantFrom('registration' as const, 'registration' as const, 'provident-fund' as const),
  output: fc.constantFrom('certificate' as const, 'proof' as const, 'certificate-or-proof' as const, 'none' as const),
  skipped: fc.subarray(['TAX', 'HOU', 'FEE'] as const).map((lanes) => [...lanes]),
  siteVisit: fc.boolean(),
});

const move = fc.record({
  actor: fc.constantFrom(...ACTORS),
  /** Which of the acts offered then is done. */
  pick: fc.noBias(fc.nat(100_003)),
  hours: fc.constantFrom(0, 1, 30, 400),
  /** A small fee is paid at once now and then. */
  pays: fc.boolean(),
});

const refusal = { ground: 'incomplete' as const, reason: '材料不全', missing: [] };

function begin(isRefused: boolean): CaseRecord {
  const path = acceptance(1).path;
  const opened = openCase(
    { ...acceptance(1), path: isRefused ? path.slice(0, -1) : path },
    isRefused ? refusal : null,
    { id: 'c1', actor: '1001', at: new Date(START).toISOString() },
  );
  if (!opened.ok) throw new Error(opened.detail);
  return opened.record;
}

const seen = new Set<string>();

test('on every way a case can go, exactly those acts are offered that the reducer takes', () => {
  fc.assert(
    fc.property(
      route,
      fc.boolean(),
      fc.array(move, { minLength: 25, maxLength: 50 }),
      fc.subarray(EVERY_ROLE, { minLength: 1 }),
      (way, isRefused, moves, someRoles) => {
        let record = begin(isRefused);
        let now = START;
        for (const { actor, pick, hours, pays } of moves) {
          now += hours * HOUR;
          const context = { actor, at: new Date(now).toISOString() };
          expectSame(record, EVERY_ROLE, context);
          expectSame(record, someRoles, context);
          seen.add(record.state);
          record = goOn(record, { way, pick, pays, at: context.at });
        }
      },
    ),
    { numRuns: 100, seed: 4 },
  );
  // The walks reach what they are meant to test.
  for (const state of ['SUPPLEMENT', 'NOTICE', 'SITE_VISIT', 'PRINTED', 'READY', 'SHIPPED', 'ARCHIVED', 'REJECTED']) {
    expect(seen, state).toContain(state);
  }
}, 60_000);

function goOn(record: CaseRecord, { way, pick, pays, at }: { way: Route; pick: number; pays: boolean; at: string }) {
  const centre = { id: record.id, actor: 'system', at };
  if (record.state === 'ACCEPTED') {
    const dispatched = advanceCase(record, { transition: 'T14', data: { route: way } }, centre);
    if (dispatched.ok) return dispatched.record;
  }
  if (pays && record.fee) {
    const amountFen = record.fee.totalFen;
    const paid = enterPayment(
      record,
      { payment: 'p1', kind: 'paid', amountFen, method: 'CARD', receipt: 'R', at },
      centre,
    );
    if (paid.ok) return paid.record;
  }
  // Somebody goes on with it, mostly forward, so that walks come far.
  const bag = ACTORS.flatMap((actor) =>
    legalActs(record, { roles: EVERY_ROLE, actor, at })
      .filter((act) => act.enabled)
      .flatMap((act) => Array<{ actor: string; act: LegalAct }>(isForward(act) ? 8 : 1).fill({ actor, act })),
  );
  const chosen = bag[pick % Math.max(1, bag.length)];
  if (!chosen) return record;
  const { actor, act } = chosen;
  const lines = [{ name: '登记费', class: 'J', count: 1, unitFen: 8000, reducedFen: 0 }];
  const next =
    act.kind === 'lane'
      ? changeLane(
          record,
          { lane: act.lane, event: act.event, note: '理由', fee: { lines, payer: '张三' } },
          { id: record.id, actor, at },
        )
      : step(record, fitting(record, act.transition, actor), { actor, at });
  if (!next.ok) throw new Error(`${next.code} ${next.detail}`);
  return next.record;
}

function isForward(act: LegalAct): boolean {
  return act.kind === 'lane'
    ? ['claim', 'done', 'unblock'].includes(act.event)
    : ['T16', 'T22', 'T23', 'T24', 'T27', 'T28', 'T29', 'T31', 'T33', 'T39'].includes(act.transition);
}

test('each act says why it waits, and whether it needs the centre', () => {
  const context = { actor: '1001', at: new Date(START).toISOString() };
  const dispatched = step(
    begin(false),
    {
      transition: 'T14',
      data: { route: { business: 'registration', output: 'proof', skipped: ['TAX'], siteVisit: false } },
    },
    context,
  );
  if (!dispatched.ok) throw new Error(dispatched.detail);
  const acts = legalActs(dispatched.record, { roles: ['REV1', 'REV2'], ...context });
  expect(acts).toEqual([
    { kind: 'lane', lane: 'REV1', event: 'claim', name: '领取', tier: 'online', enabled: true, why: null },
    { kind: 'advance', transition: 'T15', name: '要求补正', tier: 'online', enabled: true, why: null },
    { kind: 'advance', transition: 'T18', name: '公告', tier: 'online', enabled: true, why: null },
    {
      kind: 'advance',
      transition: 'T21',
      name: '实地查看',
      tier: 'online',
      enabled: false,
      why: 'site-visit-impossible',
    },
    { kind: 'advance', transition: 'T23', name: '审核通过', tier: 'online', enabled: false, why: 'lanes-open' },
  ]);
});

test('whoever accepted is not offered the approval', () => {
  const record = { ...begin(false), state: 'REVIEWED' as const };
  const at = new Date(START).toISOString();
  const approval = (actor: string) =>
    legalActs(record, { roles: ['APP'], actor, at }).find((act) => act.kind === 'advance' && act.transition === 'T24');
  expect(approval('1001')).toMatchObject({ enabled: false, why: 'two-person' });
  expect(approval('2001')).toMatchObject({ enabled: true, why: null });
});

test('the steps offered are those the centre takes from a person', () => {
  const taken = officeAdvance.options.map((option) => option.shape.transition.value);
  expect([...ASKED_STEPS]).toEqual([...taken].sort());
});
