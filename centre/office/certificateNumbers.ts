import type { Advance } from '../../domain/case/advance.ts';
import type { CertificateRecord } from '../../domain/case/progress.ts';
import { formatCertificateNumber } from '../../domain/numbers/certificateNumber.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { WorkingLedger } from '../ledger/workingLedger.ts';

/** Where the register is kept: both stand on every certificate (domain.md §4.4: 吉, not 辽). */
export interface RegisterPlace {
  /** 省简称. */
  province: string;
  /** 市、县全称. */
  name: string;
}

export const LIAOYUAN: RegisterPlace = { province: '吉', name: '辽源市' };

/**
 * Gives the next numbers of the year, in the transaction that makes the entry: a refused entry uses none.
 * @param now milliseconds since 1970, UTC; the year is that of the hall
 */
export function giveCertificateNumbers(
  ledger: WorkingLedger,
  place: RegisterPlace,
  wanted: readonly Pick<CertificateRecord, 'kind' | 'holders'>[],
  now: number,
): Extract<Advance, { transition: 'T27' }> {
  const year = Number(hallDay(now).slice(0, 4));
  const certificates = wanted.map(({ kind, holders }) => {
    const sequence = ledger.nextOf(`${place.province}/${year}/${place.name}/${kind}`);
    return { number: formatCertificateNumber({ ...place, year, kind, sequence }), kind, holders };
  });
  return { transition: 'T27', data: { certificates } };
}
