import type { PrintJob } from '../../../contract/rpc/certificate.ts';
import type { CertificateRecord } from '../../../domain/case/progress.ts';
import type { CaseFile } from '../../../domain/case/types.ts';
import type { Prints } from '../officeStore.ts';

/** Where a case stands at the printer: one certificate after the other. */
export interface AtPrinter {
  /** The certificate in turn; null when every one is printed and found good. */
  certificate: CertificateRecord | null;
  /** Its job, when it has one that is not over. */
  job: PrintJob | null;
  confirmed: PrintJob[];
}

export function atPrinter(record: CaseFile, prints: Prints): AtPrinter {
  const confirmed = prints.jobs.filter(
    (job) => job.state === 'CONFIRMED' && record.certificates.some((each) => each.blank === job.blank),
  );
  const waiting = record.certificates.filter(({ blank }) => !confirmed.some((job) => job.blank === blank));
  const open = prints.jobs.filter(({ state }) => !['CONFIRMED', 'SPOILED', 'DROPPED'].includes(state));
  const jobOf = ({ number }: CertificateRecord) => open.find((job) => job.certificate === number) ?? null;
  // What asks for an answer comes first.
  const certificate = waiting.find((each) => jobOf(each) !== null) ?? waiting[0] ?? null;
  return { certificate, job: certificate && jobOf(certificate), confirmed };
}

/** The sheet somebody is asked about, or that is to be given up before it was printed. */
export function askedJob(record: CaseFile, prints: Prints | null): PrintJob | null {
  return prints === null ? null : atPrinter(record, prints).job;
}
