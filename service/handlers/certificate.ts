import type { PrintJob } from '../../contract/rpc/certificate.ts';
import type { MethodOutput } from '../../contract/rpc.ts';
import type { PrintJobRecord } from '../../domain/printJob/types.ts';
import { confirmPrint, expectOwnJob, spoilPrint } from '../certificate/answering.ts';
import { expectCertificate, printCertificate } from '../certificate/printing.ts';
import { previewPage } from '../certificate/renderPage.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { findCase } from '../findCase.ts';
import { summarise } from '../summary.ts';

type CertificateMethod =
  | 'certificate.preview'
  | 'certificate.print'
  | 'certificate.confirm'
  | 'certificate.spoil'
  | 'certificate.drop'
  | 'certificate.jobs';

/** Certificates through the printer of this machine, and the questions that only a person can answer. */
export const certificateHandlers: Handlers<CertificateMethod> = {
  'certificate.preview': ({ context, params }) => {
    const record = findCase(context, params.caseId).record;
    return previewPage(context, record, expectCertificate(record, params.certificate));
  },

  'certificate.print': async ({ context, connection, params }) => {
    const { staff } = context.sessions.require(connection);
    return withCase(context, await printCertificate(context, staff, params));
  },

  'certificate.confirm': async ({ context, connection, params }) => {
    const { staff } = context.sessions.require(connection);
    return withCase(context, await confirmPrint(context, staff, params));
  },

  'certificate.spoil': async ({ context, connection, params }) => {
    const { staff } = context.sessions.require(connection);
    return withCase(context, await spoilPrint(context, staff, params));
  },

  'certificate.drop': ({ context, connection, params: { job } }) => {
    const { staff } = context.sessions.require(connection);
    return withCase(context, context.journal.drop(expectOwnJob(context, job), staff.number));
  },

  'certificate.jobs': ({ context, params: { caseId } }) => {
    const { store, devices } = context;
    const jobs =
      caseId === undefined ? [...store.prints.asking(), ...store.prints.ownConfirmed()] : store.prints.ofCase(caseId);
    return {
      jobs: jobs.map((job) => ({ ...describe(context, job), content: caseId === undefined ? null : job.content })),
      isByHand: caseId !== undefined && holdsBlankByHand(context, caseId),
      isPrinterHere: devices.has('certificatePrinter'),
      printers: store.prints.printers(),
    };
  },
};

function holdsBlankByHand({ store }: ServiceContext, caseId: string): boolean {
  const certificates = store.cases.find(caseId)?.record.certificates ?? [];
  return certificates.some(
    ({ blank }) =>
      blank !== null && store.blanks.linesOf(blank).findLast(({ kind }) => kind === 'blanks.bound')?.through === null,
  );
}

function withCase(context: ServiceContext, job: PrintJobRecord): MethodOutput<'certificate.print'> {
  const found = findCase(context, job.caseId);
  return { job: describe(context, job), record: found.record, summary: summarise(context, found) };
}

function describe({ store }: ServiceContext, job: PrintJobRecord): PrintJob {
  const { version: _version, device: _device, content: _content, spoiled: _spoiled, ...plain } = job;
  const caseNumber = store.cases.find(job.caseId)?.record.acceptance.number ?? null;
  return { ...plain, caseNumber, isHere: store.prints.isOwn(job) };
}
