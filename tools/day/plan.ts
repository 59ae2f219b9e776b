import type { AcceptanceDraft } from '../../domain/case/acceptanceRules.ts';
import type { Party } from '../../domain/case/types.ts';
import { asksOf } from '../../domain/catalogue/asks.ts';
import { CATALOGUE } from '../../domain/catalogue/catalogue.ts';
import { type Counter, isOfferedAt } from '../../domain/catalogue/offered.ts';
import type { Item } from '../../domain/catalogue/types.ts';
import { minimalDraft } from '../../tests/fixtures/acceptance.ts';
import { makeAddress, makeBank, makePerson, makeUnitNumber } from './people.ts';
import { type Chance, chanceFrom } from './random.ts';

/** What becomes of a case in the course of the day; where the day is too short it is still under way at its end. */
export const FATES = {
  archive: 34,
  issue: 18,
  express: 5,
  misprint: 4,
  'quality-check-fails': 2,
  supplement: 6,
  'supplement-open': 4,
  refuse: 4,
  'refuse-without-notice': 1,
  withdraw: 3,
  'withdraw-at-once': 1,
  'withdraw-after-payment': 2,
  reject: 2,
  unpaid: 5,
  notice: 2,
  'site-visit': 2,
  'no-show': 3,
  returned: 2,
  waiting: 4,
} as const;

export type Fate = keyof typeof FATES;

export interface PlannedWindow {
  /** `W07` */
  id: string;
  counter: Counter;
}

export interface PlannedCase {
  /** Its place in the plan. */
  index: number;
  /** ms since 1970: when the window decides. */
  at: number;
  /** Place in `windows`. */
  window: number;
  draft: AcceptanceDraft;
  fate: Fate;
  /** Of whatever else is left to chance in its course. */
  seed: number;
  /** The provident-fund case whose mortgage this is. */
  linkTo?: number;
}

export interface DayPlan {
  /** Local calendar day, ISO. */
  day: string;
  opensAt: number;
  closesAt: number;
  windows: readonly PlannedWindow[];
  /** In order of time. */
  cases: readonly PlannedCase[];
}

const HALL: Counter = { offers: ['registration'], place: 'hall' };
const FUND: Counter = { offers: ['registration', 'provident-fund'], place: 'pf-hall' };
const WINDOWS: readonly PlannedWindow[] = [
  ...['W07', 'W01', 'W02', 'W03', 'W04'].map((id) => ({ id, counter: HALL })),
  { id: 'W31', counter: FUND },
];

/** What the hall does most; every other item counts 1. Mortgages, their end, sales, and the loans of the fund. */
const WEIGHTS: Readonly<Record<string, number>> = {
  A05: 60,
  A09: 45,
  C01: 50,
  A04: 14,
  A01: 6,
  C04: 12,
  C05: 6,
  A14: 8,
  B01: 5,
  P03: 10,
  W01: 8,
  G01: 5,
};

const DAY = '2026-11-23';
const OPENS = `${DAY}T08:30:00+08:00`;
const CLOSES = `${DAY}T16:30:00+08:00`;
/** The last person in is served before the doors close. */
const LAST_MINUTE = 465;

/** One working day, the same for the same seed. Every item that is offered anywhere comes once before any comes twice. */
export function planDay(cases: number, seed: number): DayPlan {
  const chance = chanceFrom(seed);
  const opensAt = Date.parse(OPENS);
  const items = CATALOGUE.items.filter((item) => WINDOWS.some(({ counter }) => isOfferedAt(item, counter)));
  const planned: Omit<PlannedCase, 'index'>[] = [];
  for (let count = 0; count < cases; count++) {
    const item = items[count] ?? chance.weighed(items.map((each) => [each, WEIGHTS[each.code] ?? 1] as const));
    const at = opensAt + chance.between(0, LAST_MINUTE * 60_000);
    const open = WINDOWS.flatMap(({ counter }, window) => (isOfferedAt(item, counter) ? [window] : []));
    const fate = chance.weighed(Object.entries(FATES) as [Fate, number][]);
    planned.push({
      at,
      window: chance.pick(open),
      draft: draftOf(item, chance),
      fate,
      seed: chance.between(1, 2 ** 31),
    });
  }
  const ordered = planned.sort((a, b) => a.at - b.at).map((each, index) => ({ ...each, index }));
  return { day: DAY, opensAt, closesAt: Date.parse(CLOSES), windows: WINDOWS, cases: linkLoans(ordered) };
}

function draftOf(item: Item, chance: Chance): AcceptanceDraft {
  const draft = minimalDraft(item);
  const bankNumber = draft.parties[0]?.bankNumber;
  const parties = partiesOf(item, chance).map((party, at) =>
    at === 0 && bankNumber ? { ...party, bankNumber } : party,
  );
  const owners = parties.filter(({ role }) => role === 'holder').length;
  return {
    ...draft,
    parties,
    ...(asksOf(item).shares && owners > 1 && { coOwnership: 'joint' }),
    property: { unitNumber: makeUnitNumber(chance), location: makeAddress(chance) },
  };
}

function partiesOf(item: Item, chance: Chance): Party[] {
  const holder = makePerson(chance, 'holder');
  const owners = chance.next() < 0.2 ? [holder, makePerson(chance, 'holder')] : [holder];
  if (item.applicancy !== 'joint') return owners;
  return [...owners, item.output === 'proof' ? makeBank('obligor') : makePerson(chance, 'obligor')];
}

/** A mortgage accepted after a loan of the fund may be what secures it (domain.md §2.9). */
function linkLoans(cases: readonly PlannedCase[]): PlannedCase[] {
  const loans = cases.filter(({ draft }) => /^P0[123]$/.test(draft.itemCode));
  const linked = new Map<number, number>();
  for (const loan of loans) {
    const mortgage = cases.find(
      ({ index, draft, at }) => draft.itemCode === 'A05' && at > loan.at + 60_000 && !linked.has(index),
    );
    if (mortgage) linked.set(mortgage.index, loan.index);
  }
  return cases.map((each) => {
    const linkTo = linked.get(each.index);
    return linkTo === undefined ? each : { ...each, linkTo };
  });
}
