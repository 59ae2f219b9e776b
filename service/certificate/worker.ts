import { parentPort } from 'node:worker_threads';
import { toWireError, type WireError } from '../../contract/errors.ts';
import { type CalibrationTest, type CertificateJob, renderFile, renderJob, renderTest } from './page.ts';

/** A thread of its own for certificates: outlines and dots of a page would hold up the service for 50 to 200 ms. */

export type RenderRequest = { id: number } & (
  | { what: 'job'; job: CertificateJob }
  | { what: 'test'; job: CalibrationTest }
  | { what: 'pdf' | 'png'; job: Pick<CertificateJob, 'content' | 'form'> }
);

export type RenderAnswer = { id: number } & ({ value: unknown } | { error: WireError });

async function render(request: RenderRequest): Promise<unknown> {
  if (request.what === 'job') return renderJob(request.job);
  if (request.what === 'test') return renderTest(request.job);
  return renderFile(request.job, request.what);
}

parentPort?.on('message', async (request: RenderRequest) => {
  const answer = await render(request).then(
    (value): RenderAnswer => ({ id: request.id, value }),
    (error: unknown): RenderAnswer => ({ id: request.id, error: toWireError(error) }),
  );
  parentPort?.postMessage(answer);
});
