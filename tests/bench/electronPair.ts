import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findStablePort } from '../../tools/demo/stablePort.ts';
import { resolveElectron } from '../../tools/electron/resolve.ts';
import { chromiumSwitches, inheritedEnv, ROOT } from '../fixtures/app.ts';
import { startXvfb } from '../fixtures/xvfb.ts';
import { DevtoolsPage } from './devtools.ts';

/** What is started: the empty window, or the program with these arguments. */
export type Subject = 'empty' | readonly string[];

export interface Opened {
  pid: number;
  /** Milliseconds from spawning the process to the page's first content. */
  paintMs: number;
  /** The same to the mark our pages set when a person can go to work; equal to `paintMs` for the empty window. */
  usableMs: number;
}

export type Open = (subject: Subject, look: (opened: Opened) => Promise<void> | void) => Promise<void>;

const EMPTY = path.join(ROOT, 'tests/bench/emptyWindow');
/** Nobody looks before this: a start is not to be slowed by its being watched. */
const UNWATCHED_MS = 1500;
const PATIENCE_MS = 30_000;

/** Runs `use` with a way to start the empty window and ours, on a display of its own. */
export async function withWindows<T>(use: (open: Open) => Promise<T>): Promise<T> {
  const display = await startXvfb();
  const runtime = await resolveElectron();
  try {
    return await use(async (subject, look) => {
      const profile = mkdtempSync(path.join(os.tmpdir(), 'yichuang-bench-'));
      const port = await findStablePort();
      const own = subject === 'empty' ? [EMPTY, `--user-data-dir=${profile}`] : [ROOT, ...subject];
      const args = [...chromiumSwitches(), `--remote-debugging-port=${port}`, ...own];
      const startedAt = Date.now();
      const child = spawn(runtime.exe, args, {
        cwd: ROOT,
        env: { ...inheritedEnv(), DISPLAY: display.name },
        stdio: 'ignore',
      });
      try {
        await delay(UNWATCHED_MS);
        const { paintAt, usableAt } = await readTimes(port, subject === 'empty' ? PAINT : USABLE);
        await look({ pid: child.pid ?? 0, paintMs: paintAt - startedAt, usableMs: usableAt - startedAt });
      } finally {
        await end(child);
        rmSync(profile, { recursive: true, force: true });
      }
    });
  } finally {
    await display.stop();
  }
}

const PAINT = 'first-contentful-paint';
const USABLE = 'yichuang-usable';

/** Wall-clock times from the page's own timeline, so that looking late does not enter the figures. */
async function readTimes(port: number, last: string): Promise<{ paintAt: number; usableAt: number }> {
  const page = await DevtoolsPage.connect(port);
  const until = Date.now() + PATIENCE_MS;
  const read = async (name: string): Promise<number> => {
    const entry = `performance.getEntriesByName('${name}')[0]`;
    for (;;) {
      const at = await page.evaluate(`${entry} ? performance.timeOrigin + ${entry}.startTime : null`);
      if (typeof at === 'number') return at;
      if (Date.now() > until) throw new Error(`the page never marked ${name}`);
      await delay(50);
    }
  };
  try {
    const paintAt = await read(PAINT);
    // The time of a paint is when it reached the screen, a little after the page's own idea of it.
    return { paintAt, usableAt: Math.max(paintAt, await read(last)) };
  } finally {
    page.close();
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
