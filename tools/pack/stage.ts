import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { NATIVE_PACKAGES } from '../build/node-side.ts';

/** What a package is made for, in Node's words. */
export interface Target {
  platform: 'linux' | 'win32';
  arch: 'x64' | 'arm64';
}

/** Headers for compilers; never loaded. */
const NOT_AT_RUN_TIME = new Set(['node-addon-api']);
/** Of a package with a `binding.gyp`: what its prebuilt parts, chosen by `isForTarget`, were made of. */
const SOURCES = new Set(['src', 'deps', 'build', 'binding.gyp']);

/**
 * Lays out what ships beside app.asar: `node-side/` (bundles, fonts and voice of out/node and the native packages they load), `node/`
 * (the bundled Node with its licence) and `pages/` (what the centre serves to browsers; the archive has them once more).
 * @throws Error when something to ship is missing on this machine
 */
export function stage(root: string, target: Target): void {
  const staged = path.join(root, 'out', 'pack');
  rmSync(staged, { recursive: true, force: true });
  mkdirSync(staged, { recursive: true });
  stageBundles(path.join(root, 'out', 'node'), path.join(staged, 'node-side'));
  for (const name of NATIVE_PACKAGES) {
    stagePackage(name, root, path.join(staged, 'node-side', 'node_modules'), target);
  }
  stageNode(root, path.join(staged, 'node'), target);
  const isPage = (file: string): boolean => !file.endsWith('.map');
  cpSync(path.join(root, 'out', 'renderer'), path.join(staged, 'pages'), { recursive: true, filter: isPage });
}

function stageBundles(from: string, to: string): void {
  if (!existsSync(from)) throw new Error('nothing is built: run `npm run build` first');
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (name.endsWith('.mjs')) cpSync(path.join(from, name), path.join(to, name));
  }
  for (const folder of ['fonts', 'voice']) cpSync(path.join(from, folder), path.join(to, folder), { recursive: true });
}

/** Copies a package and what it needs into one flat folder: there is one version of each, or it is an error. */
function stagePackage(name: string, from: string, modules: string, target: Target): void {
  if (NOT_AT_RUN_TIME.has(name)) return;
  const manifestFile = findManifest(name, from);
  const source = path.dirname(manifestFile);
  const manifest = readManifest(manifestFile);
  const destination = path.join(modules, name);
  const there = path.join(destination, 'package.json');
  if (existsSync(there)) {
    const { version } = readManifest(there);
    if (version !== manifest.version) throw new Error(`two versions of ${name}: ${version}, ${manifest.version}`);
    return;
  }
  const left = new Set(existsSync(path.join(source, 'binding.gyp')) ? ['node_modules', ...SOURCES] : ['node_modules']);
  const filter = (file: string): boolean => ships(path.relative(source, file), left, target);
  cpSync(source, destination, { recursive: true, filter });
  const compiled = Object.keys(manifest.optionalDependencies ?? {}).filter((needed) => isCompiledFor(needed, target));
  for (const needed of [...Object.keys(manifest.dependencies ?? {}), ...compiled]) {
    stagePackage(needed, source, modules, target);
  }
}

/** Not by `require.resolve`: a package may hide its package.json. */
function findManifest(name: string, from: string): string {
  for (const modules of createRequire(path.join(from, 'x.js')).resolve.paths(name) ?? []) {
    const file = path.join(modules, name, 'package.json');
    if (existsSync(file)) return file;
  }
  throw new Error(`${name} is not installed`);
}

/** Some packages have their compiled part in a package for each system, of which npm installs that of this machine. */
function isCompiledFor(name: string, { platform, arch }: Target): boolean {
  return name.endsWith(`-${platform}-${arch}-${platform === 'win32' ? 'msvc' : 'gnu'}`);
}

interface Manifest {
  version: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

function readManifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * @param inner path inside the package
 * @param left names at its top that stay behind
 */
function ships(inner: string, left: ReadonlySet<string>, target: Target): boolean {
  const parts = inner.split(path.sep);
  if (left.has(parts[0] ?? '')) return false;
  if (/\.(map|md|markdown|d\.ts|ts)$/.test(inner)) return false;
  return parts[0] !== 'prebuilds' || parts.length === 1 || isForTarget(parts.slice(1), target);
}

/** `prebuilds/linux-x64.node` (better-sqlite3) or `prebuilds/linux-x64/….glibc.node` (node-gyp-build). */
function isForTarget([folder = '', file]: string[], { platform, arch }: Target): boolean {
  if (folder.replace(/\.node$/, '') !== `${platform}-${arch}`) return false;
  return file === undefined || !file.includes('musl');
}

function stageNode(root: string, to: string, { platform, arch }: Target): void {
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  const home = path.join(root, 'node_modules', name);
  const binary = platform === 'win32' ? 'node.exe' : 'node';
  if (!existsSync(home)) throw new Error(`${name} is not installed: npm installs it on ${platform}-${arch} only`);
  mkdirSync(to, { recursive: true });
  cpSync(path.join(home, 'bin', binary), path.join(to, binary));
  cpSync(path.join(home, 'LICENSE'), path.join(to, 'LICENSE'));
}
