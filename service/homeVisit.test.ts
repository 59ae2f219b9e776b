import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../db/store.ts';
import type { AcceptanceDraft } from '../domain/case/acceptanceRules.ts';
import { findItem } from '../domain/catalogue/catalogue.ts';
import { acceptanceDraft, minimalDraft } from '../tests/fixtures/acceptance.ts';
import { codeOf } from '../tests/fixtures/codeOf.ts';
import { visitBooked } from '../tests/fixtures/homeVisits.ts';
import { startTestService } from '../tests/fixtures/service.ts';
import { CLERK, phcOf } from '../tests/fixtures/staff.ts';

/** At the home, at 10:20 on a Friday; no hub is configured: the laptop knows what it holds. */
const NOW = Date.parse('2026-11-27T02:20:00.000Z');
const PASSWORD = 'Yichuang-5';
const passwordHash = phcOf(PASSWORD);
const STAFF = [
  CLERK,
  { ...CLERK, number: '1002', name: '李强', passwordHash },
  { ...CLERK, number: '1003', name: '赵示例', passwordHash },
  { ...CLERK, number: '1004', name: '钱示例', roles: ['PRE' as const], passwordHash },
];

const [MINE, TOMORROW, NEXT_WEEK, OTHER_LAPTOP, CALLED_OFF, AT_HALL] = [v7(), v7(), v7(), v7(), v7(), v7()];

function writeVisits(store: Store): void {
  const write = (id: string, kind: string, body: object) =>
    store.ledger.append({ kind, stream: `appointment:${id}`, actor: 'system', body } as never);
  const slot = (day: string) => ({ from: `${day}T02:00:00.000Z`, to: `${day}T03:00:00.000Z` });
  const on = (day: string) => ({ day, slot: slot(day), itemCode: 'A09' });
  write(TOMORROW, 'appointment.booked', visitBooked({ staff: ['1002', '1003'] }, on('2026-11-28')));
  write(MINE, 'appointment.booked', visitBooked({}, on('2026-11-27')));
  write(NEXT_WEEK, 'appointment.booked', visitBooked({}, on('2026-12-04')));
  write(OTHER_LAPTOP, 'appointment.booked', visitBooked({ terminal: 'W08' }, on('2026-11-27')));
  write(CALLED_OFF, 'appointment.booked', visitBooked({}, on('2026-11-27')));
  write(CALLED_OFF, 'appointment.cancelled', { at: new Date(NOW).toISOString(), reason: '改期' });
  const { visit: _visit, ...booked } = visitBooked({}, on('2026-11-27'));
  write(AT_HALL, 'appointment.booked', booked);
}

let laptop: ReturnType<typeof startTestService>;
beforeEach(() => {
  laptop = startTestService({ staff: STAFF, now: () => NOW, prepare: writeVisits });
});
afterEach(() => laptop.dispose());

const signIn = (number: string) => laptop.call('session.login', { number, password: PASSWORD });
const accept = (more: Partial<AcceptanceDraft>) =>
  laptop.call('case.accept', { commandId: v7(), draft: acceptanceDraft(more) });

test('the laptop lists its own visits of today and the next days, earliest first, with the two who go', async () => {
  await laptop.login();
  const { rows } = await laptop.call('visits.planned', {});
  expect(rows.map(({ id }) => id)).toEqual([MINE, TOMORROW]);
  expect(rows[0]).toMatchObject({
    day: '2026-11-27',
    address: '辽源市龙山区示例街1号3单元402室',
    itemCode: 'A09',
    isDone: false,
    staffNames: ['王敏', '李强'],
    contact: { name: '张三', phone: '13800000000' },
  });
  expect(rows[1]).toMatchObject({ staffNames: ['李强', '赵示例'], contact: null });
});

test('a case taken in at the home says so, at the time there, without a number', async () => {
  await laptop.login();
  const record = await accept({ appointment: MINE });
  expect(record).toMatchObject({ state: 'ACCEPTED', acceptedAt: new Date(NOW).toISOString() });
  expect(record.acceptance).toMatchObject({
    source: 'home-visit',
    appointment: MINE,
    path: ['T01', 'T02', 'T03', 'T44', 'T11'],
    window: 'W07',
    clerk: { id: '1001' },
  });
  const second = await accept({ appointment: MINE });
  expect(second.acceptance).toMatchObject({ source: 'home-visit', number: '20261127070002' });
  expect((await accept({})).acceptance).toMatchObject({ source: 'window' });
});

test('what the court entrusts is of the visit all the same', async () => {
  await laptop.login();
  const item = findItem('A03');
  if (!item) throw new Error('A03');
  const draft = { ...minimalDraft(item), appointment: MINE };
  const { acceptance } = await laptop.call('case.accept', { commandId: v7(), draft });
  expect(acceptance).toMatchObject({ source: 'home-visit', path: ['T01', 'T02', 'T03', 'T44', 'T11'] });
});

test('only the two of the visit take cases in, at its laptop, while it stands', async () => {
  await signIn('1003');
  expect(await codeOf(accept({ appointment: MINE }))).toBe('visit-of-others');
  await signIn('1002');
  expect(await codeOf(accept({ appointment: OTHER_LAPTOP }))).toBe('visit-elsewhere');
  for (const appointment of [CALLED_OFF, AT_HALL, v7()]) {
    expect(await codeOf(accept({ appointment }))).toBe('visit-gone');
  }
  expect(await codeOf(accept({ appointment: MINE, ticket: { id: v7(), number: 'A001' } }))).toBe('bad-input');
  expect((await laptop.call('sync.status', {})).waiting).toBe(0);
  expect(await codeOf(accept({ appointment: MINE }))).toBe('ok');
});

test('a refusal at the home is of the visit too, and asks for the same two', async () => {
  const refuse = () =>
    laptop.call('case.refuse', {
      commandId: v7(),
      draft: acceptanceDraft({ materials: [], appointment: MINE }),
      refusal: { ground: 'other', reason: '不属于本登记机构', missing: [] },
    });
  await signIn('1003');
  expect(await codeOf(refuse())).toBe('visit-of-others');
  await signIn('1002');
  const { acceptance, state } = await refuse();
  expect(acceptance).toMatchObject({ source: 'home-visit', appointment: MINE });
  expect(acceptance.path.at(-1)).toBe('T44');
  expect(state).toBe('AT_WINDOW');
});
