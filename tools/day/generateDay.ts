import { cpSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { forgetHome } from '../../db/home.ts';
import { openDatabase } from '../../db/open.ts';
import { DATABASE_FILE } from '../../db/store.ts';
import { CENTRE_FOLDER } from './hall.ts';
import type { DayPlan } from './plan.ts';
import { type DayResult, runDay } from './runDay.ts';

/** Memory as a folder, where there is one: a day is twenty thousand commits, each of which waits for its disk. */
const MEMORY = '/dev/shm';
/** For 9,999 cases and all their windows, bytes. */
const ROOM = 2 * 2 ** 30;

export interface GeneratedInto {
  /** Key of the windows' stores, 64 hex digits. */
  keyHex: string;
  /** Gets the data of the first window. */
  data: string;
  /** Gets the data of the centre. */
  centre?: string | undefined;
}

/** Lets a day happen aside, and puts what is to be kept where it belongs when it is whole. */
export async function generateDay(plan: DayPlan, { keyHex, data, centre }: GeneratedInto): Promise<DayResult> {
  const dir = mkdtempSync(path.join(hasRoom(MEMORY) ? MEMORY : tmpdir(), 'yichuang-day-'));
  try {
    const result = await runDay(plan, { dir, keyHex });
    keep(path.join(dir, plan.windows[0]?.id ?? ''), data);
    settle(data, keyHex);
    if (centre !== undefined) keep(path.join(dir, CENTRE_FOLDER), centre);
    return result;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Whoever opens them here has the day itself and no copy of it. */
function settle(dir: string, keyHex: string): void {
  const db = openDatabase({ file: path.join(dir, DATABASE_FILE), keyHex });
  forgetHome(db);
  db.close();
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > ROOM;
  } catch {
    return false;
  }
}

function keep(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  cpSync(from, to, { recursive: true, errorOnExist: true, force: false });
}
