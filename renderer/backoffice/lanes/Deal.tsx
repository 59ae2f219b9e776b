import { HOUSE_USES } from '../../../domain/case/details.ts';
import type { CaseFile } from '../../../domain/case/types.ts';
import { yuan } from '../../../domain/papers/parts/words.ts';
import { t } from '../../strings/index.ts';
import { Facts, Part } from '../parts.tsx';

/** What is sold by whom to whom at which price: what the tax office and the housing department look at first. */
export function Deal({ record: { acceptance } }: { record: CaseFile }) {
  const { parties, priceFen, property } = acceptance;
  const names = (role: 'holder' | 'obligor'): string =>
    parties
      .filter((party) => party.role === role)
      .map(({ name, share }) => (share ? `${name} ${share}` : name))
      .join(t.listSeparator);
  const perMetre = priceOfMetre(priceFen, property.area);
  const facts: [string, string][] = [
    [t.laneDeal.seller, names('obligor') || t.laneDeal.unknown],
    [t.laneDeal.buyer, names('holder') || t.laneDeal.unknown],
    [t.laneDeal.price, priceFen === undefined ? t.laneDeal.unknown : t.pay.yuan(yuan(priceFen))],
    [t.laneDeal.area, property.area ? t.laneDeal.metres(property.area) : t.laneDeal.unknown],
    ...(perMetre === null ? [] : [[t.laneDeal.perMetre, t.pay.yuan(yuan(perMetre))] as [string, string]]),
    [t.laneDeal.use, property.use ? HOUSE_USES[property.use].name : t.laneDeal.unknown],
  ];
  return (
    <Part title={t.laneDeal.title}>
      <Facts facts={facts} />
    </Part>
  );
}

/** Whole fen for a square metre. @returns null when one of the two is not known */
export function priceOfMetre(priceFen: number | undefined, area: string | undefined): number | null {
  const metres = Number(area ?? '');
  return priceFen === undefined || !(metres > 0) ? null : Math.round(priceFen / metres);
}
