import type { CaseSummary } from '../contract/rpc.ts';
import type { FoundCase } from '../db/cases.ts';
import { STATE_NAMES } from '../domain/case/states.ts';
import { findItem } from '../domain/catalogue/catalogue.ts';
import { maskIdNumber } from '../domain/identity/mask.ts';
import { timesOf } from './caseTimes.ts';
import type { ServiceContext } from './context.ts';

/** One line of a case list; identity numbers masked (domain.md §7.3). */
export function summarise(context: ServiceContext, { record, place }: FoundCase): CaseSummary {
  const { acceptance } = record;
  const holders = acceptance.parties.filter((party) => party.role === 'holder');
  const first = holders[0] ?? acceptance.parties[0];
  return {
    id: record.id,
    number: acceptance.number,
    itemCode: acceptance.itemCode,
    itemName:
      findItem(acceptance.itemCode, context.catalogueOf(acceptance.catalogueVersion))?.name ?? acceptance.itemCode,
    state: STATE_NAMES[record.state],
    stateCode: record.state,
    // Nobody applies for what a court orders: the row is about the court then.
    holder:
      holders.length > 1 ? `${first?.name} 等${holders.length}人` : (first?.name ?? acceptance.seal?.authority ?? ''),
    idMasked: first === undefined ? '' : first.kind === 'person' ? maskIdNumber(first.idNumber) : first.idNumber,
    location: acceptance.property.location,
    window: acceptance.window,
    clerk: acceptance.clerk.name,
    acceptedAt: record.acceptedAt,
    times: timesOf(context, record),
    place,
    printed: record.slips.length,
    certificates: record.certificates.map(({ number, blank }) => ({ number, blank })),
  };
}
