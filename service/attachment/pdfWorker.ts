import { parentPort, workerData } from 'node:worker_threads';
import { PDFDocument } from 'pdf-lib';

/** A thread of its own for one PDF that somebody brought on a stick: what it does to the parser it does here. */

export type PdfAnswer = { pages: number } | { fault: 'pdf-encrypted' | 'pdf-unreadable' };

async function inspect(bytes: Uint8Array): Promise<PdfAnswer> {
  try {
    const document = await PDFDocument.load(bytes, { updateMetadata: false });
    return { pages: document.getPageCount() };
  } catch {
    // Whether the library says so or stumbles over a stream it cannot read: a trailer names its encryption in clear.
    return { fault: Buffer.from(bytes).includes('/Encrypt') ? 'pdf-encrypted' : 'pdf-unreadable' };
  }
}

parentPort?.postMessage(await inspect(workerData as Uint8Array));
