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

/** Left out after data were put back: more than a city gives between two backups. */
const ROOM = 1_000;

/**
 * Gives the next numbers of the year, in the transaction that makes the entry: a refused entry uses none. After older data
 * were put back it goes on in the next thousand: what was given since the copy was made is on paper, and nothing here tells how
 * many that were.
 * @param dataEpoch rises with each time that older data were put back
 * @param now milliseconds since 1970, UTC; the year is that of the hall
 */
export function giveCertificateNumbers(
  ledger: WorkingLedger,
  place: RegisterPlace,
  wanted: readonly Pick<CertificateRecord, 'kind' | 'holders'>[],
  dataEpoch: number,
  now: number,
): Extract<Advance, { transition: 'T27' }> {
  const year = Number(hallDay(now).slice(0, 4));
  const certificates = wanted.map(({ kind, holders }) => {
    const series = `${place.province}/${year}/${place.name}/${kind}`;
    leaveRoom(ledger, series, dataEpoch);
    const sequence = ledger.nextOf(series);
    return { number: formatCertificateNumber({ ...place, year, kind, sequence }), kind, holders };
  });
  return { transition: 'T27', data: { certificates } };
}

function leaveRoom(ledger: WorkingLedger, series: string, dataEpoch: number): void {
  const givenIn = `${series}/epoch`;
  const before = Math.max(1, ledger.lastOf(givenIn));
  if (before < dataEpoch) ledger.setLast(series, Math.ceil((ledger.lastOf(series) + 1) / ROOM) * ROOM);
  if (ledger.lastOf(givenIn) < dataEpoch) ledger.setLast(givenIn, dataEpoch);
}
