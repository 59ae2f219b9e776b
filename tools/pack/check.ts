import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getRawHeader } from '@electron/asar';
import { versionNeeds } from './elf.ts';

/** What may lie in app.asar; everything else is a mistake, whatever it is. */
const ARCHIVE = [
  /^package\.json$/,
  /^out\/main\/(index|afterWindow)\.cjs$/,
  /^out\/preload\/index\.cjs$/,
  /^out\/renderer\/[^.][^:]*$/,
];

/** What may lie in `resources/` beside it. */
const RESOURCES = [
  /^app\.asar$/,
  /^apparmor-profile$/,
  /^yichuang\.sh$/,
  /^node\/(node|node\.exe|LICENSE)$/,
  /^pages\/[^.][^:]*$/,
  /^docs\/(operations|commands)\.md$/,
  /^node-side\/(service|devices|yichuang|pdfWorker|certificateWorker|backupWorker|centreCopyWorker|diagnosisWorker|scanWorker|postgresWorker|checkpointWorker)\.mjs$/,
  /^node-side\/fonts\/[\w.-]+\.(ttf|woff2|json|txt)$/,
  /^node-side\/voice\/([\w-]+\.wav|manifest\.json)$/,
  /^node-side\/node_modules\/(better-sqlite3|@serialport\/(bindings-cpp|bindings-interface|parser-readline|parser-delimiter)|debug|ms|node-gyp-build|@resvg\/resvg-js(-linux-(x64|arm64)-gnu|-win32-x64-msvc)?)\//,
  /^elevate\.exe$/,
];

/** Never, wherever: symbols of our sources, tests, and what would only run in a checkout. */
const NEVER = /\.map$|\.test\.|(^|\/)(tests?|fixtures?|__tests__)\/|\.tsx?$|binding\.gyp$/;

/** Newest glibc of UOS V20 and of the older Kylin V10 (electron.md, "glibc"). */
const TARGET_GLIBC = '2.28';

/**
 * Looks at an unpacked package as people will get it.
 * @param test made with a test runtime: it must say so; any other must be free of one
 * @returns what is wrong; empty when nothing is
 */
export function checkPackage(appDir: string, test: boolean): string[] {
  const problems: string[] = [];
  const resources = path.join(appDir, 'resources');
  for (const file of archiveFiles(path.join(resources, 'app.asar'))) {
    if (!allowed(file, ARCHIVE)) problems.push(`app.asar: ${file} does not belong there`);
  }
  for (const file of filesOf(resources)) {
    if (!allowed(file, RESOURCES)) problems.push(`resources: ${file} does not belong there`);
  }
  const marked = existsSync(path.join(appDir, 'TEST-RUNTIME'));
  if (marked && !test) problems.push('the test runtime is in a production package');
  return problems;
}

/** One line per ELF file that we put in: what it asks of the system. A report, not a gate. */
export function reportNeeds(appDir: string): string[] {
  const resources = path.join(appDir, 'resources');
  return filesOf(resources).flatMap((file) => {
    const needs = versionNeeds(readFileSync(path.join(resources, file)));
    if (!needs) return [];
    const tooNew = needs.glibc !== null && Number(needs.glibc.split('.')[1]) > Number(TARGET_GLIBC.split('.')[1]);
    const remark = tooNew ? `  newer than the ${TARGET_GLIBC} of UOS V20: it will not load there` : '';
    return [`${file}: GLIBC ${needs.glibc ?? 'none'}, GLIBCXX ${needs.glibcxx ?? 'none'}${remark}`];
  });
}

function allowed(file: string, patterns: readonly RegExp[]): boolean {
  return !NEVER.test(file) && patterns.some((pattern) => pattern.test(file));
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
}

function archiveFiles(archive: string): string[] {
  const walk = (entry: object, prefix: string): string[] =>
    'files' in entry
      ? Object.entries(entry.files as Record<string, object>).flatMap(([name, inner]) =>
          walk(inner, `${prefix}/${name}`),
        )
      : [prefix.slice(1)];
  return walk(getRawHeader(archive).header, '');
}
