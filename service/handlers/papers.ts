import { YichuangError } from '../../contract/errors.ts';
import type { PaperTarget } from '../../contract/rpc/papers.ts';
import type { MethodName, MethodOutput } from '../../contract/rpc.ts';
import type { PaperDocument } from '../../domain/papers/document.ts';
import { type CasePaperKind, countPrints, isOwed, mayHandle } from '../../domain/papers/ofCase/kinds.ts';
import { papersOf } from '../../domain/papers/ofCase/papersOf.ts';
import { PAPERS } from '../../domain/papers/papers.ts';
import type { Call, Handlers, ServiceContext } from '../context.ts';
import { findCase } from '../findCase.ts';
import { appointmentsPaper, blanksPaper, casePaper, factsOf } from '../papers/paperOf.ts';
import { renderPdf, renderSvg } from '../papers/render.ts';
import { printOnce } from '../printing.ts';

type PapersMethod = Extract<MethodName, `papers.${string}`>;
type Ask = Pick<Call<'papers.preview'>, 'context' | 'connection'>;

/** A4 papers. A print is recorded after the spooler, or somebody who looked, says that it is out. */
export const paperHandlers: Handlers<PapersMethod> = {
  'papers.list': (call) => {
    const { context, params } = call;
    const record = findCase(context, params.caseId).record;
    const { roles } = staffOf(call);
    return {
      rows: papersOf(record, factsOf(context, record, 1))
        .filter((paper) => mayHandle(paper, roles))
        .map((paper) => ({
          paper,
          code: PAPERS[paper].code,
          title: PAPERS[paper].title,
          copies: PAPERS[paper].copies,
          prints: countPrints(record, paper),
          printedAt: record.slips.findLast(({ slip }) => slip === paper)?.at ?? null,
          owed: isOwed(record, paper),
        })),
    };
  },

  'papers.preview': async (call) => {
    const { prints, copies, make } = open(call, call.params.target);
    // What lies on the desk, or will after the first print; only a print itself is marked 重打.
    const document = make(Math.max(1, prints));
    return { title: document.title, copies, prints, pages: await renderSvg(document) };
  },

  'papers.pdf': async (call) => {
    const { target } = call.params;
    const { prints, name, make } = open(call, target);
    const print = prints + 1;
    const document = make(print);
    const pdf = await renderPdf(document);
    return { print, name: `${document.title} ${name}.pdf`, pdf: pdf.toString('base64') };
  },

  'papers.print': (call) => {
    const { context, params } = call;
    const { target } = params;
    const { number } = staffOf(call);
    if (!context.officePrinter) throw new YichuangError('paper-printer-missing');
    if (target.of !== 'case') {
      const { copies, make } = open(call, target);
      return send(context, make(1), copies, 1);
    }
    return printOnce('office', `${target.paper} ${target.caseId}`, async () => {
      const { prints, copies, make } = open(call, target);
      const sent = await send(context, make(prints + 1), copies, prints + 1);
      note(context, number, target, sent.print);
      return sent;
    });
  },

  'papers.printed': (call) => {
    const { context, params } = call;
    const { number } = staffOf(call);
    refuseOtherDesks(call, params.paper);
    const record = findCase(context, params.caseId).record;
    if (params.print !== countPrints(record, params.paper) + 1) throw new YichuangError('paper-print-stale');
    // Only what the case can have now can have come out.
    casePaper(context, record, { of: 'case', ...params }, params.print);
    note(context, number, params, params.print);
    return {};
  },
};

interface Opened {
  /** How often it came out. */
  prints: number;
  copies: number;
  /** Of the file. */
  name: string;
  /** @throws YichuangError `no-such-slip` */
  make(print: number): PaperDocument;
}

/** @throws YichuangError `forbidden` for a paper of another desk, `case-not-found` */
function open(call: Ask, target: PaperTarget): Opened {
  const { context } = call;
  if (target.of === 'blanks') {
    refuseOtherDesks(call, 'blank-register');
    return {
      prints: 0,
      copies: PAPERS['blank-register'].copies,
      name: target.day,
      make: () => blanksPaper(context, target),
    };
  }
  if (target.of === 'appointments') {
    if (!staffOf(call).roles.includes('SUP')) throw new YichuangError('forbidden');
    return {
      prints: 0,
      copies: PAPERS['appointment-list'].copies,
      name: target.day,
      make: () => appointmentsPaper(context, target.day),
    };
  }
  refuseOtherDesks(call, target.paper);
  const record = findCase(context, target.caseId).record;
  return {
    prints: countPrints(record, target.paper),
    copies: PAPERS[target.paper].copies,
    name: record.acceptance.number,
    make: (print) => casePaper(context, record, target, print),
  };
}

async function send(
  context: ServiceContext,
  document: PaperDocument,
  copies: number,
  print: number,
): Promise<MethodOutput<'papers.print'>> {
  const { officePrinter, config } = context;
  const { printer } = config.papers;
  const pages = await renderSvg(document);
  // The receipt has the notice on personal information on its back (domain.md §7.1).
  const job = { title: document.title, pages, copies, duplex: document.kind === 'acceptance' };
  await officePrinter?.({ ...job, ...(printer !== undefined && { printer }) });
  return { print, confirmation: 'sent' };
}

function note(
  context: ServiceContext,
  actor: string,
  { caseId, paper }: { caseId: string; paper: CasePaperKind },
  print: number,
): void {
  const body = { caseId, slip: paper, print, confirmation: 'sent' as const };
  context.store.ledger.append({ kind: 'slip.printed', stream: `slip:${context.newId()}`, actor, body });
  context.committed([`case:${caseId}`]);
}

function staffOf({ context, connection }: Ask) {
  return context.sessions.require(connection).staff;
}

function refuseOtherDesks(call: Ask, paper: CasePaperKind): void {
  if (!mayHandle(paper, staffOf(call).roles)) throw new YichuangError('forbidden');
}
