import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { NOTIFY_PATH } from '../../centre/payment/httpGateway.ts';
import { BLOB_PATH } from '../../contract/blobs.ts';
import { ERRORS } from '../../contract/errors.ts';
import { LACKING_PATH } from '../../contract/lackingImages.ts';
import { events, methods } from '../../contract/rpc.ts';
import { buildApiDocument } from './apiDocument.ts';
import { ROUTES } from './routes.ts';
import { describeSchema } from './schemaTable.ts';

const ROOT = path.join(import.meta.dirname, '../..');

test('a schema becomes one line per field, with limits, defaults and nested fields', () => {
  const schema = z.strictObject({
    name: z.string().min(1).max(50).describe('as on the card'),
    kind: z.enum(['a', 'b']).default('a'),
    at: z.iso.datetime().nullable(),
    rows: z.array(z.strictObject({ code: z.string().regex(/^(x|y)$/), count: z.int() })).max(3),
    more: z.record(z.string(), z.unknown()).optional(),
    shape: z.custom<object>((value) => value !== null).meta({ title: 'CaseRecord' }),
  });
  expect(describeSchema(schema, 'input').split('\n').slice(2)).toEqual([
    '| `name` | string | 1–50 characters | as on the card |',
    '| `kind` | `a` \\| `b` |  | optional; default `"a"` |',
    '| `at` | string or null | date-time |  |',
    '| `rows` | list of object | ≤ 3 entries |  |',
    '| `rows[].code` | string | `^(x\\|y)$` |  |',
    '| `rows[].count` | integer |  |  |',
    '| `more` | map of any |  | optional |',
    '| `shape` | [CaseRecord](#caserecord) |  |  |',
  ]);
  expect(describeSchema(z.strictObject({}), 'input')).toBe('no fields');
});

test('every method, event and error is in the document, and nothing is left undescribed', () => {
  const text = buildApiDocument();
  for (const name of [...Object.keys(methods), ...Object.keys(events)]) expect(text).toContain(`### \`${name}\``);
  for (const code of Object.keys(ERRORS)) expect(text).toContain(`| \`${code}\` |`);
  expect(text).not.toMatch(/\| any \||undefined|\[object/);
});

test('every path that a centre or hub answers is in the document, and no other', () => {
  const answered = new Set<string>();
  for (const file of globSync('centre/**/*.ts', {
    cwd: ROOT,
    exclude: ['**/*.test.ts', 'centre/payment/simulator/**'],
  })) {
    const source = readFileSync(path.join(ROOT, file), 'utf8');
    for (const [, method = '', text, name, below] of source.matchAll(
      /\b(?:app|room|scope)\.(get|post)(?:<.*>)?\(\s*(?:'([^']+)'|([A-Z_]+)|`\$\{BLOB_PATH\}([^`]+)`)/g,
    ))
      answered.add(`${method.toUpperCase()} ${text ?? (below ? `${BLOB_PATH}${below}` : PATHS[name ?? ''])}`);
  }
  // The page for phones is none for programs; the library's methods stand in a loop.
  for (const each of ['GET', 'POST']) expect(answered.delete(`${each} /r/:token`)).toBe(true);
  for (const each of ['HEAD', 'PATCH']) answered.add(`${each} ${BLOB_PATH}/:sha256`);
  const said = ROUTES.flatMap(({ routes }) => routes.map(({ request }) => request));
  expect(said.toSorted()).toEqual([...answered].sort());
  const text = buildApiDocument();
  for (const request of said) expect(text).toContain(`#### \`${request}\``);
});

/** Paths that have a name in the code. */
const PATHS: Readonly<Record<string, string>> = { BLOB_PATH, LACKING_PATH, NOTIFY_PATH };

test('every named shape that a method refers to is explained', () => {
  const text = buildApiDocument();
  const named = [...text.matchAll(/\]\(#([a-z]+)\)/g)].map((match) => match[1]);
  expect(new Set(named)).toEqual(
    new Set([
      ...['casefile', 'slipdocument', 'catalogue', 'item', 'material', 'workcalendar', 'ticketrecord', 'ticketop'],
      ...['tickettimes', 'windowrecord', 'queuepolicy', 'hallplan', 'alarmaction', 'appointmentrecord'],
    ]),
  );
  for (const name of named) expect(text.toLowerCase()).toContain(`\n### ${name}\n`);
});
