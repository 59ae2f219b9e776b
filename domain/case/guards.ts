import { hallDayOf } from '../time/hallTime.ts';
import type { Advance, AdvanceData, AdvanceId } from './advance.ts';
import type { GuardName } from './guardNames.ts';
import { areParallelLanesSettled } from './lanes.ts';
import type { CaseRecord } from './types.ts';

/** Why a listed transition is refused all the same. Each code has a sentence in contract/errors.ts. */
export type GuardCode =
  | 'two-person'
  | 'lanes-open'
  | 'task-taken'
  | 'fee-unpaid'
  | 'fee-settled'
  | 'no-output'
  | 'has-output'
  | 'blank-mismatch'
  | 'certificate-mismatch'
  | 'not-refused'
  | 'not-yet'
  | 'site-visit-impossible'
  | 'signatures-missing'
  | 'wrong-business';

export interface GuardInput<T extends AdvanceId = AdvanceId> {
  record: CaseRecord;
  data: AdvanceData[T];
  actor: string;
  /** ISO instant of the op. */
  at: string;
}

type Guard<T extends AdvanceId = AdvanceId> = (input: GuardInput<T>) => GuardCode | null;

const spoiledBlank: Guard<'T30' | 'T32'> = ({ record, data, actor }) => {
  if (data.witness === actor || data.witness === '') return 'two-person';
  return record.certificates.some((certificate) => certificate.blank === data.blank) ? null : 'blank-mismatch';
};

/** The conditions of domain.md §3.4, by the names the table uses. Pure: what they need is in the record or in the op. */
const guards = {
  'refusal-notice': ({ record }) => (record.refusal === null ? 'not-refused' : null),
  'deadline-passed': ({ record, at }) => {
    const deadline = record.supplements.at(-1)?.deadline;
    return deadline !== undefined && hallDayOf(at) > deadline ? null : 'not-yet';
  },
  'notice-over': ({ record, at }) => {
    const until = record.notices.at(-1)?.until;
    return until !== undefined && hallDayOf(at) > until ? null : 'not-yet';
  },
  'site-visit-possible': ({ record }) => (record.route?.siteVisit ? null : 'site-visit-impossible'),
  'lanes-settled': ({ record }) => (areParallelLanesSettled(record.lanes) ? null : 'lanes-open'),
  'approver-did-not-accept': ({ record, actor }) => (record.acceptance.clerk.id === actor ? 'two-person' : null),
  'fee-unpaid': ({ record }) => (owedFen(record) > 0 ? null : 'fee-settled'),
  'fee-paid': ({ record }) => (owedFen(record) > 0 ? 'fee-unpaid' : null),
  'registration-item': ({ record }) => (record.route?.business === 'registration' ? null : 'wrong-business'),
  'provident-fund-item': ({ record }) => (record.route?.business === 'provident-fund' ? null : 'wrong-business'),
  // Whether the mortgage is booked stands in another stream: the centre looks before it makes the op.
  'linked-case-booked': () => null,
  'certificates-complete': ({ record, data }) => {
    const { certificates } = data as AdvanceData['T27'];
    if (record.route?.output === 'none') return certificates.length === 0 ? null : 'certificate-mismatch';
    const numbers = new Set(certificates.map((certificate) => certificate.number));
    return certificates.length > 0 && numbers.size === certificates.length ? null : 'certificate-mismatch';
  },
  'has-output': ({ record }) => (record.certificates.length > 0 ? null : 'no-output'),
  'no-output': ({ record }) => (record.certificates.length === 0 ? null : 'has-output'),
  'blanks-for-all': ({ record, data }) => {
    const { blanks } = data as AdvanceData['T28'];
    const waiting = record.certificates.filter((certificate) => certificate.blank === null);
    const fits =
      blanks.length === waiting.length &&
      new Set(blanks.map((each) => each.blank)).size === blanks.length &&
      waiting.every((certificate) => blanks.some((each) => each.number === certificate.number));
    return fits ? null : 'blank-mismatch';
  },
  'blanks-bound': ({ record }) =>
    record.certificates.every((certificate) => certificate.blank !== null) ? null : 'blank-mismatch',
  'void-has-witness': spoiledBlank as Guard,
  'checker-did-not-print': ({ record, actor }) =>
    record.certificates.some((certificate) => certificate.printedBy === actor) ? 'two-person' : null,
  'all-applicants-signed': ({ record, data }) => {
    const { signed } = data as AdvanceData['T40'];
    const applicants = record.acceptance.parties.filter((party) => party.role !== 'agent');
    return applicants.every((party) => signed.includes(party.name)) ? null : 'signatures-missing';
  },
} as const satisfies Record<GuardName, Guard>;

/** @returns why the transition is refused, or null */
export function findGuardProblem(
  names: readonly GuardName[],
  record: CaseRecord,
  { data }: Advance,
  actor: string,
  at: string,
): GuardCode | null {
  for (const name of names) {
    const guard: Guard = guards[name];
    const code = guard({ record, data, actor, at });
    if (code !== null) return code;
  }
  return null;
}

/** What is still to be paid, integer fen; nothing while no fee is assessed. */
export function owedFen(record: Pick<CaseRecord, 'fee' | 'payments'>): number {
  const paid = record.payments.reduce((sum, entry) => sum + (entry.kind === 'paid' ? 1 : -1) * entry.amountFen, 0);
  return Math.max(0, (record.fee?.totalFen ?? 0) - paid);
}
