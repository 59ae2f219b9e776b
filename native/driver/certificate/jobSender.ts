import { ERRORS, YichuangError } from '../../../contract/errors.ts';
import { type Transport, TransportError } from '../../transport/types.ts';
import type { DriverEnvironment, HealthReport } from '../types.ts';
import type { CertificateJob } from './types.ts';

export interface SenderOptions {
  baudRate: number;
  flowControl: 'none' | 'rtscts' | 'xonxoff';
  /** How long the printer may take nothing: a page of 24-needle graphics stands in its buffer, or the paper ran out. */
  patienceSeconds: number;
}

/** Small enough for a printer's buffer of a few lines, and for a progress that moves. */
const CHUNK = 512;
const XON = 0x11;
const XOFF = 0x13;

/** Bytes to a printer that only ever says "wait" and "go on": by XOFF and XON, or by its lines. */
export class JobSender {
  readonly #transport: Transport;
  readonly #options: SenderOptions;
  readonly #environment: DriverEnvironment;
  readonly #patienceMs: number;
  #flowing = true;
  #closed = false;
  #wake: () => void = () => {};

  constructor(transport: Transport, options: SenderOptions, environment: DriverEnvironment) {
    this.#transport = transport;
    this.#options = options;
    this.#patienceMs = options.patienceSeconds * 1000;
    this.#environment = environment;
    transport.onClose(() => this.close());
  }

  /** The bytes that came from the printer. */
  receive(bytes: Uint8Array): void {
    const lastWord = [...bytes].findLast((byte) => byte === XON || byte === XOFF);
    if (lastWord === undefined) return;
    this.#flowing = lastWord === XON;
    this.#wake();
  }

  /** What the lines and XOFF say; a printer that says nothing is `unknown`. */
  async health(): Promise<HealthReport> {
    if (this.#closed) return { health: 'offline', reason: 'device-offline', message: ERRORS['device-offline'] };
    const ready = await this.#isReady();
    if (ready === null) return SAYS_NOTHING;
    return ready ? { health: 'online', reason: null, message: null } : NOT_READY;
  }

  /**
   * @param lead bytes before the job that mark no paper
   * @throws TransportError, or YichuangError `printer-error` of a printer that is not ready; nothing was sent when `onStart` was not called
   */
  async send(job: CertificateJob, lead: Uint8Array = new Uint8Array()): Promise<void> {
    if (this.#closed) throw new TransportError('closed', 'before a certificate');
    if ((await this.#isReady()) === false) {
      job.onProgress('waiting', 0);
      throw new YichuangError('printer-error', { message: NOT_READY.message ?? ERRORS['printer-error'] });
    }
    const bytes = lead.length === 0 ? job.bytes : Uint8Array.from([...lead, ...job.bytes]);
    const startedAt = this.#environment.now();
    for (let at = 0; at < bytes.length; at += CHUNK) {
      await this.#waitForFlow(job, at - lead.length);
      if (at === 0) job.onStart();
      const chunk = bytes.subarray(at, at + CHUNK);
      const handedAt = this.#environment.now();
      await this.#transport.write(chunk, this.#patienceMs);
      job.onProgress('sending', Math.max(0, at + chunk.length - lead.length));
      // Never faster than the line, whatever takes the bytes: an adapter or a device server that hoards them would send on
      // long after the printer said stop.
      const early = this.#lineMs(chunk.length) - (this.#environment.now() - handedAt);
      if (early > 0) await this.#environment.delay(early);
    }
    this.#environment.log('certificate.sent', {
      bytes: bytes.length,
      ms: Math.round(this.#environment.now() - startedAt),
    });
  }

  /** @throws TransportError */
  write(bytes: Uint8Array): Promise<void> {
    return this.#transport.write(bytes);
  }

  close(): void {
    this.#closed = true;
    this.#wake();
  }

  /** @returns null when neither the lines nor the stream can say */
  async #isReady(): Promise<boolean | null> {
    if (!this.#flowing) return false;
    if (this.#options.flowControl !== 'rtscts') return null;
    const lines = await this.#transport.lines?.();
    return lines ? lines.cts : null;
  }

  /** An XOFF that comes as a byte was left to us, as behind a serial device server. */
  async #waitForFlow(job: CertificateJob, sent: number): Promise<void> {
    const deadline = this.#environment.now() + this.#patienceMs;
    while (!this.#flowing && !this.#closed) {
      job.onProgress('waiting', Math.max(0, sent));
      const left = deadline - this.#environment.now();
      if (left <= 0) throw new TransportError('deadline', 'the printer takes nothing');
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await Promise.race([woken, this.#environment.delay(left)]);
    }
    if (this.#closed) throw new TransportError('closed', 'under a certificate');
  }

  /** Eight data bits, start and stop. */
  #lineMs(bytes: number): number {
    return Math.ceil((bytes * 10_000) / this.#options.baudRate);
  }
}

const SAYS_NOTHING: HealthReport = {
  health: 'unknown',
  reason: 'printer-status-off',
  message: '证书打印机不报告状态，打印后请看纸面。',
};

const NOT_READY: HealthReport = {
  health: 'fault',
  reason: 'printer-not-ready',
  message: '证书打印机没有就绪，内容未丢失，请装纸，按联机键。',
};
