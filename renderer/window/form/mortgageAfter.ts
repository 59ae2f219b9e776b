import type { CaseRecord } from '../../../domain/case/types.ts';
import { findItem } from '../../../domain/catalogue/catalogue.ts';
import { type Counter, isOfferedAt } from '../../../domain/catalogue/offered.ts';
import type { Catalogue, Item } from '../../../domain/catalogue/types.ts';
import { addParty, chooseItem } from './formActions.ts';
import type { FormState } from './formState.ts';

/** The registration that secures this loan, when this counter makes it: the last of those its money waits for. */
export function mortgageItemOf(
  { acceptance, state }: Pick<CaseRecord, 'acceptance' | 'state'>,
  catalogue: Catalogue,
  counter: Counter,
): Item | null {
  const loan = findItem(acceptance.itemCode, catalogue);
  if (loan?.business !== 'provident-fund') return null;
  if (['NOT_ACCEPTED', 'REJECTED', 'WITHDRAWN', 'ISSUED', 'ARCHIVED', 'AT_WINDOW'].includes(state)) return null;
  const item = findItem(loan.linkedItems.at(-1) ?? '', catalogue);
  return item && isOfferedAt(item, counter) ? item : null;
}

/**
 * What the mortgage's form begins with: the loan's home, and its borrower, who mortgages it. The mortgagee is not among
 * the loan's parties.
 * @returns null when the case is no loan whose mortgage is registered at this counter
 */
export function mortgageAfter(
  record: Pick<CaseRecord, 'id' | 'acceptance' | 'state'>,
  catalogue: Catalogue,
  counter: Counter,
  newKey: () => string,
): ((form: FormState) => FormState) | null {
  const item = mortgageItemOf(record, catalogue, counter);
  if (!item) return null;
  const { parties, property, number } = record.acceptance;
  return (form) => {
    const begun = parties.reduce(
      (state, { share: _share, bankNumber: _bank, ...party }) =>
        addParty(state, {
          ...party,
          key: newKey(),
          role: party.role === 'holder' ? 'obligor' : party.role,
          phone: party.phone ?? '',
          share: '',
          bankNumber: '',
        }),
      chooseItem(form, item.code),
    );
    return {
      ...begun,
      location: property.location,
      unitNumber: property.unitNumber ?? '',
      certificate: property.certificate?.number ?? '',
      link: { caseId: record.id, number },
    };
  };
}
