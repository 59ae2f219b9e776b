import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseTerminalConfig } from '../../contract/config.ts';
import type { PreReviewBodies } from '../../domain/preReview/types.ts';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { openTestStore } from '../../tests/fixtures/store.ts';
import { expirePreReviews } from './expirePreReviews.ts';

const HOUR = 60 * 60_000;
/** Ten at night of the hall. */
const START = Date.parse('2026-11-27T14:00:00.000Z');
const CONFIG = parseTerminalConfig(JSON.stringify({ terminal: { id: 'K01', hall: 'main', role: 'prereview' } }));

let now = START;
let fixture: ReturnType<typeof openTestStore>;
let committed: string[] = [];
beforeEach(() => {
  now = START;
  committed = [];
  fixture = openTestStore({ now: () => now });
});
afterEach(() => fixture.dispose());

const run = () =>
  expirePreReviews({
    store: fixture.store,
    config: CONFIG,
    now: () => now,
    committed: (streams) => committed.push(...streams),
  });

function append<K extends keyof PreReviewBodies>(kind: K, id: string, body: Partial<PreReviewBodies[K]> = {}): void {
  const whole = { ...HALL_BODIES[kind], ...('at' in body ? {} : { at: new Date(now).toISOString() }), ...body };
  fixture.store.ledger.append({ kind, stream: `prereview:${id}`, actor: 'kiosk', body: whole as never });
}

function review(body: Partial<PreReviewBodies['prereview.saved']> = {}): string {
  const id = v7();
  append('prereview.saved', id, body);
  return id;
}

const endOf = (id: string) => {
  const held = fixture.store.hall.read('prereview', id);
  return held?.type === 'prereview' ? held.record.ended : null;
};

test('one that is open two days later is ended, whatever came of it, and says when', () => {
  const [begun, failed, passed] = [review(), review(), review()];
  append('prereview.judged', failed, { missing: ['M04'] });
  append('prereview.judged', passed, { missing: [] });
  now += 25 * HOUR;
  expect(run()).toBe(0);
  // The days of the hall count, not hours.
  now += 2 * HOUR;
  expect(run()).toBe(3);
  const at = new Date(now).toISOString();
  expect([begun, failed, passed].map(endOf)).toEqual(Array(3).fill({ at, how: 'expired' }));
  expect(committed.sort()).toEqual([begun, failed, passed].map((id) => `prereview:${id}`).sort());
  expect(run()).toBe(0);
});

test('one that is gone on with or was sent back counts from then; one that has ended, or is of another terminal, is left', () => {
  const [goneOn, sentBack, ended, foreign] = [review(), review(), review(), review({ terminal: 'K02' })];
  append('prereview.ended', ended, { how: 'accepted' });
  now += 24 * HOUR;
  append('prereview.saved', goneOn);
  append('prereview.sent-back', sentBack);
  now += 24 * HOUR;
  expect(run()).toBe(0);
  now += 24 * HOUR;
  expect(run()).toBe(2);
  expect([goneOn, sentBack].map((id) => endOf(id)?.how)).toEqual(['expired', 'expired']);
  expect(endOf(ended)?.how).toBe('accepted');
  expect(endOf(foreign)).toBeNull();
});
