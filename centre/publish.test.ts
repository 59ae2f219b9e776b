import { afterEach, beforeEach, expect, test } from 'vitest';
import { PublicationError } from '../contract/publication.ts';
import { CATALOGUE } from '../domain/catalogue/catalogue.ts';
import { CALENDAR_STREAM, CATALOGUE_STREAM } from '../domain/ledger/published.ts';
import { openStoreIn } from '../tests/fixtures/centreDatabase.ts';
import { openTestIngest } from '../tests/fixtures/ingest.ts';
import { OpMaker } from '../tests/fixtures/opMaker.ts';
import { calendarOf2027, laterCatalogue } from '../tests/fixtures/publications.ts';
import { WorkingLedger } from './ledger/workingLedger.ts';
import { followAutomatically } from './office/automatic.ts';
import { publishCalendar, publishCatalogue, readPublications } from './publish.ts';

const now = () => Date.parse('2026-11-23T01:00:00Z');
let centre: ReturnType<typeof openTestIngest>;
beforeEach(() => {
  centre = openTestIngest();
});
afterEach(() => centre.dispose());

test('a catalogue goes to the scope of every hall and to no hall', async () => {
  expect(await publishCatalogue(centre.store, laterCatalogue('2026.4', '2026-12-01'), now)).toEqual([
    { scope: 'catalog', hall: '*', head: 1 },
  ]);
  await publishCatalogue(centre.store, laterCatalogue('2026.10', '2027-01-01'), now);
  const ops = await centre.scope('catalog');
  expect(ops.map(({ kind, stream, base_ver, body }) => [kind, stream, base_ver, body.version])).toEqual([
    ['catalogue.published', CATALOGUE_STREAM, 0, '2026.4'],
    ['catalogue.published', CATALOGUE_STREAM, 1, '2026.10'],
  ]);
  expect(await centre.scope('hall:main')).toEqual([]);
  expect((await readPublications(centre.store)).catalogue.version).toBe('2026.10');
});

test.each(['2026.3', '2026.2', '2025.99'])(
  'version %s is not after the built-in one, and is refused',
  async (version) => {
    const publishing = publishCatalogue(centre.store, laterCatalogue(version, '2026-12-01'), now);
    await expect(publishing).rejects.toMatchObject({ problems: [{ path: 'version' }] });
    expect(centre.store.stats().ops).toBe(0);
  },
);

test('what another process publishes is seen at the next question', async () => {
  const versionHere = async () => (await readPublications(centre.store)).catalogue.version;
  expect(await versionHere()).toBe(CATALOGUE.version);
  const other = openStoreIn(centre.dir);
  for (const version of ['2026.4', '2026.5']) {
    await publishCatalogue(other, laterCatalogue(version, '2026-12-01'), now);
    expect([await versionHere(), await versionHere()]).toEqual([version, version]);
  }
  other.close();
});

test('a version is given once', async () => {
  const catalogue = laterCatalogue('2026.4', '2026-12-01');
  await publishCatalogue(centre.store, catalogue, now);
  await expect(publishCatalogue(centre.store, catalogue, now)).rejects.toThrow(PublicationError);
  expect(centre.store.stats().ops).toBe(1);
});

test('a wrong cell is named by its path, and nothing is written', async () => {
  const wrong = { ...laterCatalogue('2026.4', '2026-12-01'), materials: [...CATALOGUE.materials.slice(1)] };
  await expect(publishCatalogue(centre.store, wrong, now)).rejects.toMatchObject({
    problems: expect.arrayContaining([{ path: 'items.0.materials.0.material', message: 'no such material' }]),
  });
  await expect(publishCalendar(centre.store, { years: [] }, now)).rejects.toMatchObject({
    problems: [{ path: 'overrides' }],
  });
  expect(centre.store.stats().ops).toBe(0);
});

test('a calendar replaces the one before', async () => {
  await publishCalendar(centre.store, calendarOf2027(false), now);
  await publishCalendar(centre.store, { ...calendarOf2027(), overrides: [] }, now);
  expect((await readPublications(centre.store)).calendar).toEqual({ ...calendarOf2027(), overrides: [] });
  expect((await centre.scope('catalog')).map(({ base_ver }) => base_ver)).toEqual([0, 1]);
});

test('a terminal publishes nothing', async () => {
  const maker = new OpMaker({ name: 'a' });
  maker.make('catalogue.published', CATALOGUE_STREAM, laterCatalogue('2026.4', '2026-12-01'));
  maker.make('calendar.published', CALENDAR_STREAM, calendarOf2027());
  expect(await centre.push(maker, maker.ops)).toMatchObject({
    results: [
      { outcome: 'rejected', code: 'forbidden' },
      { outcome: 'rejected', code: 'forbidden' },
    ],
  });
  expect(await centre.scope('catalog')).toEqual([]);
});

test('a case is dispatched by what the published catalogue says of its item', async () => {
  const later = laterCatalogue('2026.4', '2026-11-01');
  const items = later.items.map((item) => (item.code === 'A09' ? { ...item, housingCheck: true } : item));
  await publishCatalogue(centre.store, { ...later, items }, now);
  const maker = new OpMaker({ name: 'a' });
  const { stream } = maker.acceptCase({ catalogueVersion: '2026.4' });
  await centre.push(maker, maker.ops);
  await centre.store.write([], (known) => {
    const ledger = new WorkingLedger(known);
    followAutomatically(ledger, centre.store.self, [stream], now());
    return { decision: ledger.decision(), value: null };
  });
  const dispatched = (await centre.scope()).find((op) => op.kind === 'case.advanced');
  expect(dispatched?.body).toMatchObject({ transition: 'T14', data: { route: { skipped: ['TAX'] } } });
});
