import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessMemory {
  pid: number;
  /** `main`, Chromium's `--type`, or the script a Node runs. */
  what: string;
  /** Proportional set size: shared pages are counted once over all processes. */
  bytes: number;
}

/**
 * A process and all it started, with what each holds.
 * @throws Error when the process is gone
 */
export function readTree(pid: number): ProcessMemory[] {
  if (pss(pid) === 0) throw new Error(`process ${pid} is gone`);
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const parent = Number(
      readOr(`/proc/${name}/stat`)
        .replace(/^.*\) \S /s, '')
        .split(' ')[0],
    );
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const walk = (each: number): ProcessMemory[] => [
    { pid: each, what: describe(each, each === pid), bytes: pss(each) },
    ...(children.get(each) ?? []).flatMap(walk),
  ];
  return walk(pid);
}

function describe(pid: number, isRoot: boolean): string {
  if (isRoot) return 'main';
  // Chromium writes the line of a forked process anew, with spaces.
  const line = readOr(`/proc/${pid}/cmdline`).split(/[\0 ]/);
  const type = line.find((word) => word.startsWith('--type='))?.slice('--type='.length);
  const subType = line.find((word) => word.startsWith('--utility-sub-type='))?.split('=')[1];
  const script = line
    .find((word) => /\.[cm]?[jt]s$/.test(word))
    ?.split('/')
    .at(-1);
  return subType ?? type ?? script ?? 'unknown';
}

function pss(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readOr(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024;
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
