import { YichuangError } from '../../contract/errors.ts';
import type { MethodOutput } from '../../contract/rpc.ts';
import type { CaseFile } from '../../domain/case/types.ts';
import type { SlipDocument } from '../../domain/slip/document.ts';
import { promisedTime } from '../../domain/slip/promisedTime.ts';
import { buildTicketSlip, type TicketSlip } from '../../domain/slip/ticketSlips.ts';
import { hallMinute } from '../../domain/time/hallTime.ts';
import { promiseMade } from '../caseTimes.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { findCase } from '../findCase.ts';
import { printOnce } from '../printing.ts';

const PRINT_DEADLINE_MS = 55_000;

export const slipHandlers: Handlers<'slips.preview' | 'slips.print'> = {
  'slips.preview': ({ context, params: { caseId, slip } }) => {
    const record = findCase(context, caseId).record;
    // What lies on the counter, or will after the first print; only a print itself is marked 重打.
    return build(context, record, slip, Math.max(1, countPrints(record, slip)));
  },
  /**
   * Slips are at-least-once: the second print says 重打, and a print that nobody confirmed is not recorded as one. While a
   * slip is at the printer, asking for it again is the same print.
   */
  'slips.print': ({ context, connection, params: { caseId, slip } }) => {
    const { staff } = context.sessions.require(connection);
    if (!context.devices.has('ticketPrinter')) throw new YichuangError('device-not-configured');
    const { id } = findCase(context, caseId).record;
    return printOnce('ticket', `${slip} ${id}`, () => print(context, findCase(context, id).record, slip, staff.number));
  },
};

async function print(
  context: ServiceContext,
  record: CaseFile,
  slip: TicketSlip,
  actor: string,
): Promise<MethodOutput<'slips.print'>> {
  const number = countPrints(record, slip) + 1;
  const document = build(context, record, slip, number);
  const { confirmation, unprintable } = await context.devices.call('printer.print', { document }, PRINT_DEADLINE_MS);
  const body = { caseId: record.id, slip, print: number, confirmation };
  context.store.ledger.append({ kind: 'slip.printed', stream: `slip:${context.newId()}`, actor, body });
  context.committed([`case:${record.id}`]);
  return { print: number, confirmation, unprintable };
}

/** Each kind of slip has a count of its own. */
function countPrints({ slips }: CaseFile, slip: TicketSlip): number {
  return slips.filter((each) => each.slip === slip).length;
}

/** @throws YichuangError `no-such-slip` while the case has nothing to say on such a slip */
function build(context: ServiceContext, record: CaseFile, slip: TicketSlip, number: number): SlipDocument {
  const promise = promiseMade(context, record);
  const document = buildTicketSlip(slip, record, {
    agency: context.config.agency,
    print: number,
    at: hallMinute(context.now()),
    acceptedAt: hallMinute(Date.parse(record.acceptedAt)),
    catalogue: context.catalogueOf(record.acceptance.catalogueVersion),
    promisedBy: promise && promisedTime(promise),
  });
  if (!document) throw new YichuangError('no-such-slip');
  return document;
}
