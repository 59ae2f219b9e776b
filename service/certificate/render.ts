import { Worker } from 'node:worker_threads';
import { fromWireError, toWireError, YichuangError } from '../../contract/errors.ts';
import type { FormContent } from '../../domain/form/fieldTexts.ts';
import type { PrintForm } from '../../domain/form/types.ts';
import type { CalibrationTest, CertificateJob, RenderedCertificate, RenderedTest } from './page.ts';
import type { RenderAnswer, RenderRequest } from './worker.ts';

/** In a checkout the source, in a package the bundle beside the service's. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './certificateWorker.mjs', import.meta.url);
/** The first page of a process opens the fonts; a page that takes longer than this never comes. */
const DEADLINE_MS = 20_000;

type Ask = RenderRequest extends infer Request ? (Request extends unknown ? Omit<Request, 'id'> : never) : never;

interface Thread {
  worker: Worker;
  waiting: Map<number, (answer: RenderAnswer) => void>;
}

let thread: Thread | null = null;
let lastId = 0;

/**
 * A certificate as preview and as the bytes for `certificate.send`, made off the main thread.
 * @param options.form on which paper; `calibration` of printer, form and paper path, or UNCALIBRATED
 * @throws YichuangError `paper-character-missing` (details `characters`), `paper-overflow` (details `place`: the field),
 * `form-invalid` (details `problems`): all before paper moves
 */
export async function renderCertificate(
  content: FormContent,
  options: Omit<CertificateJob, 'content'>,
): Promise<RenderedCertificate> {
  return (await ask({ what: 'job', job: { content, ...options } })) as RenderedCertificate;
}

/**
 * A page by which a printer is set to a form, as preview and as a job.
 * @throws YichuangError `form-invalid`, `paper-overflow`
 */
export async function renderCalibrationTest(job: CalibrationTest): Promise<RenderedTest> {
  return (await ask({ what: 'test', job })) as RenderedTest;
}

/** The same page as a file, without a printer. @throws as renderCertificate */
export async function renderCertificateFile(
  content: FormContent,
  form: PrintForm,
  type: 'pdf' | 'png',
): Promise<Uint8Array> {
  return (await ask({ what: type, job: { content, form } })) as Uint8Array;
}

async function ask(request: Ask): Promise<unknown> {
  thread ??= startThread();
  const { worker, waiting } = thread;
  lastId += 1;
  const id = lastId;
  const answered = Promise.withResolvers<RenderAnswer>();
  const timer = setTimeout(() => {
    answered.resolve({ id, error: toWireError(new YichuangError('deadline')) });
    void worker.terminate();
  }, DEADLINE_MS);
  waiting.set(id, answered.resolve);
  worker.ref();
  worker.postMessage({ id, ...request });
  const answer = await answered.promise;
  clearTimeout(timer);
  waiting.delete(id);
  // An idle thread keeps no process alive.
  if (waiting.size === 0) worker.unref();
  if ('error' in answer) throw fromWireError(answer.error);
  return answer.value;
}

function startThread(): Thread {
  const worker = new Worker(WORKER, { stdout: true, stderr: true });
  const waiting: Thread['waiting'] = new Map();
  const started: Thread = { worker, waiting };
  worker.on('message', (answer: RenderAnswer) => waiting.get(answer.id)?.(answer));
  const gone = (): void => {
    if (thread === started) thread = null;
    for (const [id, resolve] of waiting) resolve({ id, error: toWireError(null) });
  };
  worker.once('error', gone);
  worker.once('exit', gone);
  return started;
}
