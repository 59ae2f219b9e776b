import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { parseSync } from 'oxc-parser';

export interface Import {
  /** Where it leads: a file of ours (path from the root, `/` between folders), a package's name, or `node:…`. */
  to: string;
  kind: 'file' | 'package' | 'node';
  /** Gone at run time: `import type`, `export type`. With `import { type A }` the import itself stays. */
  typeOnly: boolean;
}

/**
 * Static imports, re-exports and dynamic imports of a literal, as the compiler's own parser sees them.
 * Not seen: `import('./x.ts').Type` in a type position, and `require`.
 * @param file path from the root
 */
export function readImports(root: string, file: string): Import[] {
  const source = readFileSync(path.join(root, file), 'utf8');
  const { module } = parseSync(file, source);
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) => found.push({ ...resolve(file, specifier), typeOnly });
  for (const each of module.staticImports) add(each.moduleRequest.value, isTypeStatement(source.slice(each.start)));
  for (const each of module.staticExports) {
    const request = each.entries.find((entry) => entry.moduleRequest)?.moduleRequest;
    if (request) add(request.value, isTypeStatement(source.slice(each.start)));
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^(['"])(.*)\1$/.exec(source.slice(moduleRequest.start, moduleRequest.end))?.[2];
    if (literal) add(literal, false);
  }
  return found;
}

/** `import type { A }` and `export type * from`, but not `import type from './type.ts'`. */
function isTypeStatement(statement: string): boolean {
  return /^(import|export)\s+type\s+(?!from\s*['"]|,)/.test(statement);
}

function resolve(from: string, specifier: string): Omit<Import, 'typeOnly'> {
  const bare = specifier.replace(/\?.*$/, '');
  if (bare.startsWith('.')) return { kind: 'file', to: path.posix.join(path.posix.dirname(from), bare) };
  if (bare.startsWith('node:') || builtinModules.includes(bare)) return { kind: 'node', to: bare };
  const parts = bare.split('/');
  return { kind: 'package', to: bare.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? bare) };
}
