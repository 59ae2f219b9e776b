import type { Pr2Config } from '../../../contract/config/devices.ts';
import { ERRORS, YichuangError } from '../../../contract/errors.ts';
import { type Transport, TransportError } from '../../transport/types.ts';
import { JobSender } from '../certificate/jobSender.ts';
import type { CertificateJob, CertificatePrinter } from '../certificate/types.ts';
import type { DriverEnvironment, HealthReport } from '../types.ts';
import { AnswerFinder, ASK_DOCUMENT, type DocumentAnswer, RESET } from './protocol.ts';

const ANSWER_MS = 500;
/** Between two questions while the document is waited for (devices.md §3.5). */
const POLL_MS = 500;

const EXPERIMENTAL: HealthReport = {
  health: 'attention',
  reason: 'driver-experimental',
  message: '存折打印机驱动为试验版，尚未在真机上核对，请勿用于正式证书。',
};

/** A passbook printer in Olivetti PR2, EXPERIMENTAL: it asks for the document, prints dots, puts the document out. */
export class Pr2Driver implements CertificatePrinter {
  static readonly driverName = 'pr2';
  readonly #sender: JobSender;
  readonly #options: Pr2Config;
  readonly #environment: DriverEnvironment;
  readonly #finder = new AnswerFinder();
  #onAnswer: (answer: DocumentAnswer | null) => void = () => {};

  static create(transport: Transport, options: Pr2Config, environment: DriverEnvironment): Pr2Driver {
    return new Pr2Driver(transport, options, environment);
  }

  constructor(transport: Transport, options: Pr2Config, environment: DriverEnvironment) {
    this.#options = options;
    this.#environment = environment;
    this.#sender = new JobSender(transport, options, environment);
    transport.onData((bytes) => {
      this.#sender.receive(bytes);
      for (const answer of this.#finder.push(bytes)) this.#onAnswer(answer);
    });
    transport.onClose(() => this.#onAnswer(null));
  }

  async initialise(): Promise<void> {
    await this.#sender.write(RESET);
  }

  async heartbeat(): Promise<HealthReport> {
    const own = await this.#sender.health();
    if (own.health === 'fault') return own;
    const answer = await this.#ask().catch((error: unknown) => {
      if (error instanceof TransportError) return null;
      throw error;
    });
    if (answer !== null) return EXPERIMENTAL;
    return { health: 'offline', reason: 'device-offline', message: ERRORS['device-offline'] };
  }

  /** @throws YichuangError `device-offline`, `printer-paper-out` when no document came; nothing of the job was sent then */
  async send(job: CertificateJob): Promise<void> {
    await this.#waitForDocument(job);
    await this.#sender.send(job);
  }

  dispose(): void {
    this.#sender.close();
    this.#onAnswer(null);
  }

  async #waitForDocument(job: CertificateJob): Promise<void> {
    const deadline = this.#environment.now() + this.#options.patienceSeconds * 1000;
    for (let answered = false; ; ) {
      const answer = await this.#ask();
      if (answer?.present) return;
      answered ||= answer !== null;
      if (this.#environment.now() >= deadline) {
        throw new YichuangError(answered ? 'printer-paper-out' : 'device-offline');
      }
      job.onProgress('waiting', 0);
      await this.#environment.delay(POLL_MS);
    }
  }

  /** @returns null when nothing came in time. @throws TransportError */
  async #ask(): Promise<DocumentAnswer | null> {
    const answered = Promise.withResolvers<DocumentAnswer | null>();
    this.#onAnswer = answered.resolve;
    await this.#sender.write(ASK_DOCUMENT);
    const late = this.#environment.delay(ANSWER_MS).then(() => null);
    return Promise.race([answered.promise, late]);
  }
}
