import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkPackage, reportNeeds } from '../../tools/pack/check.ts';
import { inheritedEnv, ROOT } from '../fixtures/app.ts';
import { call } from '../fixtures/attempts.ts';
import { startPacked } from '../fixtures/packedApp.ts';
import { asOrdinaryUser, giveToOrdinaryUser } from '../fixtures/user.ts';
import { type Display, startXvfb } from '../fixtures/xvfb.ts';

/** The package as people get it, but for its marks. Needs `npm run build`. */

let folder: string;
let appDir: string;
let display: Display;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'yichuang-pack-'));
  chmodSync(folder, 0o755);
  const pack = path.join(ROOT, 'tools/pack/pack.ts');
  await promisify(execFile)(process.execPath, [pack, '--test', '--target', 'dir', '--out', folder], { cwd: ROOT });
  appDir = path.join(folder, 'linux-unpacked');
  display = await startXvfb();
});

afterAll(async () => {
  await display?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Electron's own description of the wire: a mark, the version 1, a count, then one digit for each fuse. */
function fuses(): string {
  const bytes = readFileSync(path.join(appDir, 'yichuang'));
  const at = bytes.indexOf('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX') + 32;
  expect(bytes[at]).toBe(1);
  const count = bytes[at + 1] ?? 0;
  return bytes.toString('latin1', at + 2, at + 2 + count);
}

const field = (pid: number, name: string): string | undefined =>
  new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];

describe('the package', () => {
  it('has nothing but what belongs there', () => {
    expect(checkPackage(appDir, true)).toEqual([]);
  });

  it('is refused as a product when it was made with the test runtime', () => {
    const marked = readFileSync(path.join(appDir, 'version'), 'utf8').startsWith('33.');
    expect(checkPackage(appDir, false)).toEqual(marked ? ['the test runtime is in a production package'] : []);
  });

  it('is refused with a source map, a test or a stray file in it', () => {
    const strays = ['node-side/service.mjs.map', 'node-side/node_modules/debug/x.test.js', 'notes.txt'];
    for (const stray of strays) writeFileSync(path.join(appDir, 'resources', stray), '');
    const problems = checkPackage(appDir, true);
    for (const stray of strays) rmSync(path.join(appDir, 'resources', stray));
    expect(problems).toEqual(
      expect.arrayContaining(strays.map((stray) => `resources: ${stray} does not belong there`)),
    );
    expect(problems).toHaveLength(strays.length);
  });

  it('has every fuse as electron-builder.yml says', () => {
    // RunAsNode, CookieEncryption, NodeOptions, CliInspect, AsarIntegrity, OnlyAsar, V8Snapshot, FilePrivileges
    expect(fuses().slice(0, 8)).toBe('01001100');
  });

  it('reports what each of our binaries asks of glibc', () => {
    const report = reportNeeds(appDir);
    const binaries = ['better-sqlite3', '@serialport/bindings-cpp', '@resvg/resvg-js-linux-x64-gnu', 'node/node'];
    expect(report).toHaveLength(binaries.length);
    for (const binary of binaries) expect(report).toContainEqual(expect.stringContaining(binary));
    expect(report).toContainEqual(expect.stringMatching(/^node\/node: GLIBC 2\.28, /));
  });
});

describe('the packed program', () => {
  it('brings native packages that its own Node loads', async () => {
    const probe = `
      const Database = require('better-sqlite3');
      require('@serialport/bindings-cpp').autoDetect();
      console.log(process.version, new Database(':memory:').prepare('SELECT 7').pluck().get());`;
    const node = path.join(appDir, 'resources/node/node');
    const { stdout } = await promisify(execFile)(node, ['-e', probe], {
      cwd: path.join(appDir, 'resources/node-side'),
    });
    expect(stdout).toBe('v24.21.0 7\n');
  });

  it('refuses to run without its sandbox', async () => {
    const exe = asOrdinaryUser(path.join(appDir, 'yichuang'), folder);
    const env = { ...inheritedEnv(), DISPLAY: display.name };
    await expect(promisify(execFile)(exe, ['--no-sandbox', '--disable-gpu'], { env })).rejects.toMatchObject({
      code: 64,
      stderr: expect.stringContaining('--no-sandbox is refused'),
    });
  });

  it('starts as an ordinary user, in its sandbox, and shows its page', async () => {
    const keyFile = path.join(folder, 'key');
    writeFileSync(keyFile, '5c'.repeat(32), { mode: 0o640 });
    giveToOrdinaryUser(keyFile);
    const packed = await startPacked(
      asOrdinaryUser(path.join(appDir, 'yichuang'), folder),
      ['--disable-gpu', '--log-level=3'],
      {
        ...inheritedEnv(),
        DISPLAY: display.name,
        YICHUANG_KEY_FILE: keyFile,
        // What works in a checkout must not work here.
        YICHUANG_RENDERER_DIR: '/nowhere',
        YICHUANG_SERVICE_ENTRY: '/nowhere.mjs',
      },
    );
    try {
      const { page, browser } = packed;
      // Not waitForFunction: it polls by eval, which the policy of the page forbids.
      await expect.poll(() => page.title(), { timeout: 45_000 }).toContain('一窗');
      expect(page.url()).toMatch(/^app:\/\/yichuang\/index\.html/);
      expect(await call(page, 'session.hello')).toMatchObject({ ok: true, value: { role: 'window' } });

      const session = await browser.newBrowserCDPSession();
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      const pid = processInfo.find(({ type }) => type === 'renderer')?.id ?? 0;
      // Of the page's process: a system call filter, no gain of rights, an empty world of its own.
      expect(field(pid, 'Seccomp')).toBe('2');
      expect(field(pid, 'NoNewPrivs')).toBe('1');
      expect(field(pid, 'Uid')).not.toBe('0');
      expect(readlinkSync(`/proc/${pid}/ns/user`)).not.toBe(readlinkSync('/proc/self/ns/user'));
    } finally {
      await packed.stop();
    }
  });
});
