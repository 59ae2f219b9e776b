import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from './process.ts';

export const ROOT = path.join(import.meta.dirname, '..', '..');

export interface Step {
  name: string;
  title: string;
  commands: () => Command[];
  /** Set: the step is a vitest run, and this its JSON report. Otherwise the step counts as one test. */
  report?: string;
  /** Steps that must have passed if they ran. */
  needs?: readonly string[];
  /** In words why the step cannot run on this machine; null when it can. */
  obstacle?: () => string | null;
  limitMs: number;
}

const MINUTE = 60_000;

/** Everything `npm test` does, in order. One more check is one more entry. */
export const STEPS: readonly Step[] = [
  {
    name: 'types',
    title: 'Types',
    commands: () => [npmBin('typescript', 'tsc', '-p', '.'), npmBin('typescript', 'tsc', '-p', 'renderer')],
    limitMs: 5 * MINUTE,
  },
  {
    name: 'lint',
    title: 'Lint and format',
    commands: () => [npmBin('@biomejs/biome', 'biome', 'check', '--error-on-warnings', '.')],
    limitMs: 2 * MINUTE,
  },
  {
    name: 'imports',
    title: 'Who may import whom',
    commands: () => [script('tools/check/imports.ts')],
    limitMs: 2 * MINUTE,
  },
  {
    name: 'lock',
    title: 'package-lock.json is complete',
    commands: () => [script('tools/check/lockFile.ts')],
    limitMs: MINUTE,
  },
  {
    name: 'unused',
    title: 'Unused files, exports and packages',
    commands: () => [npmBin('knip', 'knip')],
    limitMs: 5 * MINUTE,
  },
  {
    name: 'docs',
    title: 'docs/api.md, docs/case-states.md and docs/print-states.md are up to date',
    commands: () => [script('tools/docs/api.ts', '--check')],
    limitMs: 2 * MINUTE,
  },
  vitest('unit', 'Unit, property and integration tests', 30 * MINUTE),
  { ...vitest('postgres', 'The centre on PostgreSQL', 15 * MINUTE), obstacle: serverObstacle },
  vitest('faults', 'Faults and simulation', 30 * MINUTE),
  {
    ...vitest('faults-postgres', 'Faults around a centre on PostgreSQL', 15 * MINUTE),
    obstacle: serverObstacle,
  },
  {
    name: 'build',
    title: 'Build',
    commands: () => [
      npmBin('electron-vite', 'electron-vite', 'build'),
      script('tools/build/tv.ts'),
      script('tools/build/node-side.ts'),
    ],
    limitMs: 10 * MINUTE,
  },
  {
    name: 'electron',
    title: 'Electron runtime',
    commands: () => [script('tools/electron/resolve.ts')],
    limitMs: 15 * MINUTE,
  },
  {
    ...vitest('e2e', 'End to end in a real window', 30 * MINUTE),
    needs: ['build', 'electron'],
    obstacle: () =>
      process.platform !== 'linux' || isOnPath('Xvfb') ? null : 'there is no Xvfb (Debian packages xvfb and xauth)',
  },
];

function serverObstacle(): string | null {
  const hasServer = globSync('/usr/lib/postgresql/*/bin/initdb').length > 0;
  return hasServer ? null : 'there is no PostgreSQL server (Debian package postgresql)';
}

function vitest(project: string, title: string, limitMs: number): Step {
  const report = path.join(ROOT, '.cache', 'test', `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const commands = () => [npmBin('vitest', 'vitest', 'run', '--project', project, ...reporters)];
  return { name: project, title, report, limitMs, commands };
}

function script(file: string, ...args: string[]): Command {
  return { command: process.execPath, args: [path.join(ROOT, file), ...args] };
}

/** The script behind `npx name`, run by our own Node: no shell and no `.cmd`, so that paths may contain spaces. */
function npmBin(packageName: string, name: string, ...args: string[]): Command {
  const folder = path.join(ROOT, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const file = typeof bin === 'string' ? bin : bin[name];
  if (!file) throw new Error(`${packageName} has no command ${name}`);
  return { command: process.execPath, args: [path.join(folder, file), ...args] };
}

function isOnPath(name: string): boolean {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .some((folder) => folder !== '' && existsSync(path.join(folder, name)));
}
