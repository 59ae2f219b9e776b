import { YichuangError } from '../../contract/errors.ts';
import { acceptanceDraft } from '../../contract/ops.ts';
import type { Staff } from '../../contract/rpc.ts';
import { findAcceptanceProblems } from '../../domain/case/acceptanceRules.ts';
import type { Acceptance } from '../../domain/case/types.ts';
import { returnedAs } from '../../domain/returned/reduceReturned.ts';
import type { ReturnedRecord } from '../../domain/returned/types.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { ServiceContext } from '../context.ts';
import { buildAcceptance, catalogueOfForm, expectVisit, normalise } from '../handlers/case.ts';
import { appendDoneAgain } from '../office/actOnCase.ts';

/**
 * An acceptance that the centre did not take, as a case of its own under a new number: what the applicant handed in is not
 * typed again, and its pages are not scanned again. Case, pages and decision are one transaction.
 * @throws YichuangError `forbidden`, `acceptance-incomplete` when it does not stand up to the rules of today: then by the form
 */
export function acceptAnew(
  context: ServiceContext,
  staff: Staff,
  record: ReturnedRecord,
  { commandId, settles }: { commandId: string; settles: { returned: string; note: string } },
): void {
  const { store } = context;
  if (!staff.roles.includes('WIN')) throw new YichuangError('forbidden');
  const former = record.caseId;
  const before = returnedAs(record, 'case.accepted');
  if (!before) throw new Error('no acceptance');
  const parsed = acceptanceDraft.safeParse(withoutGiven(context, before));
  if (!parsed.success) throw new YichuangError('acceptance-incomplete', { details: { problems: [] } });
  const catalogue = catalogueOfForm(context, before.catalogueVersion);
  const draft = normalise(catalogue, parsed.data);
  const day = hallDay(context.now());
  expectVisit(context, draft, staff.number);
  const problems = findAcceptanceProblems(draft, day, { catalogue, counter: context.config.terminal });
  if (problems.length > 0) throw new YichuangError('acceptance-incomplete', { details: { problems } });
  store.ledger.transact(() => {
    const clerk = { id: staff.number, name: staff.name };
    const body = buildAcceptance(context, catalogue, draft, day, clerk);
    store.ledger.append({ kind: 'case.accepted', stream: `case:${commandId}`, actor: staff.number, body });
    if (former !== undefined) carryPages(context, staff, former, commandId);
    appendDoneAgain(store, staff, settles);
  });
}

/**
 * The scanned pages of the case that was not taken belong to the new one too: an image is named by its content, so none is
 * scanned or sent again. One that nobody has any more stays behind.
 */
function carryPages({ store, newId }: ServiceContext, { number: actor }: Staff, from: string, to: string): void {
  for (const { record } of store.scans.of(from)) {
    if (!store.scans.isKept(record)) continue;
    const { material, page, blob, source } = record;
    const body = { caseId: to, material, page, blob, source };
    store.ledger.append({ kind: 'scan.attached', stream: `scan:${newId()}`, actor, body });
  }
}

/** What the service gave it is given anew. A ticket of a day that is over is nobody's any more. */
function withoutGiven({ hall }: ServiceContext, acceptance: Acceptance) {
  const {
    number,
    catalogueVersion,
    path,
    source,
    window,
    hall: place,
    clerk,
    greenChannel,
    ticket,
    ...draft
  } = acceptance;
  const isOfToday = ticket !== undefined && hall.ticket(ticket.id)?.number === ticket.number;
  return { ...draft, ...(isOfToday && { ticket }) };
}
