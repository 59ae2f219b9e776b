import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 } from 'uuid';
import { Store } from '../../db/store.ts';
import type { Acceptance } from '../../domain/case/types.ts';
import { acceptance } from '../fixtures/acceptance.ts';
import { TEST_KEY } from '../fixtures/store.ts';
import { type Figure, figure, percentile } from './figures.ts';

const CASES = 200_000;
/** Cases in one transaction while the file is made. */
const BATCH = 5000;
const ROUNDS = 200;
/** What a page asks for. */
const LIMIT = 50;

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕'];
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文斌志海波龙飞雪梅春晓'];
const STREETS = ['人民大街', '福镇路', '西宁大路', '辽河大路', '东山街', '新兴街', '康宁街', '仙城大街'];

/**
 * Finding a case among 200,000 in an encrypted file, as the window's search does (rows and total), beside one lookup in a
 * plain B-tree of the same file. Target: p95 ≤ 5 ms. Names and streets are few, so the common ones have thousands of hits;
 * `find.surname` and `find.street` are the worst a clerk can type.
 */
export async function benchFind(): Promise<Figure[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'yichuang-bench-'));
  const store = Store.open({ dir, keyHex: TEST_KEY, now: Date.now, newId: v7 });
  try {
    fill(store);
    store.textIndex.catchUp();
    const lookup = store.db.prepare('SELECT id FROM case_file WHERE number = ?');
    const any = (random: () => number) => caseOf(Math.floor(random() * CASES));
    const baseline = p95(
      (random) => any(random).number,
      (number) => lookup.get(number),
    );
    const questions: Record<string, (random: () => number) => string> = {
      name: (random) => partyOf(any(random)).name,
      namePart: (random) => partyOf(any(random)).name.slice(1),
      idNumber: (random) => partyOf(any(random)).idNumber,
      idNumberStart: (random) => partyOf(any(random)).idNumber.slice(0, 14),
      caseNumber: (random) => any(random).number,
      certificate: (random) => any(random).property.certificate?.number ?? '',
      certificateRunning: (random) => /第(\d+)/.exec(any(random).property.certificate?.number ?? '')?.[1] ?? '',
      unitNumber: (random) => any(random).property.unitNumber ?? '',
      address: (random) => any(random).property.location.slice(7),
      surname: (random) => partyOf(any(random)).name.slice(0, 1),
      street: (random) => STREETS[Math.floor(random() * STREETS.length)] ?? '',
      region: () => '2204',
    };
    return Object.entries(questions).map(([name, question]) =>
      figure(
        `find.${name}.p95`,
        p95(question, (text) => expectHit(store, text)),
        'ms',
        baseline,
      ),
    );
  } finally {
    store.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

function fill(store: Store): void {
  for (let first = 0; first < CASES; first += BATCH) {
    store.ledger.transact(() => {
      for (let index = first; index < Math.min(first + BATCH, CASES); index++) {
        store.ledger.append({ kind: 'case.accepted', stream: `case:${v7()}`, actor: '1001', body: caseOf(index) });
      }
    });
  }
}

/** The same case for the same index: fictitious, and spread as names and houses of a town are. */
function caseOf(index: number): Acceptance {
  const random = randomFrom(index);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? '';
  const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
  const name = pick(SURNAMES) + pick(GIVEN) + (random() < 0.8 ? pick(GIVEN) : '');
  const [party] = acceptance(1).parties;
  if (!party) throw new Error('the fixture has a party');
  return acceptance(1, {
    number: `2026${String(Math.floor(index / 9999)).padStart(6, '0')}${String((index % 9999) + 1).padStart(4, '0')}`,
    parties: [{ ...party, name, idNumber: `2204021${digits(10)}X` }],
    property: {
      certificate: { number: `吉(2018)辽源市不动产权第${String(index).padStart(7, '0')}号`, legacy: false },
      unitNumber: `220402001002GB${digits(5)}F${String(index).padStart(8, '0')}`,
      location: `辽源市龙山区${pick(STREETS)}${1 + Math.floor(random() * 300)}号${1 + Math.floor(random() * 6)}单元${digits(3)}室`,
    },
  });
}

function partyOf({ parties }: Acceptance): Acceptance['parties'][number] {
  const [party] = parties;
  if (!party) throw new Error('a case has a party');
  return party;
}

function expectHit(store: Store, text: string): void {
  if (store.cases.search(text, LIMIT).rows.length === 0) throw new Error('a case that is there was not found');
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

/** mulberry32: small, even enough, and the same on every run. */
function randomFrom(seed: number): () => number {
  let state = (seed * 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
