/** How far an exemption goes: everything, everything but the 工本费, or half of the registration fee. */
export type ExemptionEffect = 'all' | 'certificate-only' | 'half';

export interface Exemption {
  code: string;
  /** As it stands on the fee slip; begins the reason of a reduced line. */
  name: string;
  effect: ExemptionEffect;
  /** Says nothing by itself: what it is must be added. */
  needsNote?: true;
}

/**
 * Why less than the table is charged (domain.md §2.7). Every reduction names one of these, so that a day's exemptions
 * can be counted by reason. A new decree is a new row.
 */
export const EXEMPTIONS: readonly Exemption[] = [
  { code: 'small-enterprise', name: '小微企业（含个体工商户）免收', effect: 'all' },
  { code: 'subsidised-housing', name: '公租房、廉租房、经济适用住房、棚改安置住房免收', effect: 'all' },
  { code: 'attached-garage', name: '住宅附属车库、车位、储藏室不单独发证免收', effect: 'all' },
  { code: 'rezoning', name: '行政区划调整导致坐落变更免收', effect: 'all' },
  { code: 'agency-error', name: '登记机构原因更正免收', effect: 'all' },
  { code: 'rural-reform', name: '农村承包地、林权、集体产权改革免收', effect: 'all' },
  { code: 'rural-house-site', name: '农村宅基地只收工本费', effect: 'certificate-only' },
  { code: 'spouses', name: '夫妻间变更只收工本费', effect: 'certificate-only' },
  { code: 'same-holder', name: '同一权利人分割、合并或更名减半', effect: 'half' },
  { code: 'other', name: '其他减免', effect: 'all', needsNote: true },
];

/** @returns the text that goes on a reduced line: the exemption's name, and the note behind it */
export function formatReason({ name }: Exemption, note = ''): string {
  const added = note.trim();
  return added === '' ? name : `${name}：${added}`;
}

/** @returns the exemption a line's reason names, with its note; null when it names none */
export function parseReason(reason: string): { exemption: Exemption; note: string } | null {
  const exemption = EXEMPTIONS.find(({ name }) => reason === name || reason.startsWith(`${name}：`));
  return exemption ? { exemption, note: reason.slice(exemption.name.length + 1).trim() } : null;
}
