import { YichuangError } from '../../contract/errors.ts';
import type { MethodParams, Staff } from '../../contract/rpc.ts';
import type { CertificateRecord } from '../../domain/case/progress.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import type { PreparedPrint, PrintJobRecord } from '../../domain/printJob/types.ts';
import type { ServiceContext } from '../context.ts';
import { findCase } from '../findCase.ts';
import { actOnCase } from '../office/actOnCase.ts';
import { unlessSlow } from '../unlessSlow.ts';
import { renderPage } from './renderPage.ts';

/** Prints under way by their command: a double click is one print. */
const atPrinter = new Map<string, Promise<PrintJobRecord>>();

/** A printer with a full buffer takes minutes; whoever asked looks at the job itself then. */
const PATIENCE_MS = 20_000;

/**
 * One certificate onto the sheet in the printer. The same command again answers what became of it; a job that never sent
 * a byte is begun again.
 * @returns the job as SENT, or still SENDING after a while
 */
export function printCertificate(
  context: ServiceContext,
  staff: Staff,
  params: MethodParams<'certificate.print'>,
): Promise<PrintJobRecord> {
  const running = atPrinter.get(params.commandId);
  if (running) return running;
  const printing = print(context, staff, params).finally(() => atPrinter.delete(params.commandId));
  atPrinter.set(params.commandId, printing);
  return printing;
}

async function print(
  context: ServiceContext,
  staff: Staff,
  params: MethodParams<'certificate.print'>,
): Promise<PrintJobRecord> {
  const { store, devices, config, journal } = context;
  const done = store.prints.find(params.commandId);
  if (done && done.state !== 'PREPARED') return done;
  expectReady(devices);
  const before = findCase(context, params.caseId).record;
  const wanted = expectCertificate(before, params.certificate);
  // What cannot be set is known before anything is bound.
  const page = await renderPage(context, before, wanted);
  const certificate = await bind(context, staff, params);
  const { bytes, ...described } = page;
  const prepared: PreparedPrint = {
    ...described,
    caseId: params.caseId,
    terminal: config.terminal.id,
    certificate: certificate.number,
    blank: params.blank,
    form: certificate.kind,
    bytes: bytes.length,
  };
  const waiting = store.prints
    .ofBlank(params.blank)
    .find((job) => store.prints.isOwn(job) && job.state === 'PREPARED' && job.certificate === certificate.number);
  const id = waiting?.id ?? params.commandId;
  const printing = journal.print(id, prepared, bytes, staff.number);
  // What becomes of one that goes on stands in the journal.
  return (await unlessSlow(printing, PATIENCE_MS)) ?? store.prints.find(id) ?? printing;
}

/** What a printer says of itself before anything is bound; most say nothing, and are tried. */
function expectReady(devices: ServiceContext['devices']): void {
  const status = devices.status().find(({ device }) => device === 'certificatePrinter');
  if (!status) throw new YichuangError('device-not-configured');
  if (status.health === 'starting' || status.health === 'offline') throw new YichuangError('device-offline');
  if (status.health === 'fault') {
    throw new YichuangError('certificate-not-started', status.message === null ? {} : { message: status.message });
  }
}

/** The blank is this case's, for this certificate, by T28; taken now when it is not yet. */
async function bind(
  context: ServiceContext,
  staff: Staff,
  { commandId, caseId, baseVersion, certificate: number, blank }: MethodParams<'certificate.print'>,
): Promise<CertificateRecord> {
  const bound = expectCertificate(findCase(context, caseId).record, number);
  if (bound.blank !== null) {
    expectBound(context, bound, blank);
    return bound;
  }
  const blanks = chooseBlanks(context, findCase(context, caseId).record, number, blank);
  const advance = { transition: 'T28', data: { blanks, through: 'printer' } } as const;
  await actOnCase(context, staff, { commandId, caseId, baseVersion, change: { kind: 'advance', advance } });
  const now = expectCertificate(findCase(context, caseId).record, number);
  // Acted at the centre, and the pull that brings it failed: it is here with the next one, and the command goes on then.
  if (now.blank !== blank) throw new YichuangError('deadline');
  return now;
}

/** Bound before this call: by a print whose answer was lost, or together with another certificate of the case. */
function expectBound({ store, config }: ServiceContext, certificate: CertificateRecord, blank: string): void {
  if (certificate.blank !== blank) throw new YichuangError('blank-mismatch');
  if (certificate.printedAt !== null) throw new YichuangError('blank-used');
  const custody = store.blanks.find(blank);
  if (custody?.window !== config.terminal.id) throw new YichuangError('blank-other-window');
  const line = store.blanks.linesOf(blank).findLast(({ kind }) => kind === 'blanks.bound');
  if (line?.through !== 'printer') throw new YichuangError('print-by-hand');
  // The journal of that time is gone: whether this sheet was fed, nobody knows.
  const wentBackAt = store.prints.wentBackAt();
  if (wentBackAt !== null && line.at <= wentBackAt) throw new YichuangError('print-before-restore');
}

/** T28 takes one blank for every certificate that waits: this sheet, and behind it the next of the drawer in order. */
function chooseBlanks(
  { store, config }: ServiceContext,
  { certificates }: CaseRecord,
  number: string,
  blank: string,
): { number: string; blank: string }[] {
  const window = config.terminal.id;
  const waiting = certificates.filter((each) => each.blank === null);
  const first = waiting.find((each) => each.number === number);
  if (!first) throw new YichuangError('certificate-mismatch');
  const problem = store.blanks.problemOf(blank, { window, form: first.kind });
  if (problem !== null) throw new YichuangError(problem);
  const drawers = {
    certificate: store.blanks.inDrawer(window, 'certificate', waiting.length),
    proof: store.blanks.inDrawer(window, 'proof', waiting.length),
  };
  if (drawers[first.kind][0] !== blank) {
    throw new YichuangError('blank-not-next', { details: { expected: drawers[first.kind][0] ?? null } });
  }
  return [first, ...waiting.filter((each) => each !== first)].map((each) => {
    const next = drawers[each.kind].shift();
    if (next === undefined) throw new YichuangError('blank-not-assigned');
    return { number: each.number, blank: next };
  });
}

export function expectCertificate({ certificates }: CaseRecord, number: string): CertificateRecord {
  const found = certificates.find((each) => each.number === number);
  if (!found) throw new YichuangError('certificate-mismatch');
  return found;
}
