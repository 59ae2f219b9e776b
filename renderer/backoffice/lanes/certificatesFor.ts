import type { CertificateRecord } from '../../../domain/case/progress.ts';
import type { CaseFile } from '../../../domain/case/types.ts';
import type { Form } from '../workList.ts';

/** What the entry in the register gives rise to: one for all holders, or one for each (domain.md §4.12 row 1). */
export function certificatesFor(record: CaseFile, form: Form): Pick<CertificateRecord, 'kind' | 'holders'>[] {
  const output = record.route?.output ?? 'none';
  if (output === 'none') return [];
  const holders = holderNames(record);
  const kind = output === 'certificate-or-proof' ? (form.kind === 'proof' ? 'proof' : 'certificate') : output;
  return form.way === 'each' ? holders.map((name) => ({ kind, holders: [name] })) : [{ kind, holders }];
}

export function holderNames({ acceptance: { parties } }: CaseFile): string[] {
  const holders = parties.filter((party) => party.role === 'holder');
  return (holders.length > 0 ? holders : parties).map((party) => party.name);
}
