import { mkdirSync, readFileSync } from 'node:fs';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MethodInput, MethodName } from '../contract/rpc.ts';
import type { Store } from '../db/store.ts';
import type { AllHallBodies } from '../domain/hall/reduceHall.ts';
import { codeOf } from '../tests/fixtures/codeOf.ts';
import { HALL_BODIES } from '../tests/fixtures/hallBodies.ts';
import { startTestService } from '../tests/fixtures/service.ts';
import { CLERK, phcOf } from '../tests/fixtures/staff.ts';
import { at, DAY, taken, WHY } from '../tests/fixtures/tickets.ts';

const SUPERVISOR = {
  ...CLERK,
  number: '9001',
  name: '主任示例',
  roles: ['SUP' as const],
  passwordHash: phcOf('board-pass'),
};
/** Sits at a window and leads the hall. */
const BOTH = { ...SUPERVISOR, number: '1002', name: '李强', roles: ['WIN' as const, 'SUP' as const] };
const AUDITOR = { ...SUPERVISOR, number: '9101', name: '审计示例', roles: ['AUD' as const] };

const NOW = Date.parse(at('10:00'));
const [B1, B2, A1, CASE] = [v7(), v7(), v7(), v7()];

type Write = <K extends keyof AllHallBodies>(kind: K, id: string, body: AllHallBodies[K], actor?: string) => void;

/** A morning at two windows, as the hub would have written it. */
function writeMorning(store: Store): void {
  const write: Write = (kind, id, body, actor = '1001') => {
    store.ledger.append({ kind, stream: `${kind.split('.')[0]}:${id}`, actor, body } as never);
  };
  const [w1, w2, order, own] = [v7(), v7(), v7(), v7()];
  const person = { id: '1001', name: '王敏' };
  const atW01 = (time: string) => ({ at: at(time), terminal: 'W01' });
  write('window.changed', w1, { terminal: 'W01', state: 'open', reason: null, clerk: person, at: at('08:30') });
  write('window.changed', w2, { terminal: 'W02', state: 'paused', reason: '用餐', clerk: person, at: at('09:00') });
  write('ticket.taken', B1, taken('B001', '08:40'), 'kiosk');
  write('ticket.called', B1, { ...atW01('08:50'), window: 1, clerk: '1001', purpose: 'intake', why: WHY });
  write('ticket.recalled', B1, atW01('08:51'));
  write('ticket.arrived', B1, atW01('08:52'));
  write('ticket.bound', B1, { caseId: CASE, at: at('08:58') });
  write('ticket.finished', B1, atW01('09:12'));
  write('ticket.pickup-raised', B1, { caseId: CASE, at: at('09:50'), terminal: 'W01' }, 'system');
  write('ticket.taken', B2, taken('B002', '09:20'), 'kiosk');
  write('ticket.raised', B2, { at: at('09:40'), reason: '等候过久' }, '9001');
  write('ticket.taken', A1, taken('A001', '09:55', { queue: 'A', floor: 3 }), 'kiosk');
  write('rating.given', v7(), { ...HALL_BODIES['rating.given'], clerk: '1001', grade: 5, at: at('09:13') });
  write('rating.given', v7(), { ...HALL_BODIES['rating.given'], clerk: '1002', grade: 1, at: at('09:14') });
  write('workorder.opened', order, { ratingId: v7(), about: 'B001', clerk: '1001', at: '2026-11-25T02:00:00.000Z' });
  write('workorder.opened', own, { ratingId: v7(), about: 'B002', clerk: '1002', at: at('09:14') });
  const booked = { ...HALL_BODIES['appointment.booked'], slot: { from: at('09:00'), to: at('09:59') } };
  write('appointment.booked', v7(), booked);
  write('appointment.booked', v7(), { ...booked, code: '87654321', phone: '13900001234', day: '2026-11-30' });
  write('issue.changed', v7(), HALL_BODIES['issue.changed'], '9001');
}

let desk: ReturnType<typeof startTestService>;
beforeEach(() => {
  desk = startTestService({ staff: [CLERK, SUPERVISOR, BOTH, AUDITOR], now: () => NOW, prepare: writeMorning });
});
afterEach(() => desk.dispose());

const signIn = (number = '9001') =>
  desk.call('session.login', { number, password: 'board-pass' }, 'desk', 'supervisor');
const call = <M extends MethodName>(method: M, input: MethodInput<M>) => desk.call(method, input, 'desk', 'supervisor');

test('the board is for supervisors at the machine of the supervisor, and nobody else', async () => {
  await signIn('9101');
  expect(await codeOf(call('board.state', {}))).toBe('forbidden');
  await signIn();
  expect(await codeOf(call('board.state', {}))).toBe('ok');
  expect(await codeOf(desk.call('board.state', {}, 'desk', 'window'))).toBe('forbidden');
});

test('the board tells the morning as the log has it', async () => {
  await signIn();
  const { tiles, waiting, work, hours, ...state } = await call('board.state', {});
  expect(tiles).toHaveLength(18);
  expect(tiles[0]).toMatchObject({ number: 1, state: 'open', clerk: { name: '王敏' }, inHand: null, handled: 1 });
  // Since B001 left at 09:12.
  expect(tiles[0]?.idleMs).toBe(48 * 60_000);
  expect(tiles[1]).toMatchObject({ state: 'paused', reason: '用餐', stateForMs: 60 * 60_000 });
  expect(waiting.map(({ queue, waiting: people, open, stop }) => [queue, people, open, stop?.by])).toEqual([
    ['A', 1, 0, '9001'],
    ['B', 1, 1, undefined],
  ]);
  // From 08:52 to 09:12; open and alone 08:30–08:50 and 09:12–10:00 over one call.
  expect(work).toEqual({ handled: 1, averageHandlingMs: 20 * 60_000, averageIdleMs: 68 * 60_000, idleMs: 68 * 60_000 });
  expect(hours).toEqual([
    { hour: 8, taken: 1, finished: 0 },
    { hour: 9, taken: 2, finished: 1 },
  ]);
  expect(state).toMatchObject({ day: DAY, taken: 3, pickups: 1, isClosing: false, knowsSilence: false });
  expect(state.alarms.map(({ name }) => name.replace(/:.{36}$/, ':id'))).toEqual([
    'no-window:A',
    'work-order-contact:id',
    'wait-too-long:B',
  ]);
});

test('nobody hears of a bad mark of their own: not as an alarm, not in the list, not in the totals', async () => {
  await signIn('1002');
  const days = { from: DAY, to: DAY };
  expect((await call('board.workOrders', {})).rows.map(({ about }) => about)).toEqual(['B001']);
  expect(await call('board.ratings', days)).toMatchObject({ offered: 1, withheld: 1 });
  await signIn('9001');
  const { rows } = await call('board.workOrders', {});
  expect(rows.map(({ about, contactLate, settleLate }) => [about, contactLate, settleLate])).toEqual([
    ['B001', true, false],
    ['B002', false, false],
  ]);
  // Opened on Wednesday the 25th: contact by the close of Thursday, an end by the close of Wednesday the 2nd.
  expect(rows[0]).toMatchObject({ contactDueAt: '2026-11-26T08:30:00.000Z', settleDueAt: '2026-12-02T08:30:00.000Z' });
  expect(await call('board.ratings', days)).toMatchObject({ offered: 2, unanswered: 0, withheld: 0 });
  expect(JSON.stringify(await call('board.ratings', days))).not.toMatch(/1001|1002|B00/);
});

test('tickets are found by number, queue, state and window', async () => {
  await signIn();
  const numbers = async (input: MethodInput<'board.tickets'>) =>
    (await call('board.tickets', input)).rows.map(({ number }) => number);
  expect(await numbers({})).toEqual(['A001', 'B001', 'B002']);
  expect(await numbers({ number: 'b' })).toEqual(['B001', 'B002']);
  expect(await numbers({ queue: 'A' })).toEqual(['A001']);
  expect(await numbers({ state: 'WAITING' })).toEqual(['A001', 'B002']);
  expect(await numbers({ state: 'pickup' })).toEqual(['B001']);
  expect(await numbers({ terminal: 'W01' })).toEqual(['B001']);
  expect(await numbers({ day: '2026-11-26' })).toEqual([]);
  const [row] = (await call('board.tickets', { number: 'B001' })).rows;
  expect(row).toMatchObject({ window: 1, waitMs: 10 * 60_000, serviceMs: 20 * 60_000, cases: 1, pickup: 'waiting' });
});

test('the story of a ticket is every op of it, in order, and only of it', async () => {
  await signIn();
  const { story, times } = await call('board.ticket', { ticketId: B1 });
  expect(story.map(({ op, by }) => `${op.kind} ${by}`)).toEqual([
    'ticket.taken kiosk',
    'ticket.called 1001',
    'ticket.recalled 1001',
    'ticket.arrived 1001',
    'ticket.bound 1001',
    'ticket.finished 1001',
    'ticket.pickup-raised system',
  ]);
  expect(times).toMatchObject({ wait: 10 * 60_000, walk: 2 * 60_000, pickupWait: 10 * 60_000 });
  const raised = (await call('board.ticket', { ticketId: B2 })).story.at(-1);
  expect(raised).toMatchObject({ by: '9001', byName: '主任示例', op: { body: { reason: '等候过久' } } });
  expect(await codeOf(call('board.ticket', { ticketId: CASE }))).toBe('ticket-gone');
});

test('appointments of some days, found by the front of a code or the end of a phone number', async () => {
  await signIn();
  const codes = async (find?: string) =>
    (await call('board.appointments', { from: DAY, to: '2026-12-04', ...(find !== undefined && { find }) })).rows.map(
      ({ record }) => record.code,
    );
  expect(await codes()).toEqual(['12345678', '87654321']);
  expect(await codes('8765')).toEqual(['87654321']);
  expect(await codes('1234')).toEqual(['12345678', '87654321']);
  expect(await codes('张三')).toEqual([]);
  const [row] = (await call('board.appointments', { from: DAY, to: DAY })).rows;
  expect(row).toMatchObject({ isLate: true, phoneMasked: '138****0000', nameMasked: '张*' });
});

test('the table of a day goes to a file of its own, without anybody’s name', async () => {
  await signIn();
  const { file, rows } = await call('board.export', { day: DAY });
  expect(rows).toBe(3);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\r\n');
  expect(lines[2]).toBe(
    'B001,非涉税,普通,办结,2026-11-27 08:40,2026-11-27 08:50,1,2026-11-27 09:12,0,10,2,20,0,10,0,1',
  );
  mkdirSync(`${desk.dir}/export/tickets-2026-11-26.csv`, { recursive: true });
  expect(await codeOf(call('board.export', { day: '2026-11-26' }))).toBe('export-not-saved');
});

test('the plan of the program stands until somebody changes it', async () => {
  await signIn();
  const { plan, version, changed } = await call('board.plan', {});
  expect([plan.windows.length, version, changed]).toEqual([18, 0, null]);
});

test('orders need the hub, a reason, and the rank of an order', async () => {
  await signIn();
  const act = (command: MethodInput<'board.act'>['command']) => codeOf(call('board.act', { commandId: v7(), command }));
  expect(await act({ kind: 'raise', ticketId: B2, reason: '等候过久' })).toBe('offline');
  expect(await act({ kind: 'raise', ticketId: B2, reason: ' ' })).toBe('bad-input');
  expect(await act({ kind: 'void', ticketId: B2, reason: 'mistake', note: '' })).toBe('bad-input');
  expect(await act({ kind: 'next' } as never)).toBe('bad-input');
});
