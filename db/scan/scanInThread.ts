import { Worker } from 'node:worker_threads';
import type { ScanFinding, ScanRequest } from './scanData.ts';

/** In a checkout the source, in a package the bundle beside the service's. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './scanWorker.ts' : './scanWorker.mjs', import.meta.url);

/**
 * Reads everything in a thread of its own: minutes for the data of a year, and nobody waits for it.
 * @param stop ends it unfinished
 * @throws the error of the scan, or AbortError
 */
export async function scanInThread(request: ScanRequest, stop: AbortSignal): Promise<ScanFinding[]> {
  stop.throwIfAborted();
  const worker = new Worker(WORKER, { workerData: request });
  const answered = Promise.withResolvers<ScanFinding[]>();
  const abort = () => answered.reject(stop.reason);
  stop.addEventListener('abort', abort, { once: true });
  worker.once('message', answered.resolve);
  worker.once('error', answered.reject);
  worker.once('exit', () => answered.reject(new Error('the scanning thread ended')));
  try {
    return await answered.promise;
  } finally {
    stop.removeEventListener('abort', abort);
    await worker.terminate();
  }
}
