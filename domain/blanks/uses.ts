import type { VoidReason } from '../case/progress.ts';
import type { CaseRecord } from '../case/types.ts';

/** What a case says of a blank that was bound to it. */
export interface BlankUse {
  serial: string;
  certificate: string;
  state: 'BOUND' | 'PRINTED' | 'ISSUED' | 'VOID';
  /** ISO instant at which the printing was found good; null before, and when it never was. */
  printedAt: string | null;
  spoiled: { reason: VoidReason; note: string; by: string; witness: string; at: string } | null;
}

/** Every blank a case has ever used, those it spoiled first. */
export function usesOf({ certificates, state }: Pick<CaseRecord, 'certificates' | 'state'>): BlankUse[] {
  const isIssued = state === 'ISSUED' || state === 'ARCHIVED';
  return certificates.flatMap(({ number: certificate, blank, spoiled, printedAt }) => [
    ...spoiled.map(({ blank: serial, ...rest }): BlankUse => {
      return { serial, certificate, state: 'VOID', printedAt: null, spoiled: rest };
    }),
    ...(blank === null
      ? []
      : [
          {
            serial: blank,
            certificate,
            state: isIssued ? ('ISSUED' as const) : printedAt === null ? ('BOUND' as const) : ('PRINTED' as const),
            printedAt,
            spoiled: null,
          },
        ]),
  ]);
}
