import { z } from 'zod';

/** The part of JSON Schema that zod writes and we read. */
interface JsonSchema {
  type?: string | string[];
  title?: string;
  description?: string;
  format?: string;
  pattern?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  /** What zod writes for a union that one field tells apart. */
  oneOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  default?: unknown;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
}

interface Row {
  path: string;
  type: string;
  limits: string;
  notes: string;
}

/**
 * A zod type as a Markdown table with one line per field, nested ones as `parties[].name`.
 * @param io `input`: what a caller may send, where a default makes a field optional
 */
export function describeSchema(schema: z.ZodType, io: 'input' | 'output'): string {
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as JsonSchema;
  const rows: Row[] = [];
  if (json.type === 'object' && json.properties) addFields(json, '', rows);
  else addRow('(value)', json, true, rows);
  if (rows.length === 0) return 'no fields';
  const lines = rows.map((row) => `| \`${row.path}\` | ${row.type} | ${row.limits} | ${row.notes} |`);
  return ['| field | type | limits | notes |', '|---|---|---|---|', ...lines].join('\n');
}

function addFields(schema: JsonSchema, prefix: string, rows: Row[]): void {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    addRow(`${prefix}${name}`, field, schema.required?.includes(name) ?? false, rows);
  }
}

function addRow(path: string, schema: JsonSchema, required: boolean, rows: Row[]): void {
  const { inner, nullable } = withoutNull(schema);
  const notes = [
    required ? '' : 'optional',
    schema.default === undefined ? '' : `default \`${JSON.stringify(schema.default)}\``,
    schema.description ?? inner.description ?? '',
  ].filter((note) => note !== '');
  rows.push({
    path,
    type: nullable ? `${typeOf(inner)} or null` : typeOf(inner),
    limits: limitsOf(inner).map(cell).join(', '),
    notes: notes.map(cell).join('; '),
  });
  if (inner.type === 'array') {
    const items = withoutNull(inner.items ?? {}).inner;
    if (items.properties) addFields(items, `${path}[].`, rows);
  } else if (inner.properties) addFields(inner, `${path}.`, rows);
  for (const variant of inner.oneOf ?? []) addFields(variant, `${path}.`, rows);
  const each = typeof inner.additionalProperties === 'object' ? inner.additionalProperties : {};
  for (const variant of each.oneOf ?? [each]) addFields(variant, `${path}.<name>.`, rows);
}

/** zod writes a nullable field as `type: ['string', 'null']` or as `anyOf` with a null. */
function withoutNull(schema: JsonSchema): { inner: JsonSchema; nullable: boolean } {
  if (Array.isArray(schema.type)) {
    const types = schema.type.filter((type) => type !== 'null');
    return { inner: { ...schema, type: types.join(' \\| ') }, nullable: types.length < schema.type.length };
  }
  const others = schema.anyOf?.filter((each) => each.type !== 'null') ?? [];
  const only = others[0];
  if (schema.anyOf && only && others.length === 1)
    return { inner: only, nullable: others.length < schema.anyOf.length };
  return { inner: schema, nullable: false };
}

function typeOf(schema: JsonSchema): string {
  if (schema.title) return `[${schema.title}](#${schema.title.toLowerCase()})`;
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(' \\| ');
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' \\| ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
  if (schema.type === 'object' && !schema.properties) {
    const values = schema.additionalProperties;
    return typeof values === 'object' ? `map of ${typeOf(values)}` : 'map';
  }
  if (schema.oneOf) return `one of ${schema.oneOf.length} forms`;
  return typeof schema.type === 'string' ? schema.type : 'any';
}

function limitsOf(schema: JsonSchema): string[] {
  const source = schema.type === 'array' ? [...lengths(schema), ...limitsOf(schema.items ?? {})] : lengths(schema);
  if (schema.format) source.push(schema.format);
  // The patterns of formats are long, and zod's own.
  else if (schema.pattern) source.push(`\`${schema.pattern}\``);
  return source;
}

function lengths(schema: JsonSchema): string[] {
  return [
    range(schema.minLength, schema.maxLength, 'characters'),
    range(schema.minItems, schema.maxItems, 'entries'),
    range(bounded(schema.minimum), bounded(schema.maximum), ''),
  ].filter((text) => text !== '');
}

/** `z.int()` writes the safe integers as limits; they say nothing. */
function bounded(value: number | undefined): number | undefined {
  return value !== undefined && Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value;
}

function range(least: number | undefined, most: number | undefined, unit: string): string {
  if (least === undefined && most === undefined) return '';
  if (least === undefined) return `≤ ${most} ${unit}`.trim();
  return (most === undefined ? `≥ ${least} ${unit}` : `${least}–${most} ${unit}`).trim();
}

/** A bar would end the cell of the table. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
