import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type ElectronRuntime, runtimeIn } from './runtime.ts';

const PROBE_MS = 10_000;
const UNREACHABLE_INSTALL_MS = 20_000;
const REACHABLE_INSTALL_MS = 15 * 60_000;
/** How long a failed installation is believed, so that a row of tests does not wait for it each time. */
const MEMORY_MS = 60 * 60_000;

const manifestFile = createRequire(import.meta.url).resolve('electron/package.json');
const packageDir = path.dirname(manifestFile);
const { version } = JSON.parse(readFileSync(manifestFile, 'utf8')) as { version: string };

/** The binary of the installed `electron` package, if it is there and of the package's version. */
export function findOfficial(): ElectronRuntime | null {
  const runtime = runtimeIn(path.join(packageDir, 'dist'), 'official');
  return runtime?.version === version ? runtime : null;
}

/**
 * Runs the package's own installer, which honours ELECTRON_MIRROR, `electron_config_cache` and proxies and checks the
 * hashes it carries. Since Electron 42 nothing else downloads it. Gives up in 20 s where its source does not answer.
 * @returns null when it cannot be installed here; the reason goes to `log`
 */
export async function installOfficial(cacheDir: string, log: (line: string) => void): Promise<ElectronRuntime | null> {
  const memory = path.join(cacheDir, `official-${version}-unreachable`);
  if (!process.env.ELECTRON_MIRROR && isRecent(memory)) return null;
  const reachable = process.env.ELECTRON_GET_USE_PROXY ? true : await answers(artifactUrl());
  log(`installing the official Electron ${version}${reachable ? '' : ' (its source does not answer)'}`);
  const failure = await runInstaller(reachable ? REACHABLE_INSTALL_MS : UNREACHABLE_INSTALL_MS);
  const runtime = findOfficial();
  if (runtime) return runtime;
  log(`official Electron ${version} cannot be installed here: ${failure}`);
  mkdirSync(cacheDir, { recursive: true });
  writeFileSync(memory, `${failure}\n`);
  return null;
}

function artifactUrl(): string {
  const mirror = process.env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/download/';
  return `${mirror.replace(/\/?$/, '/')}v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) })).ok;
  } catch {
    return false;
  }
}

/** @returns why it failed, or null */
function runInstaller(timeoutMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(packageDir, 'install.js')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(null);
      resolve(stderr.split('\n').find((line) => line.trim() !== '') ?? `exit ${code ?? signal}`);
    });
  });
}

function isRecent(file: string): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs < MEMORY_MS;
}
