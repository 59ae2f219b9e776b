import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Arch, build, type Configuration, Platform } from 'electron-builder';
import { resolveElectron } from '../electron/resolve.ts';
import { checkPackage, reportNeeds } from './check.ts';
import { stage, type Target } from './stage.ts';

/**
 * `npm run pack [-- --target dir|deb|nsis] [--out DIR] [--test]`: makes the package of this platform out of what
 * `npm run build` made, and checks it. Where only the test runtime is to be had, or with --test, it makes a package for
 * tests: marked in its version, in its folder and by TEST-RUNTIME; its version opens its pages to a debugger
 * (electron/main/index.ts), its fuses are those of the product.
 */

const ROOT = path.resolve(import.meta.dirname, '../..');
const say = (line: string): void => console.error(`[pack] ${line}`);

const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    out: { type: 'string' },
    test: { type: 'boolean', default: false },
  },
});

const runtime = await resolveElectron();
const test = values.test || runtime.kind !== 'official';
const out = path.resolve(values.out ?? path.join(ROOT, 'release', test ? 'TEST' : ''));
const target: Target = {
  platform: process.platform === 'win32' ? 'win32' : 'linux',
  arch: process.arch === 'arm64' ? 'arm64' : 'x64',
};
const kinds = values.target ?? [target.platform === 'win32' ? 'nsis' : 'deb'];

stage(ROOT, target);
// Its own fpm is a download; ours asks dpkg-deb, which every machine that builds a deb has.
process.env.CUSTOM_FPM_PATH ??= path.join(ROOT, 'tools/pack/fpm-dpkg.ts');
const platform = target.platform === 'win32' ? Platform.WINDOWS : Platform.LINUX;
await build({
  projectDir: ROOT,
  targets: platform.createTarget(kinds, Arch[target.arch]),
  publish: 'never',
  config: {
    extends: 'electron-builder.yml',
    // Left over when Electron comes out of a folder instead of its zip.
    afterPack: async ({ appOutDir }) => rmSync(path.join(appOutDir, 'resources/default_app.asar'), { force: true }),
    ...(test ? await testConfig() : { directories: { output: out } }),
  },
});

const appDir = path.join(
  out,
  `${target.platform === 'win32' ? 'win' : 'linux'}${target.arch === 'arm64' ? '-arm64' : ''}-unpacked`,
);
for (const line of target.platform === 'linux' ? reportNeeds(appDir) : []) say(line);
const problems = checkPackage(appDir, test);
for (const problem of problems) say(`WRONG: ${problem}`);
if (problems.length > 0) process.exit(1);
say(test ? `TEST package in ${out}: not for use, not for distribution` : `package in ${out}`);

async function testConfig(): Promise<Configuration> {
  const { default: manifest } = await import('../../package.json', { with: { type: 'json' } });
  say(`making a TEST package with ${runtime.kind} Electron ${runtime.version}`);
  return {
    directories: { output: out },
    electronDist: runtime.dist,
    electronVersion: runtime.version,
    extraMetadata: { version: `${manifest.version}-test` },
    deb: { compression: 'gz' },
  };
}
