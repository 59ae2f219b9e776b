import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { type ScanRequest, scanData } from './scanData.ts';

/** Behind everything else on this machine: on Linux a thread has a priority of its own. */
const LOWEST = 19;

try {
  if (process.platform === 'linux') setPriority(LOWEST);
} catch {
  // Then it is only slower than it could be for others.
}
parentPort?.postMessage(await scanData(workerData as ScanRequest));
