import { Worker } from 'node:worker_threads';

/**
 * What a thread of its own makes of a request: its only message. Copying takes a second for each hundred megabytes, and
 * nobody who is served waits for it.
 * @param signal ends the thread in the middle of its work
 * @throws what the thread threw, as an Error
 */
export async function inThread<Answer>(entry: URL, request: unknown, signal?: AbortSignal): Promise<Answer> {
  signal?.throwIfAborted();
  const worker = new Worker(entry, { workerData: request });
  const answered = Promise.withResolvers<Answer>();
  worker.once('message', answered.resolve);
  worker.once('error', answered.reject);
  worker.once('exit', () => answered.reject(new Error('the thread ended')));
  const end = () => void worker.terminate();
  signal?.addEventListener('abort', end);
  try {
    return await answered.promise;
  } finally {
    signal?.removeEventListener('abort', end);
    await worker.terminate();
  }
}
