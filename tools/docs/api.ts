import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildApiDocument } from './apiDocument.ts';

/** `npm run docs` writes docs/api.md; `--check` fails when the file is not what the contract says. */

const file = path.join(import.meta.dirname, '..', '..', 'docs', 'api.md');
const text = buildApiDocument();
if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
  process.stdout.write('docs/api.md written\n');
} else if (readOrEmpty() === text) {
  process.stdout.write('docs/api.md is up to date\n');
} else {
  console.error('docs/api.md is not what contract/ says. Write it again with: npm run docs');
  process.exitCode = 1;
}

function readOrEmpty(): string {
  try {
    return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return '';
  }
}
