import { YichuangError } from '../../contract/errors.ts';
import type { MethodParams, Staff } from '../../contract/rpc.ts';
import type { PrintJobRecord } from '../../domain/printJob/types.ts';
import type { ServiceContext } from '../context.ts';
import { findCase } from '../findCase.ts';
import { actOnCase } from '../office/actOnCase.ts';

/**
 * Somebody looked at the paper: it is good, and bears this serial. The fact is durable first; T29 follows when every
 * certificate of the case is known to be good, and may be asked for again by the same command.
 */
export async function confirmPrint(
  context: ServiceContext,
  staff: Staff,
  { commandId, job: id, serial }: MethodParams<'certificate.confirm'>,
): Promise<PrintJobRecord> {
  const { journal } = context;
  const job = expectOwnJob(context, id);
  if (job.state === 'CONFIRMED' && job.blank !== serial) throw new YichuangError('blank-mismatch');
  const confirmed = job.state === 'CONFIRMED' ? job : journal.confirm(job, serial, staff.number);
  const record = findCase(context, job.caseId).record;
  if (record.state === 'PRINTING' && areAllConfirmed(context, confirmed.caseId)) {
    const change = { kind: 'advance', advance: { transition: 'T29', data: {} } } as const;
    await actOnCase(context, staff, { commandId, caseId: record.id, baseVersion: record.version, change });
  }
  return confirmed;
}

/** T30 on the case, which the job follows: the sheet is void and the number free. */
export async function spoilPrint(
  context: ServiceContext,
  staff: Staff,
  { commandId, job: id, ...how }: MethodParams<'certificate.spoil'>,
): Promise<PrintJobRecord> {
  const { store, journal } = context;
  const job = expectOwnJob(context, id);
  if (job.state === 'SPOILED') return job;
  if (job.state === 'SENDING') throw new YichuangError('printer-printing');
  const { version, certificates } = findCase(context, job.caseId).record;
  if (certificates.some(({ blank }) => blank === job.blank)) {
    const change = { kind: 'advance', advance: { transition: 'T30', data: { blank: job.blank, ...how } } } as const;
    await actOnCase(context, staff, { commandId, caseId: job.caseId, baseVersion: version, change });
  }
  journal.follow([`case:${job.caseId}`]);
  return store.prints.find(id) ?? job;
}

/** @throws YichuangError `print-not-found`, or `print-elsewhere`: only where it was printed can anybody look at it */
export function expectOwnJob({ store }: ServiceContext, id: string): PrintJobRecord {
  const job = store.prints.find(id);
  if (!job) throw new YichuangError('print-not-found');
  if (!store.prints.isOwn(job)) throw new YichuangError('print-elsewhere');
  return job;
}

/** Every blank that the case holds went through a printer and was found good. */
function areAllConfirmed(context: ServiceContext, caseId: string): boolean {
  const jobs = context.store.prints.ofCase(caseId);
  return findCase(context, caseId).record.certificates.every(({ blank }) =>
    jobs.some((job) => job.blank === blank && job.state === 'CONFIRMED'),
  );
}
