import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { resolveElectron } from '../../tools/electron/resolve.ts';
import { chromiumSwitches, inheritedEnv, ROOT } from '../fixtures/app.ts';
import { startXvfb } from '../fixtures/xvfb.ts';

export interface Opened {
  app: ElectronApplication;
  page: Page;
  /** Milliseconds from spawning the process to the page's first content. */
  paintMs: number;
  /** The same to the mark our pages set when a person can type; equal to `paintMs` for a page without it. */
  usableMs: number;
}

export const EMPTY = path.join(ROOT, 'tests/bench/emptyWindow');

/** Runs `use` with a way to open the empty window and ours, on a display of its own and on fresh data each time. */
export async function withWindows<T>(
  use: (open: (what: 'empty' | 'ours', look: (opened: Opened) => Promise<void>) => Promise<void>) => Promise<T>,
): Promise<T> {
  const display = await startXvfb();
  const runtime = await resolveElectron();
  try {
    return await use(async (what, look) => {
      const data = mkdtempSync(path.join(os.tmpdir(), 'yichuang-bench-'));
      const own = what === 'empty' ? [EMPTY, `--user-data-dir=${data}`] : [ROOT, `--data=${data}`];
      const startedAt = Date.now();
      const app = await _electron.launch({
        executablePath: runtime.exe,
        cwd: ROOT,
        args: [...chromiumSwitches(), ...own],
        env: { ...inheritedEnv(), DISPLAY: display.name },
      });
      try {
        const page = await app.firstWindow();
        const paintAt = await page.waitForFunction(firstPaint).then((handle) => handle.jsonValue());
        const usableAt =
          what === 'empty' ? paintAt : await page.waitForFunction(usable).then((handle) => handle.jsonValue());
        await look({ app, page, paintMs: Number(paintAt) - startedAt, usableMs: Number(usableAt) - startedAt });
      } finally {
        await app.close();
        rmSync(data, { recursive: true, force: true });
      }
    });
  } finally {
    await display.stop();
  }
}

/** Both run in the page; wall-clock times, so that polling does not enter the figure. */
function firstPaint(): number | false {
  const entry = performance.getEntriesByName('first-contentful-paint')[0];
  return entry ? performance.timeOrigin + entry.startTime : false;
}

function usable(): number | false {
  const mark = performance.getEntriesByName('yichuang-usable')[0];
  return mark ? performance.timeOrigin + mark.startTime : false;
}

/** Proportional set size of a process and all it started, bytes: shared pages are counted once. */
export function treeMemory(pid: number): number {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const parent = Number(
      readOr(`/proc/${name}/stat`)
        .replace(/^.*\) \S /s, '')
        .split(' ')[0],
    );
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const sum = (each: number): number => {
    const kilobytes = Number(/^Pss:\s+(\d+)/m.exec(readOr(`/proc/${each}/smaps_rollup`))?.[1] ?? 0);
    return kilobytes * 1024 + (children.get(each) ?? []).reduce((total, child) => total + sum(child), 0);
  };
  return sum(pid);
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
