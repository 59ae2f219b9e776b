import type { CertificatePrinterConfig, EscpConfig, Pr2Config } from '../../contract/config/devices.ts';
import type { DeviceInput, DeviceOutput } from '../../contract/deviceProtocol.ts';
import { CERTIFICATE_DEADLINE_MS } from '../../contract/deviceProtocol.ts';
import { YichuangError } from '../../contract/errors.ts';
import type { CertificatePrinter, PrinterMemory } from '../driver/certificate/types.ts';
import type { DriverClass } from '../driver/types.ts';
import type { Running, Workshop } from './types.ts';

export interface RunningCertificatePrinter extends Running<CertificatePrinter> {
  send(input: DeviceInput<'certificate.send'>): Promise<DeviceOutput<'certificate.send'>>;
}

/** A job is written within its time or given up: the caller hears of it before its own deadline. */
const JOB_MS = CERTIFICATE_DEADLINE_MS - 10_000;

/** A certificate printer: prints a job at most once, and says of a failure whether the paper may be marked. */
export async function startCertificatePrinter(
  key: string,
  config: CertificatePrinterConfig,
  workshop: Workshop,
): Promise<RunningCertificatePrinter> {
  const running = await supervise(key, config, workshop);
  const begun = new Set<string>();
  return { ...running, send };

  async function send({ jobId, bytes: encoded }: DeviceInput<'certificate.send'>) {
    if (begun.has(jobId))
      throw new YichuangError('certificate-interrupted', { details: { jobId, reason: 'repeated' } });
    const bytes = Buffer.from(encoded, 'base64');
    const { now } = workshop.environment;
    const askedAt = now();
    let firstByteMs = -1;
    let reported = '';
    const report = (phase: 'waiting' | 'sending' | 'sent', sent: number): void => {
      const shown = `${phase} ${Math.floor((100 * sent) / bytes.length)}`;
      if (shown === reported) return;
      reported = shown;
      workshop.emit('certificate.progress', { jobId, phase, sent, total: bytes.length });
    };
    const onStart = (): void => {
      begun.add(jobId);
      firstByteMs = now() - askedAt;
    };
    try {
      await running.supervisor.run((printer) => printer.send({ bytes, onStart, onProgress: report }), JOB_MS);
    } catch (error) {
      // Only what happened before the operating system was handed a byte is known to have left the paper clean.
      const code = begun.has(jobId) ? 'certificate-interrupted' : 'certificate-not-started';
      const reason = error instanceof YichuangError ? error.code : 'internal';
      throw new YichuangError(code, { details: { jobId, reason }, cause: error });
    }
    report('sent', bytes.length);
    return { jobId, bytes: bytes.length, firstByteMs, ms: now() - askedAt };
  }
}

/** A driver is loaded only where there is a printer of its language. */
async function supervise(
  key: string,
  config: CertificatePrinterConfig,
  workshop: Workshop,
): Promise<Running<CertificatePrinter>> {
  if (config.driver === 'pr2') {
    const { Pr2Driver } = await import('../driver/pr2/driver.ts');
    return workshop.supervise<CertificatePrinter, Pr2Config>(key, Pr2Driver, config);
  }
  const { EscpDriver } = await import('../driver/escp/driver.ts');
  const memory: PrinterMemory = { lastJob: 'unknown' };
  const driver: DriverClass<CertificatePrinter, EscpConfig> = {
    driverName: EscpDriver.driverName,
    create: (transport, options, environment) => EscpDriver.create(transport, options, environment, memory),
  };
  return workshop.supervise(key, driver, config);
}
