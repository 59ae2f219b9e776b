import { describe, expect, test } from 'vitest';
import { CATALOGUE } from '../domain/catalogue/catalogue.ts';
import type { Catalogue, Item } from '../domain/catalogue/types.ts';
import { samplesOf, schemaOf, wrongsOf } from '../tests/fixtures/schemaSamples.ts';
import { catalogueSchema, parseCatalogue } from './catalogue.ts';
import { PublicationError } from './publication.ts';

/**
 * Catalogues that show, in the first row of each list, every kind of cell between them: each form of promise, papers asked
 * for under conditions, materials that the registrar makes himself, items that belong together.
 */
function shown(): [name: string, Catalogue][] {
  const found = new Map<string, [string, Catalogue]>();
  for (const item of CATALOGUE.items) {
    for (const paper of item.materials) {
      const first = { ...item, materials: [paper, ...item.materials.filter((each) => each !== paper)] };
      const shape = [cellsOf({ ...first, materials: [paper] }), item.promise.unit];
      const name = `${item.code} and ${paper.material}`;
      if (!found.has(shape.join())) found.set(shape.join(), [name, withFirst(first, paper.material)]);
    }
  }
  return [...found.values()];
}

/** The item first, and the first material with as many cells as there are. */
function withFirst(item: Item, material: string): Catalogue {
  const items = [item, ...CATALOGUE.items.filter(({ code }) => code !== item.code)];
  const rank = (each: Catalogue['materials'][number]) => cellsOf(each).length + (each.code === material ? 0.5 : 0);
  return { ...CATALOGUE, items, materials: [...CATALOGUE.materials].sort((a, b) => rank(b) - rank(a)) };
}

function problemPaths(value: unknown): string[] {
  try {
    parseCatalogue(value);
    return [];
  } catch (error) {
    if (error instanceof PublicationError) return error.problems.map(({ path }) => path);
    throw error;
  }
}

const schema = schemaOf(catalogueSchema);

describe.each(shown())('with %s first', (_code, catalogue) => {
  test('the catalogue itself is right', () => {
    expect(problemPaths(catalogue)).toEqual([]);
  });

  test('anything wrong in a cell is refused with the path of that cell', () => {
    const wrongs = wrongsOf(schema, catalogue);
    const unnamed = wrongs.flatMap(({ name, path, value }) => {
      const wanted = path.join('.') || '(root)';
      const paths = problemPaths(value);
      // Of a cell with several forms the whole cell is named: nobody can say which form was meant.
      const isNamed = paths.some((each) => each === wanted || (/promise/.test(wanted) && wanted.startsWith(each)));
      return isNamed ? [] : [`${name} → ${paths.join(', ') || 'accepted'}`];
    });
    expect(unnamed).toEqual([]);
    expect(wrongs.length).toBeGreaterThan(100);
  });
});

test('every cell of the schema has been looked at', () => {
  const seen = new Set(shown().flatMap(([, each]) => wrongsOf(schema, each).map(({ path }) => path.join('.'))));
  const described = samplesOf(schema).flatMap((sample) => cellsOf(sample));
  expect(described.filter((path) => !seen.has(path))).toEqual([]);
});

function cellsOf(value: unknown, path: (string | number)[] = []): string[] {
  if (typeof value !== 'object' || value === null) return [path.join('.')];
  return Object.entries(value).flatMap(([key, each]) => cellsOf(each, [...path, key]));
}
