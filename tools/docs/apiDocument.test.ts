import { expect, test } from 'vitest';
import { z } from 'zod';
import { ERRORS } from '../../contract/errors.ts';
import { events, methods } from '../../contract/rpc.ts';
import { buildApiDocument } from './apiDocument.ts';
import { describeSchema } from './schemaTable.ts';

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
