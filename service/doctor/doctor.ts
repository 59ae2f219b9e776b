import path from 'node:path';
import type { TerminalConfig } from '../../contract/config.ts';
import type { DeviceKey } from '../../contract/deviceProtocol.ts';
import type { DoctorRun } from '../../contract/doctor/run.ts';
import { YichuangError } from '../../contract/errors.ts';
import type { DeviceHost } from '../deviceHost.ts';
import { findSticks, writeReport } from './places.ts';
import { makeReport, type Report } from './report.ts';
import { ExaminationRun } from './run.ts';

export interface DoctorOptions {
  devices: DeviceHost;
  config: TerminalConfig;
  version: string;
  dataDir: string;
  now: () => number;
  onChange: (run: DoctorRun) => void;
}

const REPORT_FOLDER = 'doctor';

/** The device doctor of a terminal: one run at a time, and the report of the last. */
export class Doctor {
  readonly #options: DoctorOptions;
  #running: ExaminationRun | null = null;
  #last: DoctorRun | null = null;

  constructor(options: DoctorOptions) {
    this.#options = options;
  }

  /** @throws YichuangError `doctor-running`, `doctor-certificate` */
  async run(ask: boolean): Promise<DoctorRun> {
    const { devices, config, now, onChange } = this.#options;
    if (this.#running) throw new YichuangError('doctor-running');
    if (devices.isSendingCertificate) throw new YichuangError('doctor-certificate');
    const { agency, terminal } = config;
    const run = new ExaminationRun({
      devices,
      config: config.devices,
      agency,
      terminal: terminal.id,
      ask,
      now,
      onChange,
    });
    this.#running = run;
    try {
      this.#last = await run.run();
      return this.#last;
    } finally {
      this.#running = null;
    }
  }

  /** Null before the first. */
  get lastRun(): DoctorRun | null {
    return this.#last;
  }

  skip(device: DeviceKey): void {
    this.#running?.skip(device);
  }

  /** @throws YichuangError `doctor-not-run` */
  async report(): Promise<Report> {
    if (!this.#last) throw new YichuangError('doctor-not-run');
    const { config, version, devices } = this.#options;
    return makeReport({ run: this.#last, config, version, devices });
  }

  /** @throws YichuangError `doctor-not-run`, `doctor-not-saved` when no folder took it */
  async save(): Promise<{ folder: string; files: string[]; removable: boolean }> {
    const report = await this.report();
    const sticks = await findSticks();
    for (const folder of [...sticks, path.join(this.#options.dataDir, REPORT_FOLDER)]) {
      const files = await writeReport(folder, report).catch(() => null);
      if (files) return { folder, files, removable: sticks.includes(folder) };
    }
    throw new YichuangError('doctor-not-saved');
  }
}
