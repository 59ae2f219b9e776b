import type { OfficeAdvance, OfficeChange, OfficeRequest } from '../../contract/office.ts';
import type { Advance } from '../../domain/case/advance.ts';
import { isLinkedLoan } from '../../domain/case/lanes.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import type { Published } from '../ingest.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import type { CentreStore, EnrolledDevice } from '../store/types.ts';
import { findActProblem, findBookedMortgage } from './actChecks.ts';
import { followAutomatically } from './automatic.ts';
import { bindBlanks } from './bindBlanks.ts';
import { giveCertificateNumbers, type RegisterPlace } from './certificateNumbers.ts';
import { type OwnOp, takeOwnOp } from './ownOp.ts';
import { mayAct } from './permission.ts';
import { settleReturned } from './settleReturned.ts';

export type ActVerdict =
  | { kind: 'done'; version: number; state: string; published: readonly Published[] }
  | { kind: 'refused'; code: string };

/**
 * Decides one act under the write lock: who may, on which version, by the table. The op and everything that follows by
 * itself are one transaction. The same command again answers how the case stands now.
 * @param device the terminal that asks
 * @param now milliseconds since 1970, UTC
 * @throws StoreBusyError when it should be tried again later
 */
export async function act(
  { store, place }: { store: CentreStore; place: RegisterPlace },
  { id: device, hall, terminal }: Pick<EnrolledDevice, 'id' | 'hall' | 'terminal'>,
  request: OfficeRequest,
  now: number,
): Promise<ActVerdict> {
  return store.write<ActVerdict>([], (known) => {
    const ledger = new WorkingLedger(known);
    const stream = `case:${request.caseId}`;
    const { self, dataEpoch } = store;
    const code = tryAct({ ledger, self, dataEpoch, place, device, hall, terminal, stream, now }, request);
    if (code !== null) return { decision: new WorkingLedger(known).decision(), value: { kind: 'refused', code } };
    const decision = ledger.decision();
    const { version, state } = recordOf(ledger, stream) ?? { version: 0, state: '' };
    return { decision, value: { kind: 'done', version, state, published: decision.scopes } };
  });
}

interface ActContext {
  ledger: WorkingLedger;
  self: CentreStore['self'];
  dataEpoch: number;
  place: RegisterPlace;
  device: string;
  hall: string;
  terminal: string;
  stream: string;
  now: number;
}

function tryAct(context: ActContext, request: OfficeRequest): string | null {
  const { commandId, actor, baseVersion, change, settles } = request;
  const { ledger, self, hall, terminal, stream, now } = context;
  const held = ledger.findEntity(stream);
  if (!held) return 'not-at-centre';
  if (held.hall !== hall || held.entity.type !== 'case') return 'case-not-found';
  if (ledger.hasOpId(commandId)) return null;
  if (!mayAct(ledger, hall, actor, change)) return 'forbidden';
  const { record } = held.entity;
  // Made on steps that were lost when older data were put back here, and decided on nothing else: whoever asks looks at them.
  if (baseVersion > record.version && !ledger.isParked(stream)) return 'ahead-of-centre';
  const problem = findActProblem(ledger, hall, record, change);
  if (problem !== null) return problem;
  const refused = takeStep(context, record, change, { hall, stream, actor, opId: commandId, baseVersion });
  if (refused !== null) return refused;
  const unsettled = settles ? settleReturned({ ...context, actor }, record.id, settles) : null;
  if (unsettled !== null) return unsettled;
  if (change.kind === 'advance' && change.advance.transition === 'T28') {
    const where = { ledger, self, hall, terminal, actor, now };
    const unbound = bindBlanks(where, record, change.advance.data);
    if (unbound !== null) return unbound;
  }
  followAutomatically(ledger, self, [stream], now);
  return null;
}

/** The op of the act, in the centre's own chain. @returns why it is refused, or null */
function takeStep(
  context: ActContext,
  record: CaseRecord,
  change: OfficeChange,
  own: Omit<OwnOp<'case.lane'>, 'kind' | 'body'>,
): string | null {
  const { ledger, self, now } = context;
  switch (change.kind) {
    case 'lane':
      return takeOwnOp(ledger, self, { ...own, kind: 'case.lane', body: change.change }, now);
    case 'take':
      return takeOwnOp(ledger, self, { ...own, kind: 'case.taken', body: change.take }, now);
    case 'advance':
      return takeOwnOp(
        ledger,
        self,
        { ...own, kind: 'case.advanced', body: complete(context, record, change.advance) },
        now,
      );
  }
}

/** Adds what only the centre may give: certificate numbers, and which registration a loan was paid out on. */
function complete(
  { ledger, place, dataEpoch, now }: ActContext,
  { id, acceptance }: CaseRecord,
  advance: OfficeAdvance,
): Advance {
  if (advance.transition === 'T27')
    return giveCertificateNumbers(ledger, place, advance.data.certificates, dataEpoch, now);
  if (advance.transition !== 'T45' || !isLinkedLoan(acceptance.itemCode)) return advance;
  const linkedCaseId = findBookedMortgage(ledger, id) ?? undefined;
  return { transition: 'T45', data: { ...advance.data, linkedCaseId } };
}

function recordOf(ledger: WorkingLedger, stream: string): CaseRecord | null {
  const entity = ledger.findEntity(stream)?.entity;
  return entity?.type === 'case' ? entity.record : null;
}
