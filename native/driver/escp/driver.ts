import type { EscpConfig } from '../../../contract/config/devices.ts';
import type { Transport } from '../../transport/types.ts';
import { JobSender } from '../certificate/jobSender.ts';
import type { CertificateJob, CertificatePrinter, PrinterMemory } from '../certificate/types.ts';
import type { DriverEnvironment, HealthReport } from '../types.ts';
import { resynchronise } from './page.ts';

/** A certificate printer that speaks ESC/P and says nothing (devices.md §3.4): what came out, a person has to look at. */
export class EscpDriver implements CertificatePrinter {
  static readonly driverName = 'escp';
  readonly #sender: JobSender;
  readonly #memory: PrinterMemory;

  static create(
    transport: Transport,
    options: EscpConfig,
    environment: DriverEnvironment,
    memory: PrinterMemory,
  ): EscpDriver {
    return new EscpDriver(transport, options, environment, memory);
  }

  constructor(transport: Transport, options: EscpConfig, environment: DriverEnvironment, memory: PrinterMemory) {
    this.#sender = new JobSender(transport, options, environment);
    this.#memory = memory;
    transport.onData((bytes) => this.#sender.receive(bytes));
  }

  /** After a broken job its sheet is put out; otherwise nothing is sent, because paper may lie in the feeder. */
  async initialise(): Promise<void> {
    if (this.#memory.lastJob !== 'broken') return;
    await this.#sender.write(resynchronise(true));
    this.#memory.lastJob = 'ended';
  }

  async heartbeat(): Promise<HealthReport> {
    return this.#sender.health();
  }

  async send(job: CertificateJob): Promise<void> {
    // What a job before this process left in the printer is not known.
    const lead = this.#memory.lastJob === 'ended' ? new Uint8Array() : resynchronise(false);
    await this.#sender.send(
      {
        ...job,
        onStart: () => {
          this.#memory.lastJob = 'broken';
          job.onStart();
        },
      },
      lead,
    );
    this.#memory.lastJob = 'ended';
  }

  dispose(): void {
    this.#sender.close();
  }
}
