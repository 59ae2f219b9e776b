import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 } from 'uuid';
import { DATABASE_FILE, Store } from '../../db/store.ts';
import { randomFrom } from '../../tools/day/random.ts';
import { TEST_KEY } from '../fixtures/store.ts';
import { type Figure, figure, percentile } from './figures.ts';
import { buildTown, STREETS, type TownCase, townCase } from './town.ts';

/** Cases in the file: p95 is to be ≤ 5 ms in the first, ≤ 15 ms in the second (design.md §10). */
const SIZES = [200_000, 2_000_000];
const ROUNDS = 200;
/** What a page asks for. */
const LIMIT = 50;

/**
 * Finding a case in an encrypted file, as the window's search does (rows and total), beside one lookup by 受理编号 in the
 * same file. Names and streets are few, so the common ones have thousands of hits; `surname` and `street` are the worst a
 * clerk can type. `build` and `size` are of the file that is made for it, and removed.
 */
export async function benchSearch(): Promise<Figure[]> {
  return SIZES.flatMap((cases) => searchAmong(cases));
}

function searchAmong(cases: number): Figure[] {
  const dir = mkdtempSync(path.join(tmpdir(), 'yichuang-bench-'));
  try {
    const open = () => Store.open({ dir, keyHex: TEST_KEY, now: Date.now, newId: v7 });
    const startedAt = performance.now();
    const building = open();
    buildTown(building, cases);
    building.close();
    const seconds = (performance.now() - startedAt) / 1000;
    const size = statSync(path.join(dir, DATABASE_FILE)).size / 2 ** 20;
    const store = open();
    try {
      return [
        figure(`search.${cases}.build`, seconds, 's'),
        figure(`search.${cases}.size`, size, 'MiB'),
        ...measure(store, cases),
      ];
    } finally {
      store.close();
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function measure(store: Store, cases: number): Figure[] {
  const any = (random: () => number) => townCase(Math.floor(random() * cases));
  const lookup = store.db.prepare('SELECT id FROM case_file WHERE number = ?');
  const baseline = p95(
    (random) => any(random).acceptance.number,
    (number) => lookup.get(number),
  );
  const questions: Record<string, (random: () => number) => string> = {
    name: (random) => partyOf(any(random)).name,
    namePart: (random) => partyOf(any(random)).name.slice(1),
    idNumber: (random) => partyOf(any(random)).idNumber,
    idNumberStart: (random) => partyOf(any(random)).idNumber.slice(0, 14),
    caseNumber: (random) => any(random).acceptance.number,
    unitNumber: (random) => any(random).acceptance.property.unitNumber ?? '',
    certificate: (random) => any(random).certificate,
    certificateRunning: (random) => /第(\d+)/.exec(any(random).certificate)?.[1] ?? '',
    blank: (random) => any(random).blank,
    address: (random) => any(random).acceptance.property.location.slice(7),
    surname: (random) => partyOf(any(random)).name.slice(0, 1),
    street: (random) => STREETS[Math.floor(random() * STREETS.length)] ?? '',
    region: () => '2204',
  };
  return Object.entries(questions).map(([name, question]) => {
    const value = p95(question, (text) => expectHit(store, name, text));
    return figure(`search.${cases}.${name}.p95`, value, 'ms', baseline);
  });
}

function partyOf({ acceptance: { parties } }: TownCase): TownCase['acceptance']['parties'][number] {
  const [party] = parties;
  if (!party) throw new Error('a case has a party');
  return party;
}

function expectHit(store: Store, by: string, text: string): void {
  if (store.cases.search(text, LIMIT).rows.length === 0) throw new Error(`a case that is there was not found: ${by}`);
}

function p95(question: (random: () => number) => string, ask: (text: string) => unknown): number {
  const random = randomFrom(7);
  const spans = Array.from({ length: ROUNDS }, () => {
    const text = question(random);
    const startedAt = performance.now();
    ask(text);
    return performance.now() - startedAt;
  });
  return percentile(spans, 0.95);
}
