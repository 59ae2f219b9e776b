import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describeCommands } from '../program.ts';
import { buildApiDocument } from './apiDocument.ts';
import { buildCaseStatesDocument } from './caseStates.ts';
import { buildCommandsDocument } from './commandsDocument.ts';
import { buildDecisionsDocument } from './decisions.ts';
import { buildPrintStatesDocument } from './printStates.ts';

/** `npm run docs` writes the pages below; `--check` fails when one is not what the tables say. */
const program = await describeCommands();
const PAGES = {
  'adr/README.md': buildDecisionsDocument,
  'api.md': buildApiDocument,
  'case-states.md': buildCaseStatesDocument,
  'commands.md': () => buildCommandsDocument(program),
  'print-states.md': buildPrintStatesDocument,
};

const isCheck = process.argv.includes('--check');
for (const [name, build] of Object.entries(PAGES)) {
  const file = path.join(import.meta.dirname, '..', '..', 'docs', name);
  const text = build();
  if (!isCheck) {
    writeFileSync(file, text);
    process.stdout.write(`docs/${name} written\n`);
  } else if (readOrEmpty(file) === text) {
    process.stdout.write(`docs/${name} is up to date\n`);
  } else {
    console.error(`docs/${name} is not what the tables say. Write it again with: npm run docs`);
    process.exitCode = 1;
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return '';
  }
}
