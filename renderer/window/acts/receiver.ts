import type { IdentityCard } from '../../../contract/identity.ts';
import type { Receiver } from '../../../domain/case/progress.ts';
import type { Party } from '../../../domain/case/types.ts';
import { partyFromCard } from '../form/cardParty.ts';

/** Who may take the certificate: a party or an agent of the case. */
export type Standing =
  | { kind: 'party'; party: Party }
  /** Not of this case: only with a power of attorney. */
  | { kind: 'stranger' };

export function standingOf(parties: readonly Party[], card: IdentityCard): Standing {
  const party = parties.find((each) => each.idNumber.toUpperCase() === card.number.toUpperCase());
  return party ? { kind: 'party', party } : { kind: 'stranger' };
}

/** @param today local calendar day, ISO */
export function isExpired(card: IdentityCard, today: string): boolean {
  return card.validTo !== null && card.validTo < today;
}

export function receiverFromCard(card: IdentityCard, phone: string | undefined): Receiver {
  const { name, idKind, idNumber } = partyFromCard(card, 'holder', '');
  return { name, idKind, idNumber, ...(phone ? { phone } : {}) };
}

export function receiverFromParty({ name, idKind, idNumber, phone }: Party): Receiver {
  return { name, idKind, idNumber, ...(phone ? { phone } : {}) };
}
