import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** Removes comments; strings, templates and JSX text stay. Good enough for our own formatted sources. */
function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

function hanLiterals(source: string): string[] {
  return withoutComments(source)
    .split('\n')
    .filter((line) => /\p{Script=Han}/u.test(line));
}

test('components hold no Chinese: every string lives in strings/', () => {
  const found = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$/.test(file) && !file.startsWith('strings'))
    .flatMap((file) => hanLiterals(readFileSync(join(ROOT, file), 'utf8')).map((line) => `${file}: ${line.trim()}`));
  expect(found).toEqual([]);
});

test('the check sees a literal in JSX and in a string, and skips comments', () => {
  expect(hanLiterals('<b>受理</b>')).toHaveLength(1);
  expect(hanLiterals("const a = '受理';")).toHaveLength(1);
  expect(hanLiterals('// 受理\n/* 受理 */ const a = 1;')).toHaveLength(0);
});
