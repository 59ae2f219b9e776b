import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { editsOf } from './mutants/mutants.ts';
import { pathToFileURL } from 'node:url';

/**
 * A process that runs seeds one after the other: one JSON line for each. Before anything of the program is loaded, the
 * package `uuid` is replaced, and a mutant's edits are made to the source as it is read.
 */
const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '1' },
    step: { type: 'string', default: '1' },
    count: { type: 'string', default: '1' },
    mutant: { type: 'string' },
    trace: { type: 'boolean', default: false },
  },
});
const root = path.resolve(import.meta.dirname, '../..');
const edits = new Map(
  editsOf(values.mutant).map((edit) => [pathToFileURL(path.join(root, edit.file)).href, edit] as const),
);
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'uuid' ? next(new URL('./engine/uuid.ts', import.meta.url).href, context) : next(specifier, context),
  load: (url, context, next) => {
    const loaded = next(url, context);
    const edit = edits.get(url);
    if (!edit) return loaded;
    const source = String(loaded.source);
    if (source.split(edit.find).length !== 2) throw new Error(`the mutant does not fit ${edit.file} any more`);
    edits.delete(url);
    return { ...loaded, source: source.replace(edit.find, () => edit.replace) };
  },
});

const { simulate } = await import('./simulate.ts');
const { makeTemplate } = await import('./world/template.ts');

const dir = mkdtempSync(path.join(isMemoryDisk('/dev/shm') ? '/dev/shm' : tmpdir(), 'yichuang-sim-'));
process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
const template = await makeTemplate(path.join(dir, 'template'));
if (edits.size > 0) throw new Error(`nobody loads ${[...edits.keys()].join(', ')}`);
const [from, step, count] = [Number(values.from), Number(values.step), Number(values.count)];
for (let index = 0; index < count; index++) {
  const outcome = await simulate(from + index * step, template, dir);
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
  if (outcome.failure !== null && values.mutant !== undefined) break;
}
process.exit(0);

function isMemoryDisk(folder: string): boolean {
  try {
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}
