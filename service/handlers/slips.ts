import { YichuangError } from '../../contract/errors.ts';
import type { MethodOutput } from '../../contract/rpc.ts';
import type { CaseFile } from '../../domain/case/types.ts';
import { buildAcceptanceSlip } from '../../domain/slip/acceptanceSlip.ts';
import type { SlipDocument } from '../../domain/slip/document.ts';
import { promisedTime } from '../../domain/slip/promisedTime.ts';
import { hallMinute } from '../../domain/time/hallTime.ts';
import { clockOf } from '../caseTimes.ts';
import type { Handlers, ServiceContext } from '../context.ts';

const PRINT_DEADLINE_MS = 55_000;

export const slipHandlers: Handlers<'slips.preview' | 'slips.print'> = {
  'slips.preview': ({ context, params }) => {
    const record = findRecord(context, params.caseId);
    // What lies on the counter, or will after the first print; only a print itself is marked 重打.
    return build(context, record, Math.max(1, record.slips.length));
  },
  /**
   * Slips are at-least-once: the second print says 重打, and a print that nobody confirmed is not recorded as one. While a
   * slip is at the printer, asking for it again is the same print.
   */
  'slips.print': ({ context, connection, params }) => {
    const { staff } = context.sessions.require(connection);
    if (!context.devices.has('ticketPrinter')) throw new YichuangError('device-not-configured');
    const record = findRecord(context, params.caseId);
    const running = atPrinter.get(record.id);
    if (running) return running;
    const printing = print(context, record, staff.number).finally(() => atPrinter.delete(record.id));
    atPrinter.set(record.id, printing);
    return printing;
  },
};

/** Prints under way, by case: a double click is one print. */
const atPrinter = new Map<string, Promise<MethodOutput<'slips.print'>>>();

async function print(context: ServiceContext, record: CaseFile, actor: string): Promise<MethodOutput<'slips.print'>> {
  const number = record.slips.length + 1;
  const document = build(context, record, number);
  const { confirmation, unprintable } = await context.devices.call('printer.print', { document }, PRINT_DEADLINE_MS);
  const body = { caseId: record.id, slip: 'acceptance', print: number, confirmation } as const;
  context.store.ledger.append({ kind: 'slip.printed', stream: `slip:${context.newId()}`, actor, body });
  context.committed([`case:${record.id}`]);
  return { print: number, confirmation, unprintable };
}

function findRecord(context: ServiceContext, key: string): CaseFile {
  const found = context.store.cases.find(key);
  if (!found) throw new YichuangError('case-not-found');
  return found.record;
}

function build(context: ServiceContext, record: CaseFile, number: number): SlipDocument {
  const clock = clockOf(context, record);
  return buildAcceptanceSlip(record, {
    agency: context.config.agency,
    print: number,
    acceptedAt: hallMinute(Date.parse(record.acceptedAt)),
    promisedBy: clock && promisedTime(clock),
    catalogue: context.catalogueOf(record.acceptance.catalogueVersion),
  });
}
