import { YichuangError } from '../../contract/errors.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import { buildAcceptanceSlip } from '../../domain/slip/acceptanceSlip.ts';
import type { SlipDocument } from '../../domain/slip/document.ts';
import { hallMinute } from '../../domain/time/hallTime.ts';
import type { Handlers, ServiceContext } from '../context.ts';

const PRINT_DEADLINE_MS = 55_000;

export const slipHandlers: Handlers<'slips.preview' | 'slips.print'> = {
  'slips.preview': ({ context, params }) => {
    const record = findRecord(context, params.caseId);
    // What lies on the counter, or will after the first print; only a print itself is marked 重打.
    return build(context, record, Math.max(1, record.slips.length));
  },
  /** Slips are at-least-once: the second print says 重打, and a print that nobody confirmed is not recorded as one. */
  'slips.print': async ({ context, connection, params }) => {
    const { staff } = context.sessions.require(connection);
    if (!context.devices.has('ticketPrinter')) throw new YichuangError('device-not-configured');
    const record = findRecord(context, params.caseId);
    const print = record.slips.length + 1;
    const document = build(context, record, print);
    const { confirmation, unprintable } = await context.devices.call('printer.print', { document }, PRINT_DEADLINE_MS);
    const stream = `case:${record.id}`;
    context.store.ledger.append({
      kind: 'slip.printed',
      stream,
      actor: staff.number,
      body: { slip: params.slip, print, confirmation },
    });
    context.committed([stream]);
    return { print, confirmation, unprintable };
  },
};

function findRecord(context: ServiceContext, key: string): CaseRecord {
  const found = context.store.cases.find(key);
  if (!found) throw new YichuangError('case-not-found');
  return found.record;
}

function build(context: ServiceContext, record: CaseRecord, print: number): SlipDocument {
  return buildAcceptanceSlip(record, {
    agency: context.config.agency,
    print,
    acceptedAt: hallMinute(Date.parse(record.acceptedAt)),
  });
}
