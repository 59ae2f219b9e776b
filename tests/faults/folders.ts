import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const IN_MEMORY = '/dev/shm';
const ENOUGH_BYTES = 1024 ** 3;

/**
 * A folder in memory where the machine has room: a process that is killed finds there what it wrote, as on a disk, and
 * thousands of syncs wait for nobody. What the disk itself loses is the recorder's to say (powerCut/).
 */
export function fastFolder(): { dir: string; remove: () => void } {
  const { bavail, bsize } = existsSync(IN_MEMORY) ? statfsSync(IN_MEMORY) : { bavail: 0, bsize: 0 };
  const dir = mkdtempSync(path.join(bavail * bsize > ENOUGH_BYTES ? IN_MEMORY : tmpdir(), 'yichuang-faults-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
