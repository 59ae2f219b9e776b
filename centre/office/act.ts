import type { OfficeAdvance, OfficeChange, OfficeRequest } from '../../contract/office.ts';
import type { Advance } from '../../domain/case/advance.ts';
import { isLinkedLoan } from '../../domain/case/lanes.ts';
import { findNoticeProblems } from '../../domain/case/materialRules.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import type { Published } from '../ingest.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { catalogueOf } from '../publish.ts';
import type { CentreStore, EnrolledDevice } from '../store/types.ts';
import { followAutomatically } from './automatic.ts';
import { bindBlanks } from './bindBlanks.ts';
import { giveCertificateNumbers, type RegisterPlace } from './certificateNumbers.ts';
import { takeOwnOp } from './ownOp.ts';
import { mayAct } from './permission.ts';

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
  { hall, terminal }: Pick<EnrolledDevice, 'hall' | 'terminal'>,
  request: OfficeRequest,
  now: number,
): Promise<ActVerdict> {
  return store.write<ActVerdict>([], (known) => {
    const ledger = new WorkingLedger(known);
    const stream = `case:${request.caseId}`;
    const code = tryAct({ ledger, self: store.self, place, hall, terminal, stream, now }, request);
    if (code !== null) return { decision: new WorkingLedger(known).decision(), value: { kind: 'refused', code } };
    const decision = ledger.decision();
    const { version, state } = recordOf(ledger, stream) ?? { version: 0, state: '' };
    return { decision, value: { kind: 'done', version, state, published: decision.scopes } };
  });
}

interface ActContext {
  ledger: WorkingLedger;
  self: CentreStore['self'];
  place: RegisterPlace;
  hall: string;
  terminal: string;
  stream: string;
  now: number;
}

function tryAct(
  { ledger, self, place, hall, terminal, stream, now }: ActContext,
  { commandId, actor, baseVersion, change }: OfficeRequest,
): string | null {
  const held = ledger.findEntity(stream);
  if (!held) return 'not-at-centre';
  if (held.hall !== hall || held.entity.type !== 'case') return 'case-not-found';
  if (ledger.hasOpId(commandId)) return null;
  if (!mayAct(ledger, hall, actor, change)) return 'forbidden';
  const early = findEarlyRefusal(ledger, held.entity.record, change);
  if (early !== null) return early;
  const own = { hall, stream, actor, opId: commandId, baseVersion };
  const refused =
    change.kind === 'lane'
      ? takeOwnOp(ledger, self, { ...own, kind: 'case.lane', body: change.change }, now)
      : takeOwnOp(
          ledger,
          self,
          { ...own, kind: 'case.advanced', body: complete(ledger, place, change.advance, now) },
          now,
        );
  if (refused !== null) return refused;
  if (change.kind === 'advance' && change.advance.transition === 'T28') {
    const where = { ledger, self, hall, terminal, actor, now };
    const problem = bindBlanks(where, held.entity.record, change.advance.data);
    if (problem !== null) return problem;
  }
  followAutomatically(ledger, self, [stream], now);
  return null;
}

/** Adds what only the centre may give. */
function complete(ledger: WorkingLedger, place: RegisterPlace, advance: OfficeAdvance, now: number): Advance {
  return advance.transition === 'T27' ? giveCertificateNumbers(ledger, place, advance.data.certificates, now) : advance;
}

/**
 * What stands elsewhere: a paper that is obtained by data sharing is asked of nobody (不动产登记暂行条例 §24), and a loan is paid out only when its mortgage is in the register (domain.md §2.9).
 */
function findEarlyRefusal(ledger: WorkingLedger, record: CaseRecord, change: OfficeChange): string | null {
  if (change.kind !== 'advance') return null;
  if (change.advance.transition === 'T15') {
    return findNoticeProblems(change.advance.data.missing, catalogueOf(ledger)).length > 0
      ? 'material-not-demandable'
      : null;
  }
  if (change.advance.transition !== 'T45') return null;
  if (!isLinkedLoan(record.acceptance.itemCode)) return null;
  const { linkedCaseId } = change.advance.data;
  const mortgage = linkedCaseId === undefined ? null : recordOf(ledger, `case:${linkedCaseId}`);
  return mortgage?.acceptance.link?.caseId === record.id && mortgage.bookedAt !== null ? null : 'linked-case-open';
}

function recordOf(ledger: WorkingLedger, stream: string): CaseRecord | null {
  const entity = ledger.findEntity(stream)?.entity;
  return entity?.type === 'case' ? entity.record : null;
}
