import { HOUSE_USES } from '../../case/details.ts';
import type { CaseRecord, Party } from '../../case/types.ts';
import { asksMortgage } from '../../catalogue/asks.ts';
import { findMaterial } from '../../catalogue/catalogue.ts';
import type { Item } from '../../catalogue/types.ts';
import { ID_KIND_NAMES, ITEM_MEANINGS, type RightType } from '../../certificate/codes.ts';
import { type ApplicationParty, type ApplicationRight, buildApplication } from '../application.ts';
import type { PaperDocument } from '../document.ts';
import { chineseDay } from '../parts/words.ts';
import { asksFor, type CaseFacts, headOf, isTaken, itemOf, partiesAs } from './facts.ts';

/** The application itself, who applies, and what was said at the window: no proof of a cause. */
const NOT_OF_THE_CAUSE = ['M01', 'M02', 'M03', 'M28'];

/** M01, for every item that is applied for; numbers in full (domain.md §7.3). */
export function applicationOf(record: CaseRecord, facts: CaseFacts): PaperDocument | null {
  const item = itemOf(record, facts);
  if (!isTaken(record) || !item?.type || !asksFor(record, facts, 'M01')) return null;
  const { acceptance } = record;
  const { property, mortgage } = acceptance;
  const head = headOf(record, facts);
  const agents = partiesAs(record, 'agent');
  const holders = partiesAs(record, 'holder');
  return buildApplication(
    {
      ...head,
      receivedAt: head.acceptedAt,
      right: rightOf(item),
      registrationType: item.type,
      holders: holders.map((party, index) => toForm(party, agents[index])),
      obligors: partiesAs(record, 'obligor').map((party, index) => toForm(party, agents[holders.length + index])),
      property: {
        location: property.location,
        unitNumber: head.unitNumber,
        kind: kindOf(property.unitNumber),
        area: property.area === undefined ? '' : `${property.area}㎡`,
        use: property.use === undefined ? '' : HOUSE_USES[property.use].name,
        certificate: property.certificate?.number ?? '',
      },
      mortgage: mortgage
        ? { debtFen: mortgage.amountFen, term: termOf(mortgage.from, mortgage.to), scope: '详见抵押合同' }
        : null,
      easement: null,
      cause: item.name,
      causeDocuments: acceptance.materials
        .filter(({ code }) => !NOT_OF_THE_CAUSE.includes(code))
        .map(({ code }) => findMaterial(code, facts.catalogue)?.name ?? code),
      separateCertificates: null,
      note: acceptance.note ?? '',
    },
    facts,
  );
}

function toForm(party: Party, agent: Party | undefined): ApplicationParty {
  return {
    name: party.name,
    idKind: ID_KIND_NAMES[party.idKind],
    idNumber: party.idNumber,
    address: party.address ?? '',
    postcode: party.postcode ?? '',
    legalRepresentative: '',
    phone: party.phone ?? '',
    agent: agent ? { name: agent.name, idNumber: agent.idNumber, phone: agent.phone ?? '' } : null,
  };
}

const RIGHTS: Partial<Record<RightType, ApplicationRight>> = {
  1: 'land-ownership',
  3: 'state-construction-land',
  5: 'house-site',
  6: 'house-site',
  7: 'collective-construction-land',
  8: 'collective-construction-land',
  9: 'contracted',
  10: 'contracted',
  11: 'forest',
  12: 'forest',
  15: 'sea',
  19: 'easement',
  23: 'mortgage',
};

/** What the item says about the right; a house where it says nothing, as in nearly every case of a city. */
function rightOf(item: Item): ApplicationRight {
  const { right } = ITEM_MEANINGS[item.code] ?? {};
  if (right !== undefined) return RIGHTS[right] ?? 'other';
  return asksMortgage(item) ? 'mortgage' : 'building';
}

/** By the twentieth character of the unit number: house, forest, other fixture or land alone. */
function kindOf(unitNumber: string | undefined): string {
  const kinds: Readonly<Record<string, string>> = { F: '土地/房屋', L: '土地/林木', Q: '土地/其他', W: '土地' };
  return kinds[unitNumber?.charAt(19) ?? ''] ?? '';
}

function termOf(from: string | undefined, to: string | undefined): string {
  return [from, to]
    .map((day) => (day === undefined ? '' : chineseDay(day)))
    .join('至')
    .replace(/^至$/, '');
}
