import { describe, expect, test } from 'vitest';
import { CATALOGUE } from '../domain/catalogue/catalogue.ts';
import { parseCatalogue } from './catalogue.ts';
import { PublicationError } from './publication.ts';

/** A copy of the built-in catalogue with one cell changed. `path` as the error names it. */
function withCell(path: string, value: unknown): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(CATALOGUE));
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const holder = steps.reduce((node, step) => (node as Record<string, unknown>)[step], copy) as Record<string, unknown>;
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}

function problemPaths(value: unknown): string[] {
  try {
    parseCatalogue(value);
    return [];
  } catch (error) {
    if (error instanceof PublicationError) return error.problems.map((problem) => problem.path);
    throw error;
  }
}

test('the built-in catalogue is right and read back unchanged', () => {
  expect(parseCatalogue(JSON.parse(JSON.stringify(CATALOGUE)))).toEqual(CATALOGUE);
});

describe('a wrong cell is refused with its path', () => {
  test.each([
    ['version', 'newest'],
    ['validFrom', 'soon'],
    ['items.0.business', 'tax'],
    ['items.0.code', 'E01'],
    ['items.0.name', ' '],
    ['items.0.gloss', ''],
    ['items.0.initials', 'BDC'],
    ['items.0.initials', 'bdc'],
    ['items.0.group', 'B'],
    ['items.0.enabled', 'yes'],
    ['items.0.origin', 'guess'],
    ['items.0.type', 150],
    ['items.0.floor', 4],
    ['items.0.output', 'paper'],
    ['items.0.applicancy', 'anybody'],
    ['items.0.fee', 'F2'],
    ['items.0.promise.amount', 0],
    ['items.20.promise.amount', 31],
    ['items.0.promise', { unit: 'weeks', amount: 1 }],
    ['items.0.promise', { unit: 'working-days', byProjectKind: { INDUSTRIAL: 7 } }],
    ['items.0.statutoryWorkingDays', 60],
    ['items.0.housingCheck', 1],
    ['items.0.materials', []],
    ['items.0.materials.1.material', 'M99'],
    ['items.0.materials.1.material', 'M01'],
    ['items.0.materials.1.when', 'sometimes'],
    ['items.1.code', 'A01'],
    ['items.63.group', 'W'],
    ['items.63.type', 900],
    ['items.63.floor', 3],
    ['items.63.output', 'proof'],
    ['items.63.fee', 'F1'],
    ['items.63.housingCheck', true],
    ['items.63.statutoryDays', 0],
    ['items.63.targetMinutes', 1.5],
    ['items.63.property', 'house'],
    ['items.63.linkedItems.0', 'A99'],
    ['items.63.linkedItems.0', 'P01'],
    ['items.63.promise', { unit: 'working-days', byProjectKind: { INDUSTRIAL: 7, DEVELOPER: 15 } }],
    ['materials.0.derived', false],
    ['materials.0.code', 'Q01'],
    ['materials.0.name', ''],
    ['materials.0.hint', ''],
    ['materials.0.forms', []],
    ['materials.0.forms.0', 'faxed'],
    ['materials.1.code', 'M01'],
    ['fees.0.class', 'F3'],
    ['fees.0.use', 'farm'],
    ['fees.0.amountFen', 80.5],
    ['fees.0.amountFen', -1],
    ['fees.0.basis', ''],
    ['fees.0.validFrom', '2016-13-01'],
  ])('%s: %j', (path, value) => {
    expect(problemPaths(withCell(path, value))).toContain(path);
  });

  test.each(['items.0.materials', 'items.0.promise', 'items.0.fee', 'materials.0.forms', 'fees.0.validFrom', 'items'])(
    'missing: %s',
    (path) => {
      expect(problemPaths(withCell(path, undefined))).toContain(path);
    },
  );

  test.each(['items.0.price', 'items.0.materials.0.copies', 'materials.0.price', 'fees.0.note', 'owner'])(
    'unknown: %s',
    (path) => {
      expect(problemPaths(withCell(path, 1))).toEqual([path]);
    },
  );

  test('a paper that is both wanted when and wanted unless', () => {
    const entry = { material: 'M33', when: 'encumbered', unless: 'tax' };
    expect(problemPaths(withCell('items.0.materials.0', entry))).toContain('items.0.materials.0.unless');
  });

  test('a fee class without an amount, and the same row twice', () => {
    const residential = CATALOGUE.fees.findIndex((row) => row.class === 'F1' && row.use === 'residential');
    const lost = CATALOGUE.fees.filter((_, at) => at !== residential);
    const first = CATALOGUE.items.findIndex((item) => item.fee === 'F1');
    expect(problemPaths(withCell('fees', lost))).toContain(`items.${first}.fee`);
    expect(problemPaths(withCell('fees', [...CATALOGUE.fees, CATALOGUE.fees[0]]))).toEqual([
      `fees.${CATALOGUE.fees.length}`,
    ]);
  });

  test('a registration a loan waits for twice', () => {
    expect(problemPaths(withCell('items.63.linkedItems', ['A05', 'A05']))).toEqual(['items.63.linkedItems.1']);
  });

  test('something that is no catalogue', () => {
    expect(problemPaths(null)).toEqual(['(root)']);
    expect(problemPaths([])).toEqual(['(root)']);
  });
});
