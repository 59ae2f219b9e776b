import { YichuangError } from '../../contract/errors.ts';
import { acceptanceDraft } from '../../contract/ops.ts';
import type { Staff } from '../../contract/rpc.ts';
import { findAcceptanceProblems } from '../../domain/case/acceptanceRules.ts';
import type { Acceptance } from '../../domain/case/types.ts';
import type { ReturnedRecord } from '../../domain/returned/types.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { ServiceContext } from '../context.ts';
import { buildAcceptance, catalogueOfForm, expectVisit, normalise } from '../handlers/case.ts';
import { appendDoneAgain } from '../office/actOnCase.ts';

/**
 * An acceptance that the centre did not take, as a case of its own under a new number: what the applicant handed in is not
 * typed again. Case and decision are one transaction.
 * @returns the new case; its receipt is still to be printed
 * @throws YichuangError `forbidden`, `acceptance-incomplete` when it does not stand up to the rules of today: then by the form
 */
export function acceptAnew(
  context: ServiceContext,
  staff: Staff,
  { content }: ReturnedRecord,
  { commandId, settles }: { commandId: string; settles: { returned: string; note: string } },
): { caseId: string; number: string } {
  const { store } = context;
  if (!staff.roles.includes('WIN')) throw new YichuangError('forbidden');
  const before = content as unknown as Acceptance;
  const parsed = acceptanceDraft.safeParse(withoutGiven(context, before));
  if (!parsed.success) throw new YichuangError('acceptance-incomplete', { details: { problems: [] } });
  const catalogue = catalogueOfForm(context, before.catalogueVersion);
  const draft = normalise(catalogue, parsed.data);
  const day = hallDay(context.now());
  expectVisit(context, draft, staff.number);
  const problems = findAcceptanceProblems(draft, day, { catalogue, counter: context.config.terminal });
  if (problems.length > 0) throw new YichuangError('acceptance-incomplete', { details: { problems } });
  return store.ledger.transact(() => {
    const clerk = { id: staff.number, name: staff.name };
    const body = buildAcceptance(context, catalogue, draft, day, clerk);
    store.ledger.append({ kind: 'case.accepted', stream: `case:${commandId}`, actor: staff.number, body });
    appendDoneAgain(store, staff, settles);
    return { caseId: commandId, number: body.number };
  });
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
