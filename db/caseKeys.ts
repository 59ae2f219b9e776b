import type { CaseRecord } from '../domain/case/types.ts';
import { certificateKey } from './certificateKey.ts';

/** What a case is found by from its beginning: identity numbers, unit, and the certificate of the existing right. */
export function acceptanceKeys({ acceptance }: Pick<CaseRecord, 'acceptance'>): Set<string> {
  const { parties, property } = acceptance;
  const keys = new Set(parties.map((party) => party.idNumber));
  if (property.unitNumber) keys.add(property.unitNumber);
  if (property.certificate) keys.add(certificateKey(property.certificate.number));
  return keys;
}

/** What it is found by once it is booked: its certificates and every blank that was ever on the printer for it. */
export function certificateKeys({ certificates }: Pick<CaseRecord, 'certificates'>): Set<string> {
  const keys = new Set<string>();
  for (const { number, blank, spoiled } of certificates) {
    keys.add(certificateKey(number));
    for (const serial of [blank, ...spoiled.map((each) => each.blank)]) if (serial !== null) keys.add(serial);
  }
  return keys;
}
