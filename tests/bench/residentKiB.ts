import { readFileSync } from 'node:fs';

/** Memory of a process that is in RAM now. */
export function residentKiB(pid: number | undefined): number {
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (found === undefined) throw new Error('the process says nothing of its memory');
  return Number(found);
}
