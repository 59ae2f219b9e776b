import { existsSync, readFileSync } from 'node:fs';
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
    title: 'docs/api.md is up to date',
    commands: () => [script('tools/docs/api.ts', '--check')],
    limitMs: 2 * MINUTE,
  },
  vitest('unit', 'Unit, property and integration tests', 20 * MINUTE),
  {
    name: 'build',
    title: 'Build',
    commands: () => [npmBin('electron-vite', 'electron-vite', 'build'), script('tools/build/node-side.ts')],
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
      hasDisplay() || findOnPath('xvfb-run')
        ? null
        : 'there is neither a display nor xvfb-run (Debian packages xvfb and xauth)',
  },
];

function vitest(project: string, title: string, limitMs: number): Step {
  const report = path.join(ROOT, '.cache', 'test', `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const command = npmBin('vitest', 'vitest', 'run', '--project', project, ...reporters);
  return { name: project, title, report, limitMs, commands: () => [project === 'e2e' ? onScreen(command) : command] };
}

/** A window on a screen of its own where possible: nobody's desktop flickers, and every machine sees the same size. */
function onScreen({ command, args, ...rest }: Command): Command {
  const xvfb = findOnPath('xvfb-run');
  if (!xvfb) return { command, args, ...rest };
  return { command: xvfb, args: ['-a', '-s', '-screen 0 1920x1080x24', command, ...args], ...rest };
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

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

function findOnPath(name: string): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}
