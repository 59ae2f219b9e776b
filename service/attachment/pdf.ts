import { Worker } from 'node:worker_threads';
import { brokenAttachment } from '../../contract/attachment.ts';
import type { PdfAnswer } from './pdfWorker.ts';

/** In a checkout the source, in a package the bundle beside the service's. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './pdfWorker.ts' : './pdfWorker.mjs', import.meta.url);

const DEADLINE_MS = 15_000;
/** Ten times what the largest attachment needs; a page tree made to exhaust memory ends the thread, not the service. */
const LIMITS = { maxOldGenerationSizeMb: 384 };

/**
 * @returns how many pages it has
 * @throws YichuangError `attachment-broken`: unreadable, encrypted, without pages, or too hard to read
 */
export async function countPdfPages(bytes: Buffer, deadlineMs = DEADLINE_MS): Promise<number> {
  // The end mark may be followed by a few stray bytes; without it the file was cut off.
  if (bytes.lastIndexOf('%%EOF') < Math.max(0, bytes.length - 2048)) throw brokenAttachment('truncated');
  const answer = await ask(bytes, deadlineMs);
  if ('fault' in answer) throw brokenAttachment(answer.fault);
  if (answer.pages === 0) throw brokenAttachment('pdf-empty');
  return answer.pages;
}

async function ask(bytes: Buffer, deadlineMs: number): Promise<PdfAnswer> {
  const worker = new Worker(WORKER, { workerData: bytes, resourceLimits: LIMITS, stdout: true, stderr: true });
  const answered = Promise.withResolvers<PdfAnswer>();
  const giveUp = (): void => answered.resolve({ fault: 'pdf-unreadable' });
  const timer = setTimeout(giveUp, deadlineMs);
  worker.once('message', answered.resolve);
  worker.once('error', giveUp);
  worker.once('exit', giveUp);
  try {
    return await answered.promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
