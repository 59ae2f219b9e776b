import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * `npm ci` refuses a lock file that lacks the package of some other system, while `npm install` writes such a file
 * without a word when the registry does not have that package. Nobody notices before the next fresh clone.
 */

interface LockFile {
  packages: Record<string, { optionalDependencies?: Record<string, string>; resolved?: string }>;
}

/** @returns one line per package that is named and not locked, or locked to one registry's address */
export function findLockProblems(text: string): string[] {
  const { packages } = JSON.parse(text) as LockFile;
  const problems: string[] = [];
  for (const [folder, entry] of Object.entries(packages)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!isLocked(packages, folder, name)) {
        problems.push(`${folder || 'package.json'} wants ${name}, which is not in package-lock.json: npm ci will fail`);
      }
    }
    if (entry.resolved !== undefined && /^https?:/.test(entry.resolved)) {
      problems.push(`${folder} is locked to the address of one registry`);
    }
  }
  return problems;
}

/** Looks where Node would: in the folder's own node_modules, then in each one above. */
function isLocked(packages: LockFile['packages'], folder: string, name: string): boolean {
  for (let place = folder; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    if (Object.hasOwn(packages, `${place === '' ? '' : `${place}/`}node_modules/${name}`)) return true;
    if (place === '') return false;
  }
}

if (import.meta.main) {
  const root = process.argv[2] ?? path.join(import.meta.dirname, '..', '..');
  const problems = findLockProblems(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else process.stdout.write('package-lock.json: complete\n');
}
