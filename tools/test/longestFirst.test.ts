import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { TestSpecification, Vitest } from 'vitest/node';
import { LONGEST, LongestFirst } from './longestFirst.ts';
import { ROOT } from './steps.ts';

const config = { sequence: { groupOrder: 0 }, isolate: true };
const projects = { unit: { name: 'unit', config }, e2e: { name: 'e2e', config } };

/** vitest with no results of an earlier run, as in a fresh checkout. */
const fresh = { cache: { getTestSpecificationResult: () => undefined, getFileStats: () => undefined } };

async function orderOf(files: readonly (readonly [project: keyof typeof projects, name: string])[]): Promise<string[]> {
  const specifications = files.map(([project, name]) => ({
    ...{ project: projects[project], pool: 'forks' },
    moduleId: path.join(ROOT, name),
  }));
  const sequencer = new LongestFirst(fresh as unknown as Vitest);
  const sorted = await sequencer.sort(specifications as unknown as TestSpecification[]);
  return sorted.map(({ moduleId }) => path.relative(ROOT, moduleId));
}

test('the longest files come first, each among those of its own project', async () => {
  const files = [
    ['e2e', 'tests/e2e/hub.test.ts'],
    ['unit', 'tests/integration/rehearse.test.ts'],
    ['e2e', 'tests/e2e/lanes.test.ts'],
    ['unit', 'domain/words.test.ts'],
    ['unit', 'tests/integration/relay.test.ts'],
  ] as const;
  const order = await orderOf(files);
  expect(order.filter((name) => name.includes('e2e'))).toEqual(['tests/e2e/lanes.test.ts', 'tests/e2e/hub.test.ts']);
  const unit = ['tests/integration/rehearse.test.ts', 'tests/integration/relay.test.ts', 'domain/words.test.ts'];
  expect(order.filter((name) => !name.includes('e2e'))).toEqual(unit);
  const places = order.map((name) => name.includes('e2e'));
  expect(new Set([places.slice(0, 2).join(), places.slice(-2).join()])).toContain('true,true');
});

test('every file that is said to take long is there', () => {
  expect(LONGEST.filter((name) => !existsSync(path.join(ROOT, name)))).toEqual([]);
});
