import type { IdentityCard } from '../../../contract/identity.ts';
import type { PartyRole } from '../../../domain/case/types.ts';
import type { IdKind } from '../../../domain/identity/idKind.ts';
import type { FormParty } from './formState.ts';

const ID_KINDS: Record<IdentityCard['kind'], IdKind> = {
  resident: 'resident',
  'hmt-residence': 'hmt-residence',
  'permanent-residence-2017': 'permanent-residence',
  'permanent-residence-2023': 'permanent-residence',
};

/** A person as the chip gives it. What the program does not need is not taken over (domain.md §7.1). */
export function partyFromCard(card: IdentityCard, role: PartyRole, key: string): FormParty {
  return {
    key,
    role,
    kind: 'person',
    name: card.name === '' ? (card.latinName ?? '') : card.name,
    idKind: ID_KINDS[card.kind],
    idNumber: card.number,
    origin: 'card',
    phone: '',
    share: '',
    bankNumber: '',
    address: card.address ?? undefined,
    cardValidTo: card.validTo ?? undefined,
    overrides: [],
  };
}

/**
 * The same person's card again: chip values replace typed ones, the phone and reasons that still apply stay. A reason
 * for `card-unread` is dropped, the card has now been read.
 */
export function mergeCard(party: FormParty, card: IdentityCard): FormParty {
  return {
    ...partyFromCard(card, party.role, party.key),
    phone: party.phone,
    share: party.share,
    bankNumber: party.bankNumber,
    overrides: party.overrides.filter((override) => override.code !== 'card-unread'),
  };
}
