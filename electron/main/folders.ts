import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { LaunchOptions } from './launchOptions.ts';

/** Where this terminal keeps its things. */
export interface Folders {
  /** The service's: database, key record. */
  data: string;
  /** Chromium's profile, window bounds, logs; may be deleted without losing a case. */
  shell: string;
  logs: string;
  configFile: string;
}

/**
 * Two roles on one computer get a folder each, and with it a single-instance lock each.
 * @param base Electron's `userData` as it comes
 */
export function placeFolders(options: LaunchOptions, base: string): Folders {
  const home =
    options.dataDir ?? (options.role === null || options.role === 'window' ? base : `${base}-${options.role}`);
  const data = options.dataDir ?? path.join(home, 'data');
  const shell = path.join(home, 'shell');
  return {
    data,
    shell,
    logs: path.join(shell, 'logs'),
    configFile: options.configFile ?? path.join(home, 'config.jsonc'),
  };
}

export function makeFolders(folders: Folders): void {
  for (const folder of [folders.data, folders.shell, folders.logs]) {
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
}
