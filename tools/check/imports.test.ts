import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { findCircles, findForbidden, readGraph } from './importRules.ts';

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

function project(files: Record<string, string>): string {
  const root = mkdtempSync(path.join(os.tmpdir(), 'imports '));
  roots.push(root);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return root;
}

const forbidden = (files: Record<string, string>) => findForbidden(readGraph(project(files)));
const circles = (files: Record<string, string>) => findCircles(readGraph(project(files)));

test('an allowed direction passes', () => {
  expect(
    forbidden({
      'domain/a.ts': 'export const a = 1;',
      'contract/b.ts': "import { z } from 'zod';\nexport { a } from '../domain/a.ts';\nexport const b = z;",
      'service/c.ts': "import fs from 'node:fs';\nimport { b } from '../contract/b.ts';\nexport const c = [fs, b];",
      'vitest.config.ts': "import 'vitest/config';",
    }),
  ).toEqual([]);
});

test.each([
  ['an import against the direction', 'domain/a.ts', "import { b } from '../contract/b.ts';", '../contract/b.ts'],
  ['a type against the direction', 'domain/a.ts', "import type { B } from '../contract/b.ts';", ''],
  ['a re-export against the direction', 'contract/a.ts', "export * from '../db/open.ts';", ''],
  ['a dynamic import against the direction', 'electron/a.ts', "await import('../db/open.ts');", ''],
  ['Node in the domain', 'domain/a.ts', "import { createHash } from 'node:crypto';", ''],
  ['Node without its prefix', 'domain/a.ts', "import { createHash } from 'crypto';", ''],
  ['a package in the domain', 'domain/a.ts', "import { z } from 'zod';", ''],
  ['a package the contract may not use', 'contract/a.ts', "import uuid from 'uuid';", ''],
  ['Node in a page', 'renderer/a.tsx', "import os from 'node:os';", ''],
  ['Electron outside its room', 'service/a.ts', "import { app } from 'electron';", ''],
  ['a test imported by the program', 'db/a.ts', "import './a.test.ts';", ''],
  ['a tool imported by the program', 'db/a.ts', "import '../tools/x.ts';", ''],
  ['a folder nobody knows', 'misc/a.mjs', 'export {};', ''],
])('%s is found', (_name, file, text) => {
  const problems = forbidden({ [file]: text });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(file);
});

test('tests and tools may import anything', () => {
  const text = "import '../db/open.ts';\nimport 'node:fs';\nimport 'electron';";
  expect(forbidden({ 'domain/a.test.ts': text, 'tools/b.ts': text, 'tests/c.ts': text })).toEqual([]);
});

test('a page takes types from a file that loads zod, and values only from files that do not', () => {
  const contract = {
    'contract/ops.ts': "import { z } from 'zod';\nexport const op = z;\nexport type Op = 1;",
    'contract/bridge.ts': "import type { Op } from './ops.ts';\nexport const CHANNEL = 'rpc';\nexport type B = Op;",
    'contract/through.ts': "export { op } from './ops.ts';",
  };
  const page = (text: string) => forbidden({ ...contract, 'renderer/page.tsx': text });
  expect(
    page("import type { Op } from '../contract/ops.ts';\nimport { CHANNEL } from '../contract/bridge.ts';"),
  ).toEqual([]);
  expect(page("import { op } from '../contract/ops.ts';")).toHaveLength(1);
  expect(page("import { type Op } from '../contract/ops.ts';")).toHaveLength(1);
  expect(page("import { op } from '../contract/through.ts';")[0]).toContain('contract/ops.ts loads zod');
});

test('a circle is found once, whatever its length and kind', () => {
  expect(
    circles({ 'db/a.ts': "import './b.ts';", 'db/b.ts': "import './c.ts';", 'db/c.ts': "import './b.ts';" }),
  ).toEqual(['circle: db/b.ts → db/c.ts → db/b.ts']);
  expect(circles({ 'db/a.ts': "export * from './b.ts';", 'db/b.ts': "import type { A } from './a.ts';" })).toHaveLength(
    1,
  );
  expect(
    circles({ 'db/a.ts': "import './b.ts';\nimport './c.ts';", 'db/b.ts': "import './c.ts';", 'db/c.ts': '' }),
  ).toEqual([]);
});

test('the command names every violation and fails', () => {
  const root = project({
    'domain/a.ts': "import 'node:fs';",
    'db/b.ts': "import './c.ts';",
    'db/c.ts': "import './b.ts';",
  });
  const command = [path.join(import.meta.dirname, 'imports.ts'), root];
  const result = spawnSync(process.execPath, command, { encoding: 'utf8' });
  expect(result.status).toBe(1);
  expect(result.stderr.trim().split('\n')).toHaveLength(2);
});
