import type { AcceptanceDraft } from '../../../domain/case/acceptanceRules.ts';
import {
  CO_OWNERSHIPS,
  HOUSE_USES,
  LAND_NATURES,
  LAND_USES,
  MORTGAGE_WAYS,
  SEAL_KINDS,
} from '../../../domain/case/details.ts';
import { maskBankCard, maskPhone } from '../../../domain/identity/mask.ts';
import { yuan } from '../../../domain/papers/parts/words.ts';
import { hallSecond } from '../../../domain/time/hallSecond.ts';
import { t } from '../../strings/index.ts';

type Row = [name: string, value: string];

/** What only some items ask for, as name and value, in the order of the form; cards and telephones masked. */
export function detailRows(acceptance: AcceptanceDraft): Row[] {
  const { property, coOwnership, priceFen, mortgage, seal, objection, delivery, link, parties } = acceptance;
  const names = t.details.rows;
  const rows: [string, (string | false | undefined)[]][] = [
    [names.coOwnership, [parties.length > 1 && coOwnership && CO_OWNERSHIPS[coOwnership].name]],
    [names.share, parties.flatMap(({ name, share }) => (share ? [`${name} ${share}`] : []))],
    [names.bank, parties.flatMap(({ bankNumber }) => (bankNumber ? [maskBankCard(bankNumber)] : []))],
    [names.area, [property.area && t.details.squareMetres(property.area)]],
    [names.use, [property.use && HOUSE_USES[property.use].name]],
    [
      names.land,
      [
        property.landUse && LAND_USES[property.landUse].name,
        property.landNature && LAND_NATURES[property.landNature].name,
      ],
    ],
    [names.register, (property.encumbrances ?? []).map((each) => t.details.encumbrances[each])],
    [names.price, [priceFen !== undefined && t.details.money(yuan(priceFen))]],
    [
      names.mortgage,
      mortgage
        ? [
            mortgage.way && MORTGAGE_WAYS[mortgage.way].name,
            t.details.money(yuan(mortgage.amountFen)),
            period(mortgage),
          ]
        : [],
    ],
    [names.seal, seal ? [seal.kind && SEAL_KINDS[seal.kind].name, seal.authority, seal.document, period(seal)] : []],
    [names.delivered, [seal && hallSecond(Date.parse(seal.deliveredAt))]],
    [names.objection, [objection]],
    [
      names.delivery,
      delivery?.method === 'mail'
        ? [t.details.deliveries.mail, delivery.receiver, delivery.phone && maskPhone(delivery.phone), delivery.address]
        : [],
    ],
    [names.contract, [link?.contractNumber]],
  ];
  return rows.flatMap(([name, parts]): Row[] => {
    const value = parts.filter(Boolean).join(t.separator);
    return value === '' ? [] : [[name, value]];
  });
}

function period({ from, to }: { from?: string | undefined; to?: string | undefined }): string {
  return t.details.period(from, to);
}
