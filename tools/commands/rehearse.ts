import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FAULTS, isFault } from '../rehearse/faults.ts';
import { rehearse as runRehearsal } from '../rehearse/rehearse.ts';
import { printLine } from './output.ts';

export interface RehearseOptions {
  tickets: number;
  windows: number;
  kiosks: number;
  screens: number;
  hours: number;
  minutesPerSecond: number;
  fault: string[];
  seed: number;
  /** Where the data stay; a folder of its own that is removed when left out. */
  data?: string;
}

/** `yichuang rehearse`: exit 1 when a number was given twice, something was lost, or `verify` found something. */
export async function rehearse({ fault, data, minutesPerSecond, ...size }: RehearseOptions): Promise<void> {
  const unknown = fault.find((name) => !isFault(name));
  if (unknown !== undefined) throw new Error(`${unknown}: expected one of ${Object.keys(FAULTS).join(', ')}`);
  const dir = data ?? mkdtempSync(path.join(os.tmpdir(), 'yichuang-rehearsal-'));
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  try {
    const onLog = (line: string) => console.error(line);
    const result = await runRehearsal({ ...size, dir, minutesPerSecond, faults: fault.filter(isFault), onLog });
    printLine(result);
    if (result.doubles + result.losses + result.strangers > 0 || !result.verify.clean) process.exitCode = 1;
  } finally {
    if (data === undefined) rmSync(dir, { recursive: true, force: true });
  }
}
