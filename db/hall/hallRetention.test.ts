import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PreReviewSaved } from '../../domain/preReview/types.ts';
import { acceptance } from '../../tests/fixtures/acceptance.ts';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { openTestStore } from '../../tests/fixtures/store.ts';
import { verifyDatabase } from '../verify.ts';

const DAY = 24 * 60 * 60_000;
const PERIODS = { endedCases: 7, openCases: 30, drafts: 30, appointments: 90, tickets: 90 };
/** Ten in the morning of the hall, the day of `HALL_BODIES`. */
const START = Date.parse('2026-11-27T02:00:00.000Z');
const SECRET = '欧阳独一';

let now = START;
let fixture: ReturnType<typeof openTestStore>;
beforeEach(() => {
  now = START;
  fixture = openTestStore({ now: () => now });
});
afterEach(() => fixture.dispose());

const at = () => new Date(now).toISOString();
const head = () => fixture.store.ledger.head().seq;
const run = (acked = head()) => fixture.store.retention.run(PERIODS, acked, now, async () => {});
const isHere = (kind: 'prereview' | 'appointment' | 'ticket', id: string) => fixture.store.hall.read(kind, id) !== null;
const textOfLog = () => fixture.store.db.prepare("SELECT group_concat(body, '') FROM op").pluck().get() as string;

const saved = (): PreReviewSaved => ({
  ...HALL_BODIES['prereview.saved'],
  parties: acceptance(1).parties.map((party) => ({ ...party, name: SECRET })),
  at: at(),
});

function preReview(id = v7()): string {
  const stream = `prereview:${id}`;
  const { ledger } = fixture.store;
  ledger.append({ kind: 'prereview.saved', stream, actor: 'kiosk', body: saved() });
  ledger.append({ kind: 'prereview.judged', stream, actor: 'kiosk', body: { at: at(), missing: ['M04'] } });
  return id;
}

function appointment(): string {
  const id = v7();
  const body = { ...HALL_BODIES['appointment.booked'], name: SECRET, phone: '13900000000' };
  fixture.store.ledger.append({ kind: 'appointment.booked', stream: `appointment:${id}`, actor: 'booking', body });
  return id;
}

function ticket(): string {
  const id = v7();
  const stream = `ticket:${id}`;
  const { ledger } = fixture.store;
  const body = { ...HALL_BODIES['ticket.taken'], person: 'ab'.repeat(16) };
  ledger.append({ kind: 'ticket.taken', stream, actor: 'kiosk', body });
  ledger.append({ kind: 'ticket.called', stream, actor: '1001', body: HALL_BODIES['ticket.called'] });
  return id;
}

test('pre-reviews go thirty days after their last change, appointments and tickets ninety days after their day', async () => {
  const [review, booked, taken] = [preReview(), appointment(), ticket()];
  now += 30 * DAY;
  expect(await run()).toMatchObject({ preReviews: 0, appointments: 0, tickets: 0 });
  now += 1000;
  expect(await run()).toMatchObject({ preReviews: 1, appointments: 0, tickets: 0 });
  expect(isHere('prereview', review)).toBe(false);
  // The day counts, not the hour.
  now = START + 90 * DAY;
  expect(await run()).toMatchObject({ appointments: 0, tickets: 0 });
  expect([isHere('appointment', booked), isHere('ticket', taken)]).toEqual([true, true]);
  now += DAY;
  expect(await run()).toMatchObject({ preReviews: 0, appointments: 1, tickets: 1 });
  expect([isHere('appointment', booked), isHere('ticket', taken)]).toEqual([false, false]);
  expect(await run()).toMatchObject({ preReviews: 0, appointments: 0, tickets: 0 });
});

test('nothing of the person is left in the file, the chain still verifies, and only what was removed may be empty', async () => {
  const opened = { stream: `window:${v7()}`, actor: '1001', body: HALL_BODIES['window.changed'] };
  const { op: kept } = fixture.store.ledger.append({ kind: 'window.changed', ...opened });
  preReview();
  appointment();
  ticket();
  now += 91 * DAY;
  const today = ticket();
  await run();
  expect(textOfLog()).not.toMatch(new RegExp(`${SECRET}|13900000000|220402`));
  const records = fixture.store.db.prepare("SELECT count(*) FROM hall_record WHERE kind <> 'window'").pluck().get();
  expect(records).toBe(0);
  // Who did what when is still there.
  expect(fixture.store.ledger.readAfter(0, 100).map(({ kind }) => kind)).toEqual([
    ...['window.changed', 'prereview.saved', 'prereview.judged', 'appointment.booked'],
    ...['ticket.taken', 'ticket.called', 'ticket.taken', 'ticket.called'],
  ]);
  expect(verifyDatabase(fixture.store.db)).toEqual([]);
  const { db } = fixture.reopen();
  expect(verifyDatabase(db)).toEqual([]);
  expect(isHere('ticket', today)).toBe(false);
  db.prepare("UPDATE op SET body = '{}' WHERE op_id = ?").run(Buffer.from(kept.op_id.replaceAll('-', ''), 'hex'));
  expect(verifyDatabase(db).map(({ code }) => code)).toContain('body-hash');
});

test('one that is gone on with, was sent back or has ended counts from then', async () => {
  const [goneOn, sentBack, ended] = [preReview(), preReview(), preReview()];
  now += 10 * DAY;
  const { ledger } = fixture.store;
  ledger.append({ kind: 'prereview.saved', stream: `prereview:${goneOn}`, actor: 'kiosk', body: saved() });
  const back = { at: at(), terminal: 'W03', reason: '缺合同' };
  ledger.append({ kind: 'prereview.sent-back', stream: `prereview:${sentBack}`, actor: '1001', body: back });
  const end = { at: at(), how: 'accepted' } as const;
  ledger.append({ kind: 'prereview.ended', stream: `prereview:${ended}`, actor: 'system', body: end });
  now = START + 40 * DAY;
  expect(await run()).toMatchObject({ preReviews: 0 });
  now += 1000;
  expect(await run()).toMatchObject({ preReviews: 3 });
});

test('never what the centre does not have, and nothing that is still undecided there; what the hub refused is decided', async () => {
  const first = preReview();
  const ackedSoFar = head();
  const [second, refused] = [preReview(), preReview()];
  now += 31 * DAY;
  expect(await run(0)).toMatchObject({ preReviews: 0 });
  const decide = fixture.store.db.prepare(
    "INSERT INTO op_result (epoch, seq, stream_id, outcome, code, at) VALUES (1, ?, ?, ?, 'x', ?)",
  );
  const key = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex');
  decide.run(3, key(second), 'parked', at());
  decide.run(5, key(refused), 'rejected', at());
  expect(await run(ackedSoFar)).toMatchObject({ preReviews: 1 });
  expect(isHere('prereview', first)).toBe(false);
  expect(await run()).toMatchObject({ preReviews: 1 });
  expect([isHere('prereview', second), isHere('prereview', refused)]).toEqual([true, false]);
});

test('what comes later of a removed one keeps its place and brings nothing back', async () => {
  const other = openTestStore({ now: () => now });
  const id = v7();
  const stream = `prereview:${id}`;
  const { op: first } = other.store.ledger.append({ kind: 'prereview.saved', stream, actor: 'kiosk', body: saved() });
  fixture.store.delivery.takePage('hall:main', [{ pos: 1, op: first, understood: true }]);
  expect(isHere('prereview', id)).toBe(true);
  now += 31 * DAY;
  await run();
  const { op } = other.store.ledger.append({ kind: 'prereview.saved', stream, actor: 'kiosk', body: saved() });
  fixture.store.delivery.takePage('hall:main', [{ pos: 2, op, understood: true }]);
  expect(isHere('prereview', id)).toBe(false);
  expect(textOfLog()).not.toContain(SECRET);
  expect(verifyDatabase(fixture.store.db)).toEqual([]);
  other.dispose();
});

test('a pre-review that shares its id with a case goes with the case and not before', async () => {
  const id = preReview();
  now += 20 * DAY;
  const { ledger } = fixture.store;
  ledger.append({ kind: 'case.accepted', stream: `case:${id}`, actor: '1001', body: acceptance(1) });
  // The newest case stays, whatever its age.
  ledger.append({ kind: 'case.accepted', stream: `case:${v7()}`, actor: '1001', body: acceptance(2) });
  now += 20 * DAY;
  expect(await run()).toMatchObject({ openCases: 0, preReviews: 0 });
  expect(isHere('prereview', id)).toBe(true);
  now += 11 * DAY;
  expect(await run()).toMatchObject({ openCases: 1 });
  expect(isHere('prereview', id)).toBe(false);
  expect(verifyDatabase(fixture.store.db)).toEqual([]);
});

test('more than one batch goes in one night', async () => {
  fixture.store.ledger.transact(() => {
    for (let each = 0; each < 1001; each++) ticket();
  });
  now += 91 * DAY;
  let breaths = 0;
  const breathe = async () => {
    breaths += 1;
  };
  expect(await fixture.store.retention.run(PERIODS, head(), now, breathe)).toMatchObject({ tickets: 1001 });
  expect(breaths).toBeGreaterThanOrEqual(2);
  expect(verifyDatabase(fixture.store.db)).toEqual([]);
});
