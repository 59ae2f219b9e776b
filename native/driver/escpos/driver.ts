import type { TicketPrinterConfig } from '../../../contract/config/devices.ts';
import { ERRORS, YichuangError } from '../../../contract/errors.ts';
import type { SlipDocument } from '../../../domain/slip/document.ts';
import { type Transport, TransportError } from '../../transport/types.ts';
import type { Driver, DriverEnvironment, HealthReport } from '../types.ts';
import { encodeSlip } from './document.ts';
import { type Drawn, drawSlip, needsDrawing } from './drawing.ts';
import { EscposEncoder } from './encoder.ts';
import { type Expectation, PrinterLink } from './printerLink.ts';
import { asksForCauses, judgeStatus, STATUS_OFF, type StatusAnswers, type Verdict } from './status.ts';

export type EscposOptions = Omit<TicketPrinterConfig, 'driver' | 'port'>;

export interface PrintResult {
  /** `device`: the printer said it is on paper. `sent`: it cannot say so; the bytes left and nothing spoke against. */
  confirmation: 'device' | 'sent';
  /** `U+20BB7`: in no font, printed as 〓, to be written in by hand. */
  unprintable: string[];
}

const CHUNK = 512;
/** Beyond the time the bytes take on the line. */
const CONFIRM_MS = 10_000;
const POLL_MS = 1000;
const LAST_PROCESS_ID = 9999;

/** Ticket printer speaking ESC/POS (devices.md §2). Calls come one at a time, from the device supervisor. */
export class EscposDriver implements Driver {
  static readonly driverName = 'escpos';
  readonly #link: PrinterLink;
  readonly #options: EscposOptions;
  readonly #environment: DriverEnvironment;
  #processId: number;

  static create(transport: Transport, options: EscposOptions, environment: DriverEnvironment): EscposDriver {
    return new EscposDriver(transport, options, environment);
  }

  constructor(transport: Transport, options: EscposOptions, environment: DriverEnvironment) {
    this.#link = new PrinterLink(transport, environment);
    this.#options = options;
    this.#environment = environment;
    // Not from 1 at every opening: an id still under way from the last one must not fit the first job.
    this.#processId = Math.floor(environment.now()) % LAST_PROCESS_ID;
  }

  async initialise(): Promise<void> {
    await this.#link.write(new EscposEncoder().initialise().bytes());
  }

  async heartbeat(): Promise<HealthReport> {
    if (!this.#options.status) return STATUS_OFF;
    try {
      const { health, reason, message } = await this.#inspect();
      return { health, reason, message };
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      return { health: 'offline', reason: 'device-offline', message: ERRORS['device-offline'] };
    }
  }

  /**
   * Prints all copies and waits until the printer confirms them.
   * @throws YichuangError `printer-paper-out`, `printer-cover-open`, `printer-error`, `device-offline` before a byte of
   * the job is sent; `print-unconfirmed` or one of the first three when paper may have come out
   */
  async print(document: SlipDocument): Promise<PrintResult> {
    const processId = this.#options.status && this.#options.processId ? this.#nextProcessId() : null;
    const drawn = await this.#draw(document);
    const { bytes, unprintable } = encodeSlip(document, { columns: this.#options.columns, processId, drawn });
    await this.#refuseUnlessReady();
    const printed =
      processId === null
        ? null
        : this.#link.expect((reply) => (reply.kind === 'process' && reply.id === processId ? reply.id : null));
    const deadline = this.#environment.now() + 2 * this.#lineMs(bytes.length) + CONFIRM_MS;
    try {
      await this.#send(bytes, deadline);
      return { confirmation: await this.#confirm(printed, deadline), unprintable };
    } catch (error) {
      // An id that came while the status was asked counts: the paper ran out after the last line.
      if (printed !== null && printed.value !== null) return { confirmation: 'device', unprintable };
      throw error instanceof TransportError ? new YichuangError('print-unconfirmed', { cause: error }) : error;
    } finally {
      printed?.cancel();
      this.#environment.log('escpos.job', { bytes: bytes.length, copies: document.copies });
    }
  }

  dispose(): void {
    this.#link.close();
  }

  /** Fonts are loaded with the first slip that has a character outside the printer's own. */
  async #draw(document: SlipDocument): Promise<Drawn | undefined> {
    const { columns, qr } = this.#options;
    if (!needsDrawing(document, columns, qr)) return undefined;
    const { drawQr, drawTextLine } = await import('../../paper/textImage.ts');
    return drawSlip(document, columns, qr, { line: drawTextLine, qr: drawQr });
  }

  async #refuseUnlessReady(): Promise<void> {
    if (this.#link.closed) throw new YichuangError('device-offline');
    if (!this.#options.status) return;
    try {
      const verdict = await this.#inspect();
      if (verdict.refusal !== null) throw refuse(verdict);
    } catch (error) {
      throw error instanceof TransportError ? new YichuangError('device-offline', { cause: error }) : error;
    }
  }

  /** Waits for the id, looking at the status in between; without one, the status after the last byte has to do. */
  async #confirm(printed: Expectation<string> | null, deadline: number): Promise<PrintResult['confirmation']> {
    if (this.#link.closed) throw new TransportError('closed', 'under a job');
    if (!this.#options.status) return 'sent';
    if (printed === null) {
      if (await this.#failOnFault()) return 'sent';
      throw new YichuangError('print-unconfirmed');
    }
    while (this.#environment.now() < deadline) {
      await Promise.race([printed.arrived, this.#environment.delay(POLL_MS)]);
      if (printed.value !== null) return 'device';
      await this.#failOnFault();
    }
    throw new YichuangError('print-unconfirmed');
  }

  /** @returns true when the printer answered and has nothing against going on */
  async #failOnFault(): Promise<boolean> {
    const verdict = await this.#inspect();
    if (verdict.refusal !== null && !verdict.passing) throw refuse(verdict);
    return verdict.health !== 'unknown' && verdict.refusal === null;
  }

  async #inspect(): Promise<Verdict> {
    const answers: StatusAnswers = { printer: null, offlineCause: null, errorCause: null, paper: null };
    answers.printer = await this.#link.askStatus(1);
    if (answers.printer !== null) {
      if (asksForCauses(answers.printer)) {
        answers.offlineCause = await this.#link.askStatus(2);
        answers.errorCause = await this.#link.askStatus(3);
      }
      answers.paper = await this.#link.askStatus(4);
    }
    return judgeStatus(answers);
  }

  /** In pieces the printer can swallow: without flow control nothing else keeps its buffer from overflowing. */
  async #send(bytes: Uint8Array, deadline: number): Promise<void> {
    this.#link.resetFlow();
    for (let at = 0; at < bytes.length; at += CHUNK) {
      await this.#waitForFlow(deadline);
      const chunk = bytes.subarray(at, at + CHUNK);
      try {
        await this.#link.write(chunk);
      } catch (error) {
        if (at === 0 && error instanceof TransportError && error.code === 'closed') {
          throw new YichuangError('device-offline', { cause: error });
        }
        throw error;
      }
      if (this.#options.flowControl === 'none') await this.#environment.delay(this.#lineMs(chunk.length));
    }
  }

  /** An XOFF that comes as a byte was left to us by the port, as on a serial device server. */
  async #waitForFlow(deadline: number): Promise<void> {
    while (!this.#link.flowing && !this.#link.closed) {
      const left = deadline - this.#environment.now();
      if (left <= 0) {
        // The job ends here, so the question is not inside it any more.
        if (this.#options.status) await this.#failOnFault();
        throw new YichuangError('print-unconfirmed');
      }
      const go = this.#link.expect((reply) => (reply.kind === 'flow' && reply.go ? true : null));
      await Promise.race([go.arrived, this.#environment.delay(Math.min(left, POLL_MS))]);
      go.cancel();
    }
  }

  /** Eight data bits, start and stop. */
  #lineMs(bytes: number): number {
    return Math.ceil((bytes * 10 * 1000) / this.#options.baudRate);
  }

  #nextProcessId(): string {
    this.#processId = (this.#processId % LAST_PROCESS_ID) + 1;
    return String(this.#processId).padStart(4, '0');
  }
}

function refuse(verdict: Verdict): YichuangError {
  return new YichuangError(
    verdict.refusal ?? 'printer-error',
    verdict.message === null ? {} : { message: verdict.message },
  );
}
