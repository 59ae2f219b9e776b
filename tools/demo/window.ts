import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ROOT } from '../commands/installation.ts';
import { resolveElectron } from '../electron/resolve.ts';
import type { DemoFolder } from './demoFolder.ts';

export interface OpenedWindow {
  /** Settles when the person closed the window. */
  closed: Promise<unknown>;
  close(): Promise<void>;
}

/** Root has no sandbox of Chromium's; a checkout may go without, a package never does. */
export const CHECKOUT_SWITCHES: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Opens the built program in the Electron of this machine on the data of a demonstration. */
export async function openWindow(folder: DemoFolder): Promise<OpenedWindow> {
  const runtime = await resolveElectron();
  const child = spawn(runtime.exe, [...CHECKOUT_SWITCHES, '--log-level=3', ROOT, ...windowArguments(folder)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const closed = once(child, 'exit');
  return {
    closed,
    close: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await closed;
    },
  };
}

export function windowArguments(folder: DemoFolder): string[] {
  return [`--config=${folder.configFile}`, `--data=${folder.terminalDir}`, '--demo'];
}
