import { afterEach, beforeEach, expect, test } from 'vitest';
import { CALENDAR_STREAM, CATALOGUE_STREAM } from '../domain/ledger/published.ts';
import { ReduceError } from '../domain/ledger/reduce.ts';
import { calendarOf2027, laterCatalogue } from '../tests/fixtures/publications.ts';
import { openTestStore } from '../tests/fixtures/store.ts';
import { verifyDatabase } from './verify.ts';

let fixture: ReturnType<typeof openTestStore>;
beforeEach(() => {
  fixture = openTestStore();
});
afterEach(() => fixture.dispose());

const publishCatalogue = (version: string) =>
  fixture.store.ledger.append({
    kind: 'catalogue.published',
    stream: CATALOGUE_STREAM,
    actor: 'system',
    body: laterCatalogue(version, '2026-12-01'),
  });
const publishCalendar = (body: ReturnType<typeof calendarOf2027>) =>
  fixture.store.ledger.append({ kind: 'calendar.published', stream: CALENDAR_STREAM, actor: 'system', body });

test('every catalogue is kept, and read back as it was published', () => {
  publishCatalogue('2026.4');
  publishCatalogue('2026.10');
  const { publications } = fixture.reopen();
  expect(publications.catalogues()).toEqual([
    { version: '2026.4', validFrom: '2026-12-01' },
    { version: '2026.10', validFrom: '2026-12-01' },
  ]);
  expect(publications.catalogue('2026.4')).toEqual(laterCatalogue('2026.4', '2026-12-01'));
  expect(publications.catalogue('2026.9')).toBeNull();
  expect(verifyDatabase(fixture.store.db)).toEqual([]);
});

test('a catalogue that is not later is refused and leaves nothing', () => {
  publishCatalogue('2026.10');
  for (const version of ['2026.10', '2026.9']) expect(() => publishCatalogue(version)).toThrow(ReduceError);
  expect(fixture.store.publications.catalogues()).toHaveLength(1);
  expect(fixture.store.ledger.head().seq).toBe(1);
});

test('a publication in any other stream is refused', () => {
  const stream = CATALOGUE_STREAM.replace(/.$/, '9');
  const body = laterCatalogue('2026.4', '2026-12-01');
  expect(() => fixture.store.ledger.append({ kind: 'catalogue.published', stream, actor: 'system', body })).toThrow(
    'wrong-stream',
  );
});

test('a calendar replaces the one before, years and orders', () => {
  expect(fixture.store.publications.calendar()).toBeNull();
  publishCalendar(calendarOf2027(false));
  expect(fixture.store.publications.calendar()).toEqual(calendarOf2027(false));
  publishCalendar({ years: calendarOf2027().years, overrides: [] });
  const { publications } = fixture.reopen();
  expect(publications.calendarVersion()).toBe(2);
  expect(publications.calendar()).toEqual({ years: calendarOf2027().years, overrides: [] });
  expect(verifyDatabase(fixture.store.db)).toEqual([]);
});

test('an edited year shows', () => {
  publishCalendar(calendarOf2027());
  fixture.store.db.exec("UPDATE calendar_year SET off = '01-02'");
  expect(verifyDatabase(fixture.store.db).map(({ detail }) => detail)).toEqual([
    expect.stringMatching(/^calendar_year \d{4}: differs$/),
  ]);
});
