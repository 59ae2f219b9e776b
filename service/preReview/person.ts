import { YichuangError } from '../../contract/errors.ts';
import type { IdentityCard } from '../../contract/identity.ts';
import type { Party } from '../../domain/case/types.ts';
import { parseCitizenId } from '../../domain/identity/citizenId.ts';
import type { IdKind } from '../../domain/identity/idKind.ts';
import { isElder } from '../../domain/preReview/notice.ts';

/** Who stands at the machine. Kept in memory for one visit, and in the op of the pre-review when it is finished. */
export interface Person {
  way: 'card' | 'typed';
  idNumber: string;
  /** As an applicant; null where only a number was typed. */
  party: Party | null;
  elder: boolean;
}

const ID_KINDS: Record<IdentityCard['kind'], IdKind> = {
  resident: 'resident',
  'hmt-residence': 'hmt-residence',
  'permanent-residence-2017': 'permanent-residence',
  'permanent-residence-2023': 'permanent-residence',
};

/** What the program does not need is not taken over (domain.md §7.1). @param today local day, ISO */
export function personOfCard(card: IdentityCard, today: string): Person {
  const party: Party = {
    role: 'holder',
    kind: 'person',
    name: card.name === '' ? (card.latinName ?? '') : card.name,
    idKind: ID_KINDS[card.kind],
    idNumber: card.number,
    origin: 'card',
    ...(card.address !== null && { address: card.address }),
    ...(card.validTo !== null && { cardValidTo: card.validTo }),
    overrides: [],
  };
  return { way: 'card', idNumber: card.number, party, elder: isElder(card.birth, today) };
}

/** @throws YichuangError `id-number-wrong` when it is no number of a citizen */
export function personOfNumber(text: string, today: string): Person {
  const parsed = parseCitizenId(text);
  if (!parsed.ok) throw new YichuangError('id-number-wrong', { message: parsed.message });
  const { number, birth } = parsed.value;
  return { way: 'typed', idNumber: number, party: null, elder: isElder(birth, today) };
}
