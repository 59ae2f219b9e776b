import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { KNOBS } from './mutants/knobs.ts';
import { editsOf } from './mutants/mutants.ts';

/**
 * A process that runs seeds one after the other: one JSON line for each. Before anything of the program is loaded, the
 * package `uuid` and the program's file system are replaced, and a mutant's edits are made to the source as it is read.
 */
const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '1' },
    step: { type: 'string', default: '1' },
    count: { type: 'string', default: '1' },
    mutant: { type: 'string' },
    database: { type: 'string' },
  },
});
const root = path.resolve(import.meta.dirname, '../..');
const edits = Map.groupBy(
  [...KNOBS, ...editsOf(values.mutant)],
  ({ file }) => pathToFileURL(path.join(root, file)).href,
);
const STANDS_IN = new Map(
  [
    ['uuid', './engine/uuid.ts'],
    ['node:fs', './engine/files/fs.ts'],
    ['node:fs/promises', './engine/files/promises.ts'],
    ['node:zlib', './engine/zlib.ts'],
  ].map(([specifier = '', file = '']) => [specifier, new URL(file, import.meta.url).href]),
);
registerHooks({
  resolve: (specifier, context, next) => {
    const own = STANDS_IN.get(specifier);
    const stand = own === context.parentURL ? undefined : own;
    return next(stand && (specifier === 'uuid' || isOfProgram(context.parentURL)) ? stand : specifier, context);
  },
  load: (url, context, next) => {
    const loaded = next(url, context);
    let source = String(loaded.source);
    for (const { file, find, replace } of edits.get(url) ?? []) {
      if (source.split(find).length !== 2) throw new Error(`the mutant does not fit ${file} any more: ${find}`);
      source = source.replace(find, () => replace);
    }
    return edits.delete(url) ? { ...loaded, source } : loaded;
  },
});

await import('./engine/wire/install.ts');
const { simulate } = await import('./simulate.ts');
const { makeTemplate } = await import('./world/template.ts');
const { SimulatedDatabase } = await import('./engine/database/database.ts');

const dir = mkdtempSync(path.join(isMemoryDisk('/dev/shm') ? '/dev/shm' : tmpdir(), 'yichuang-sim-'));
process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
const database = values.database === undefined ? undefined : new SimulatedDatabase(values.database);
const template = await makeTemplate(path.join(dir, 'template'), database);
if (edits.size > 0) throw new Error(`nobody loads ${[...edits.keys()].join(', ')}`);
const [from, step, count] = [Number(values.from), Number(values.step), Number(values.count)];
for (let index = 0; index < count; index++) {
  const outcome = await simulate(from + index * step, template, dir);
  const isTold = outcome.failure !== null || count === 1;
  process.stdout.write(`${JSON.stringify(isTold ? outcome : { ...outcome, lines: [] })}\n`);
  if (outcome.failure !== null && values.mutant !== undefined) break;
}
database?.close();
process.exit(0);

/** Its own source, not that of its packages and not the world around it. */
function isOfProgram(url: string | undefined): boolean {
  const name = url?.startsWith('file:') ? path.relative(root, fileURLToPath(url)) : '..';
  return !/^(\.\.|node_modules|tests)/.test(name);
}

function isMemoryDisk(folder: string): boolean {
  try {
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}
