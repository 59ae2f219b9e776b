import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openTestStore } from '../../tests/fixtures/store.ts';
import { RatingDesk } from './ratingDesk.ts';

const SERVICE = {
  ticketId: '0198a000-0000-7000-8000-0000000000e1',
  number: 'A015',
  caseId: null,
  about: 'A015',
  clerk: '1001',
};
let fixture: ReturnType<typeof openTestStore>;
let now: number;
let monotonic: number;
/** What the hub says. */
let link: string | null | Promise<string | null>;
const over: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  now = Date.parse('2026-11-27T01:30:00.000Z');
  monotonic = 1_000;
  fixture = openTestStore({ now: () => now });
  link = null;
  over.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
  fixture.dispose();
});

function start() {
  return new RatingDesk({
    store: fixture.store,
    terminal: 'W03',
    now: () => now,
    monotonic: () => monotonic,
    newId: v7,
    onAsked: () => {},
    onOver: ({ id }) => over.push(id),
    onCommitted: () => {},
    askLink: async () => link,
  });
}

const given = () =>
  fixture.store.hall.all('rating').map(({ grade, way, clerk, about }) => ({ grade, way, clerk, about }));

function pass(ms: number): void {
  now += ms;
  monotonic += ms;
  vi.advanceTimersByTime(ms);
}

test('nobody who does not answer within a minute has given a good mark', () => {
  const desk = start();
  desk.offer(SERVICE);
  pass(59_999);
  expect(given()).toEqual([]);
  pass(1);
  expect(given()).toEqual([{ grade: null, way: null, clerk: '1001', about: 'A015' }]);
  expect([desk.asked, over.length]).toEqual([null, 1]);
});

test('the first answer counts, late and further ones do not, and nobody wrote it', () => {
  const desk = start();
  desk.offer(SERVICE);
  const { id } = desk.asked ?? { id: '' };
  desk.pressed(2);
  desk.pressed(5);
  expect(() => desk.give(id, 'screen', 5)).toThrow(expect.objectContaining({ code: 'rating-over' }));
  pass(120_000);
  expect(given()).toEqual([{ grade: 2, way: 'box', clerk: '1001', about: 'A015' }]);
  expect(fixture.store.ledger.readAfter(0, 9).map(({ actor }) => actor)).toEqual(['system']);
});

test('a press that is no grade, or comes while nothing is offered, is none', () => {
  const desk = start();
  desk.pressed(5);
  desk.offer(SERVICE);
  desk.pressed(7);
  expect([given(), desk.asked?.number]).toEqual([[], 'A015']);
  desk.stop();
});

test('the next service ends the question about the one before', () => {
  const desk = start();
  desk.offer(SERVICE);
  desk.offer({ ...SERVICE, about: 'A016', number: 'A016', clerk: '1002' });
  expect(given()).toEqual([{ grade: null, way: null, clerk: '1001', about: 'A015' }]);
  desk.give(desk.asked?.id ?? '', 'screen', 4);
  expect(given()).toContainEqual({ grade: 4, way: 'screen', clerk: '1002', about: 'A016' });
});

test('a wall clock that is set ends no offer and keeps none open; the remaining time is told', () => {
  const desk = start();
  desk.offer(SERVICE);
  now += 3_600_000;
  monotonic += 20_000;
  vi.advanceTimersByTime(20_000);
  expect(desk.open).toEqual({ id: desk.asked?.id, number: 'A015', remainingMs: 40_000, link: null });
  now -= 7_200_000;
  monotonic += 40_000;
  vi.advanceTimersByTime(250);
  expect(given()).toEqual([{ grade: null, way: null, clerk: '1001', about: 'A015' }]);
  expect(desk.open).toBeNull();
});

test('an answer after the minute is none, even before somebody looked at the clock', () => {
  const desk = start();
  desk.offer(SERVICE);
  const { id } = desk.asked ?? { id: '' };
  monotonic += 60_000;
  expect(desk.open).toBeNull();
  expect(() => desk.give(id, 'screen', 5)).toThrow(expect.objectContaining({ code: 'rating-over' }));
  desk.pressed(5);
  vi.advanceTimersByTime(250);
  expect(given()).toEqual([{ grade: null, way: null, clerk: '1001', about: 'A015' }]);
});

test('an offer outlives the program, for the rest of its minute', () => {
  const first = start();
  first.offer(SERVICE);
  const { id } = first.asked ?? {};
  first.stop();
  fixture.reopen();
  now += 40_000;
  const second = start();
  expect(second.asked?.id).toBe(id);
  pass(20_000);
  expect(given()).toEqual([{ grade: null, way: null, clerk: '1001', about: 'A015' }]);
});

test('the code for a phone is that of the service that is asked about, and comes when the hub does', async () => {
  const desk = start();
  desk.offer(SERVICE);
  await vi.advanceTimersByTimeAsync(0);
  expect(desk.open?.link).toBeNull();
  link = 'http://192.0.2.5:7480/r/abc';
  desk.noteHub();
  await vi.advanceTimersByTimeAsync(0);
  expect(desk.open?.link).toBe(link);
  // Another hub took over, and it serves no page.
  link = null;
  desk.noteHub();
  await vi.advanceTimersByTimeAsync(0);
  expect(desk.open?.link).toBeNull();
  // Asked about the first, answered when the second is asked about already.
  const late = Promise.withResolvers<string | null>();
  link = late.promise;
  desk.offer(SERVICE);
  link = null;
  desk.offer({ ...SERVICE, number: 'A016' });
  late.resolve('http://192.0.2.5:7480/r/of-the-one-before');
  await vi.advanceTimersByTimeAsync(0);
  expect(desk.open).toMatchObject({ number: 'A016', link: null });
  desk.stop();
});

test('what was answered with a phone is not asked any more, and nothing is written about it here', () => {
  const desk = start();
  desk.offer(SERVICE);
  const { id = '' } = desk.asked ?? {};
  desk.noteChanged(['rating:0198a000-0000-7000-8000-0000000000ff', `ticket:${id}`]);
  expect(desk.asked?.id).toBe(id);
  desk.noteChanged([`rating:${id}`]);
  expect([desk.asked, desk.open, over]).toEqual([null, null, [id]]);
  desk.pressed(5);
  pass(60_000);
  expect(given()).toEqual([]);
  // Nor after a start.
  fixture.reopen();
  expect(start().asked).toBeNull();
});
