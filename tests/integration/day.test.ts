import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyCentre } from '../../centre/verify/verify.ts';
import { openDatabase } from '../../db/open.ts';
import { verifyDatabase } from '../../db/verify.ts';
import { findAcceptanceProblems } from '../../domain/case/acceptanceRules.ts';
import { CATALOGUE } from '../../domain/catalogue/catalogue.ts';
import { parseCitizenId } from '../../domain/identity/citizenId.ts';
import { generateDay } from '../../tools/day/generateDay.ts';
import { FATES, planDay } from '../../tools/day/plan.ts';
import type { DayResult } from '../../tools/day/runDay.ts';
import { TEST_KEY } from '../fixtures/store.ts';

describe('the plan of a day', () => {
  const plan = planDay(600, 1);

  test('is the same for the same seed, and another for another', () => {
    expect(planDay(600, 1)).toEqual(plan);
    expect(planDay(600, 2)).not.toEqual(plan);
  });

  test('has every item that is offered, and mortgages, sales and their like most', () => {
    const counts = new Map<string, number>();
    for (const { draft } of plan.cases) counts.set(draft.itemCode, (counts.get(draft.itemCode) ?? 0) + 1);
    const offered = CATALOGUE.items.filter((item) => item.enabled).map((item) => item.code);
    expect([...counts.keys()].sort()).toEqual(offered.sort());
    const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 3);
    expect(most.map(([code]) => code).sort()).toEqual(['A05', 'A09', 'C01']);
  });

  test('asks for nothing that a window could not accept, of people with right numbers', () => {
    for (const { draft, window } of plan.cases) {
      const counter = plan.windows[window]?.counter;
      expect(findAcceptanceProblems(draft, plan.day, { counter })).toEqual([]);
      for (const { kind, idNumber } of draft.parties) {
        if (kind === 'person') expect(parseCitizenId(idNumber)).toMatchObject({ ok: true });
      }
    }
  });

  test('is within opening hours, in order, and has every fate', () => {
    expect(plan.cases.map(({ at }) => at)).toEqual(plan.cases.map(({ at }) => at).sort((a, b) => a - b));
    expect(plan.cases.every(({ at }) => at >= plan.opensAt && at < plan.closesAt)).toBe(true);
    expect(new Set(plan.cases.map(({ fate }) => fate))).toEqual(new Set(Object.keys(FATES)));
  });
});

describe('a made-up working day of 600 cases', () => {
  let root: string;
  let result: DayResult;
  const at = (name: string) => path.join(root, name);
  beforeAll(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'yichuang-day-'));
    result = await generateDay(planDay(600, 1), { keyHex: TEST_KEY, data: at('terminal'), centre: at('centre') });
  }, 300_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const query = (sql: string): unknown[] => {
    const db = openDatabase({ file: at('terminal/yichuang.db'), keyHex: TEST_KEY, readonly: true });
    try {
      return db.prepare(sql).pluck().all();
    } finally {
      db.close();
    }
  };

  test('is found clean at the terminal and at the centre, which hold the same', () => {
    const db = openDatabase({ file: at('terminal/yichuang.db'), keyHex: TEST_KEY, readonly: true });
    expect(verifyDatabase(db)).toEqual([]);
    expect(db.prepare('SELECT count(*) FROM op WHERE applied = 0').pluck().get()).toBe(0);
    db.close();
    expect(verifyCentre(at('centre'))).toEqual([]);
    expect(result.ops.terminal).toBe(result.ops.centre);
    expect(result.cases).toBe(600);
  });

  test('leads to every kind of end, by way of every step a person may take', () => {
    const steps = query(`
      SELECT DISTINCT json_extract(each.value, '$.step') FROM case_file, json_each(progress, '$.history') AS each`);
    const wanted = [
      ...Array.from({ length: 30 }, (_, index) => `T${index + 12}`),
      'T11',
      'T45',
      'PAY:paid',
      'PAY:refunded',
    ];
    // Periods of days do not run out in one: T17, T19 and T20 belong to later days.
    expect(wanted.filter((step) => !steps.includes(step))).toEqual(['T13', 'T17', 'T19', 'T20']);
    expect(query('SELECT DISTINCT state FROM case_file')).toEqual(
      expect.arrayContaining(['ARCHIVED', 'ISSUED', 'PAY_WAIT', 'SUPPLEMENT', 'NOTICE', 'SHIPPED', 'WITHDRAWN']),
    );
    expect(Object.keys(result.refusals)).toEqual(expect.arrayContaining(['stale-version', 'payment-known']));
  });
});
